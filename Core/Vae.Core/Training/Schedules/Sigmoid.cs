namespace Vae;

public abstract partial record Schedule
{
    /// <summary>A logistic curve around its midpoint, stretched to reach both ends, then constant; Bowman et al. 2016.</summary>
    /// <param name="From">The value at epoch 0.</param>
    /// <param name="To">The value from <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">The length of the curve, twice the time of its midpoint; &gt; 0.</param>
    /// <param name="Steepness">The steepness in units of 1/epochs; &gt; 0.</param>
    public sealed partial record Sigmoid(double From, double To, double Epochs, double Steepness = 10) : Schedule
    {
        internal override double Settled => Epochs;

        internal override double At(double epoch) => Between(From, To, Logistic(Math.Min(epoch / Epochs, 1), Steepness));

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) =>
            [.. OfRamp(From, To, Epochs, path, rule), .. Rules.Positive($"{path}.steepness", Steepness)];

        // The logistic curve, stretched so that 0 ↦ 0 and 1 ↦ 1. Below a steepness of 1e-9 it is a line to the last bit.
        private static double Logistic(double part, double steepness)
        {
            var quarter = Math.Max(steepness, 1e-9) / 4;
            return (Math.Tanh(quarter * (2 * part - 1)) / Math.Tanh(quarter) + 1) / 2;
        }
    }
}

public static partial class Schedules
{
    /// <summary>A logistic curve around its midpoint, then constant.</summary>
    /// <param name="from">The value at epoch 0.</param>
    /// <param name="to">The value from <paramref name="epochs"/> on.</param>
    /// <param name="epochs">The length of the curve, twice the time of its midpoint; &gt; 0.</param>
    /// <param name="steepness">The steepness in units of 1/epochs; &gt; 0.</param>
    public static Schedule Sigmoid(double from, double to, double epochs, double steepness = 10) =>
        new Schedule.Sigmoid(from, to, epochs, steepness);
}
