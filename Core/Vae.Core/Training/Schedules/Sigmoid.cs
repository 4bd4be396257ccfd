namespace Vae;

public abstract partial record Schedule
{
    /// <summary>A logistic curve around its midpoint, stretched to meet both ends, then constant; Bowman et al. 2016.</summary>
    /// <param name="From">At time 0.</param>
    /// <param name="To">From the time <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">Twice the time of the midpoint; &gt; 0.</param>
    /// <param name="Steepness">In units of 1/epochs; &gt; 0.</param>
    public sealed partial record Sigmoid(double From, double To, double Epochs, double Steepness = 10) : Schedule
    {
        internal override double Settled => Epochs;

        internal override double At(double epoch) => Between(From, To, Logistic(Math.Min(epoch / Epochs, 1), Steepness));

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) =>
            [.. OfRamp(From, To, Epochs, path, rule), .. Rules.Positive($"{path}.steepness", Steepness)];

        // The logistic curve stretched so that 0 ↦ 0 and 1 ↦ 1, which it would not reach by itself. Below a steepness of 1e-9 it is a line to the last bit.
        private static double Logistic(double part, double steepness)
        {
            var quarter = Math.Max(steepness, 1e-9) / 4;
            return (Math.Tanh(quarter * (2 * part - 1)) / Math.Tanh(quarter) + 1) / 2;
        }
    }
}

public static partial class Schedules
{
    /// <summary>A logistic curve around its midpoint.</summary>
    public static Schedule Sigmoid(double from, double to, double epochs, double steepness = 10) =>
        new Schedule.Sigmoid(from, to, epochs, steepness);
}
