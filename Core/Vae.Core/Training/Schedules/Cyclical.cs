namespace Vae;

public abstract partial record Schedule
{
    /// <summary>A linear ramp, then constant, repeated every period; Fu et al. 2019.</summary>
    /// <param name="From">The value at the start of each period.</param>
    /// <param name="To">The value at the end of the ramp.</param>
    /// <param name="Period">The length of a period, in epochs; &gt; 0.</param>
    /// <param name="Ramp">The part of a period that the ramp takes; in (0, 1].</param>
    public sealed partial record Cyclical(double From, double To, double Period, double Ramp = 0.5) : Schedule
    {
        internal override double Settled => double.PositiveInfinity;

        internal override double At(double epoch) => Between(From, To, Math.Min(epoch % Period / (Period * Ramp), 1));

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) => [
            .. OfEnds(From, To, path, rule), .. Rules.Positive($"{path}.period", Period),
            .. Rules.Within($"{path}.ramp", Ramp, 0, 1, closedLow: false)];
    }
}

public static partial class Schedules
{
    /// <summary>A linear ramp, then constant, repeated every period.</summary>
    /// <param name="from">The value at the start of each period.</param>
    /// <param name="to">The value at the end of the ramp.</param>
    /// <param name="period">The length of a period, in epochs; &gt; 0.</param>
    /// <param name="ramp">The part of a period that the ramp takes; in (0, 1].</param>
    public static Schedule Cyclical(double from, double to, double period, double ramp = 0.5) =>
        new Schedule.Cyclical(from, to, period, ramp);
}
