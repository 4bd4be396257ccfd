namespace Vae;

public abstract partial record Schedule
{
    /// <summary>
    /// A schedule that restarts each period, stretched with the periods; with half a cosine wave the warm restarts of Loshchilov
    /// &amp; Hutter 2017, section 3.
    /// </summary>
    /// <param name="Cycle">What is repeated; its own times are those of the first period.</param>
    /// <param name="Period">The length of the first, in epochs; &gt; 0.</param>
    /// <param name="Growth">How much longer each period is than the one before; in [1, 100].</param>
    public sealed partial record Restarts(Schedule Cycle, double Period, double Growth = 1) : Schedule
    {
        internal override double Settled => double.PositiveInfinity;

        private protected override ValueList<Schedule> Parts => [Cycle];

        internal override double At(double epoch) => Cycle.At(WithinPeriod(epoch / Period, Growth) * Period);

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) => [
            .. Cycle.Problems($"{path}.cycle", rule), .. Rules.Positive($"{path}.period", Period), .. Rules.Within($"{path}.growth", Growth, 1, 100)];

        // A time as a part of its period: the n-th period starts after (growth^n − 1) / (growth − 1) first periods.
        private static double WithinPeriod(double time, double growth)
        {
            if (growth == 1 || time < 1)
                return time % 1;
            var n = Math.Floor(Stable.Log1p(time * (growth - 1)) / Math.Log(growth));
            // A logarithm rounds: the period found may be a neighbour of the right one.
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
    /// <summary>A schedule that restarts each period; each is longer than the one before by a factor.</summary>
    public static Schedule Restarts(Schedule cycle, double period, double growth = 1) => new Schedule.Restarts(cycle, period, growth);

    /// <summary>Half a cosine wave that restarts each period: warm restarts; Loshchilov &amp; Hutter 2017, eq. 5.</summary>
    public static Schedule WarmRestarts(double from, double to, double period, double growth = 1) =>
        Restarts(Cosine(from, to, period), period, growth);
}
