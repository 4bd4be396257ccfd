namespace Vae;

public abstract partial record Schedule
{
    /// <summary>A straight line, then constant; Bowman et al. 2016.</summary>
    /// <param name="From">At time 0.</param>
    /// <param name="To">From the time <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">&gt; 0.</param>
    public sealed partial record Linear(double From, double To, double Epochs) : Schedule
    {
        internal override double Settled => Epochs;

        internal override double At(double epoch) => Between(From, To, Math.Min(epoch / Epochs, 1));

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) =>
            OfRamp(From, To, Epochs, path, rule);
    }
}

public static partial class Schedules
{
    /// <summary>A straight line, then constant.</summary>
    public static Schedule Linear(double from, double to, double epochs) => new Schedule.Linear(from, to, epochs);
}
