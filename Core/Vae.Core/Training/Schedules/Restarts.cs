namespace Vae;

public abstract partial record Schedule
{
    /// <summary>
    /// A schedule that restarts each period and is stretched to the length of the period. With half a cosine wave these are the warm
    /// restarts of Loshchilov &amp; Hutter 2017, section 3.
    /// </summary>
    /// <param name="Cycle">The repeated schedule, in the time of the first period.</param>
    /// <param name="Period">The length of the first period, in epochs; &gt; 0.</param>
    /// <param name="Growth">The length of each period relative to the previous one; in [1, 100].</param>
    public sealed partial record Restarts(Schedule Cycle, double Period, double Growth = 1) : Schedule
    {
        internal override double Settled => double.PositiveInfinity;

        private protected override ValueList<Schedule> Parts => [Cycle];

        internal override double At(double epoch) => Cycle.At(WithinPeriod(epoch / Period, Growth) * Period);

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) => [
            .. Cycle.Problems($"{path}.cycle", rule), .. Rules.Positive($"{path}.period", Period),
            .. Rules.Within($"{path}.growth", Growth, 1, 100)];

        // The elapsed part of the current period. Period n starts after (growth^n − 1) / (growth − 1) times the first period.
        private static double WithinPeriod(double time, double growth)
        {
            if (growth == 1 || time < 1)
                return time % 1;
            var n = Math.Floor(Stable.Log1p(time * (growth - 1)) / Math.Log(growth));
            // The logarithm rounds, so that the period found may be off by one.
            while (n > 0 && Start(n) > time)
                n--;
            while (Start(n + 1) <= time)
                n++;
            return Math.Clamp((time - Start(n)) / Math.Pow(growth, n), 0, 1);

            double Start(double period) => (Math.Pow(growth, period) - 1) / (growth - 1);
        }
    }
}

public static partial class Schedules
{
    /// <summary>A schedule that restarts each period.</summary>
    /// <param name="cycle">The repeated schedule, in the time of the first period.</param>
    /// <param name="period">The length of the first period, in epochs; &gt; 0.</param>
    /// <param name="growth">The length of each period relative to the previous one; in [1, 100].</param>
    public static Schedule Restarts(Schedule cycle, double period, double growth = 1) => new Schedule.Restarts(cycle, period, growth);

    /// <summary>Warm restarts: half a cosine wave that restarts each period; Loshchilov &amp; Hutter 2017, eq. 5.</summary>
    /// <param name="from">The value at the start of each period.</param>
    /// <param name="to">The value at the end of each period.</param>
    /// <param name="period">The length of the first period, in epochs; &gt; 0.</param>
    /// <param name="growth">The length of each period relative to the previous one; in [1, 100].</param>
    public static Schedule WarmRestarts(double from, double to, double period, double growth = 1) =>
        Restarts(Cosine(from, to, period), period, growth);
}
