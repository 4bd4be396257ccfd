namespace Vae;

/// <summary>Schedules by name, and their value at a time. Time is in epochs, so a schedule does not depend on the batch size.</summary>
public static class Schedules
{
    /// <summary>The same at all times.</summary>
    public static Schedule Constant(double value) => new Schedule.Constant(value);

    /// <summary>A straight line, then constant.</summary>
    public static Schedule Linear(double from, double to, double epochs) => new Schedule.Linear(from, to, epochs);

    /// <summary>Half a cosine wave, then constant.</summary>
    public static Schedule Cosine(double from, double to, double epochs) => new Schedule.Cosine(from, to, epochs);

    /// <summary>A ramp repeated each period.</summary>
    public static Schedule Cyclical(double from, double to, double period, double ramp = 0.5) => new Schedule.Cyclical(from, to, period, ramp);

    /// <summary>A logistic curve around its midpoint.</summary>
    public static Schedule Sigmoid(double from, double to, double epochs, double steepness = 10) => new Schedule.Sigmoid(from, to, epochs, steepness);

    /// <summary>One schedule, then another.</summary>
    public static Schedule Then(Schedule first, double epochs, Schedule next) => new Schedule.Then(first, epochs, next);

    /// <summary>A schedule that begins anew each period, periods growing by a factor.</summary>
    public static Schedule Restarts(Schedule cycle, double period, double growth = 1) => new Schedule.Restarts(cycle, period, growth);

    /// <summary>Half a cosine wave that begins anew each period: warm restarts; Loshchilov &amp; Hutter 2017, eq. 5.</summary>
    public static Schedule WarmRestarts(double from, double to, double period, double growth = 1) => Restarts(Cosine(from, to, period), period, growth);

    /// <summary>The value at a time ≥ 0 in epochs. A pure function: asking never advances anything.</summary>
    public static double At(Schedule schedule, double epoch) => schedule.Match(
        constant: s => s.Value,
        linear: s => Between(s.From, s.To, Math.Min(epoch / s.Epochs, 1)),
        cosine: s => Between(s.From, s.To, (1 - Math.Cos(Math.PI * Math.Min(epoch / s.Epochs, 1))) / 2),
        cyclical: s => Between(s.From, s.To, Math.Min(epoch % s.Period / (s.Period * s.Ramp), 1)),
        sigmoid: s => Between(s.From, s.To, Logistic(Math.Min(epoch / s.Epochs, 1), s.Steepness)),
        then: s => epoch < s.Epochs ? At(s.First, epoch) : At(s.Next, epoch - s.Epochs),
        restarts: s => At(s.Cycle, WithinPeriod(epoch / s.Period, s.Growth) * s.Period));

    /// <summary>The time from which on the value stays the same, in epochs: 0 for a constant, infinite for a cyclical schedule.</summary>
    public static double Settled(Schedule schedule) => schedule.Match(
        constant: _ => 0,
        linear: s => s.Epochs,
        cosine: s => s.Epochs,
        cyclical: _ => double.PositiveInfinity,
        sigmoid: s => s.Epochs,
        then: s => s.Epochs + Settled(s.Next),
        restarts: _ => double.PositiveInfinity);

    // Where a time lies in its period, as a part of that: the n-th begins at (growth^n − 1) / (growth − 1) first periods.
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

    // The logistic curve stretched so that 0 ↦ 0 and 1 ↦ 1: on its own it would stop short of both. Below 1e-9 it is a line to the last bit.
    private static double Logistic(double part, double steepness)
    {
        var quarter = Math.Max(steepness, 1e-9) / 4;
        return (Math.Tanh(quarter * (2 * part - 1)) / Math.Tanh(quarter) + 1) / 2;
    }

    private static double Between(double from, double to, double part) =>
        part >= 1 ? to : Math.Clamp(from + (to - from) * part, Math.Min(from, to), Math.Max(from, to));
}
