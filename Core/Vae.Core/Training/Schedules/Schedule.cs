namespace Vae;

/// <summary>A number as a function of time: epochs since the start of the run, including the fraction of the current epoch.</summary>
[Closed]
public abstract partial record Schedule : IEpochValue
{
    /// <summary>The epoch from which on the value is constant; infinite if there is none.</summary>
    internal abstract double Settled { get; }

    /// <summary>The schedules within this one.</summary>
    private protected virtual ValueList<Schedule> Parts => [];

    /// <summary>The value at an epoch ≥ 0.</summary>
    internal abstract double At(double epoch);

    double IEpochValue.At(double epoch) => At(epoch);

    /// <summary>Problems of a schedule whose values must all be ≥ 0, or &gt; 0.</summary>
    internal ValueList<Problem> Problems(string path, bool mustBePositive = false)
    {
        var nesting = Rules.Nesting(path, [this], schedule => schedule.Parts);
        return nesting.Count > 0 ? nesting : Problems(path, mustBePositive ? Rules.Positive : (at, value) => Rules.AtLeast(at, value, 0));
    }

    /// <summary>Problems of its numbers; its values must meet the rule.</summary>
    private protected abstract ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule);

    private protected static ValueList<Problem> OfRamp(
        double from, double to, double epochs, string path, Func<string, double, ValueList<Problem>> rule) =>
        [.. OfEnds(from, to, path, rule), .. Rules.Positive($"{path}.epochs", epochs)];

    private protected static ValueList<Problem> OfEnds(
        double from, double to, string path, Func<string, double, ValueList<Problem>> rule) =>
        [.. rule($"{path}.from", from), .. rule($"{path}.to", to)];

    private protected static double Between(double from, double to, double part) =>
        part >= 1 ? to : Math.Clamp(from + (to - from) * part, Math.Min(from, to), Math.Max(from, to));
}

/// <summary>
/// Schedules by name, and their value at a time. Time is in epochs, so that a schedule does not depend on the batch size.
/// </summary>
public static partial class Schedules
{
    /// <summary>The value at a time. A schedule has no state.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="epoch">The time in epochs, with fractions; ≥ 0.</param>
    public static double At(Schedule schedule, double epoch) => schedule.At(epoch);

    /// <summary>The epoch from which on the value is constant: 0 for a constant, infinite for a cyclical schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    public static double Settled(Schedule schedule) => schedule.Settled;
}
