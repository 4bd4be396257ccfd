namespace Vae;

/// <summary>A number that depends on time, in epochs since the start of the run (with fractions within an epoch).</summary>
[Closed]
public abstract partial record Schedule
{
    /// <summary>The time from which on the value stays the same, in epochs; infinite if there is none.</summary>
    internal abstract double Settled { get; }

    /// <summary>The schedules within this one.</summary>
    private protected virtual ValueList<Schedule> Parts => [];

    /// <summary>The value at a time ≥ 0 in epochs.</summary>
    internal abstract double At(double epoch);

    /// <summary>The problems of a schedule whose values must all be at least 0, or greater than that.</summary>
    internal ValueList<Problem> Problems(string path, bool mustBePositive = false)
    {
        var nesting = Rules.Nesting(path, [this], schedule => schedule.Parts);
        return nesting.Count > 0 ? nesting : Problems(path, mustBePositive ? Rules.Positive : (at, value) => Rules.AtLeast(at, value, 0));
    }

    /// <summary>The problems of its numbers, and of its values by a rule.</summary>
    private protected abstract ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule);

    private protected static ValueList<Problem> OfRamp(double from, double to, double epochs, string path, Func<string, double, ValueList<Problem>> rule) =>
        [.. OfEnds(from, to, path, rule), .. Rules.Positive($"{path}.epochs", epochs)];

    private protected static ValueList<Problem> OfEnds(double from, double to, string path, Func<string, double, ValueList<Problem>> rule) =>
        [.. rule($"{path}.from", from), .. rule($"{path}.to", to)];

    private protected static double Between(double from, double to, double part) =>
        part >= 1 ? to : Math.Clamp(from + (to - from) * part, Math.Min(from, to), Math.Max(from, to));
}

/// <summary>Schedules by name, and their value at a time. Time is in epochs, so a schedule does not depend on the batch size.</summary>
public static partial class Schedules
{
    /// <summary>The value at a time ≥ 0 in epochs. A pure function: a schedule has no state.</summary>
    public static double At(Schedule schedule, double epoch) => schedule.At(epoch);

    /// <summary>The time from which on the value stays the same, in epochs: 0 for a constant, infinite for a cyclical schedule.</summary>
    public static double Settled(Schedule schedule) => schedule.Settled;
}
