namespace Vae;

/// <summary>What can be wrong with a schedule.</summary>
internal static class ScheduleRules
{
    /// <summary>All its values must be at least 0, or greater than that, and its times in order.</summary>
    public static ValueList<Problem> Of(Schedule schedule, string path, bool mustBePositive = false)
    {
        var nesting = Rules.Nesting(path, [schedule], s => s is Schedule.Then then ? [then.First, then.Next] : s is Schedule.Restarts restarts ? [restarts.Cycle] : []);
        return nesting.Count > 0 ? nesting : Numbers(schedule, path, mustBePositive ? Rules.Positive : (at, value) => Rules.AtLeast(at, value, 0));
    }

    private static ValueList<Problem> Numbers(Schedule schedule, string path, Func<string, double, ValueList<Problem>> rule) => schedule.Match(
        constant: s => rule($"{path}.value", s.Value),
        linear: s => Ramp(s.From, s.To, s.Epochs, path, rule),
        cosine: s => Ramp(s.From, s.To, s.Epochs, path, rule),
        cyclical: s => [.. Ends(s.From, s.To, path, rule), .. Rules.Positive($"{path}.period", s.Period), .. Rules.Within($"{path}.ramp", s.Ramp, 0, 1, closedLow: false)],
        sigmoid: s => [.. Ramp(s.From, s.To, s.Epochs, path, rule), .. Rules.Positive($"{path}.steepness", s.Steepness)],
        then: s => ValueList.From([
            .. Numbers(s.First, $"{path}.first", rule), .. Rules.Positive($"{path}.epochs", s.Epochs), .. Numbers(s.Next, $"{path}.next", rule)]),
        restarts: s => [
            .. Numbers(s.Cycle, $"{path}.cycle", rule), .. Rules.Positive($"{path}.period", s.Period), .. Rules.Within($"{path}.growth", s.Growth, 1, 100)]);

    private static ValueList<Problem> Ramp(double from, double to, double epochs, string path, Func<string, double, ValueList<Problem>> rule) =>
        [.. Ends(from, to, path, rule), .. Rules.Positive($"{path}.epochs", epochs)];

    private static ValueList<Problem> Ends(double from, double to, string path, Func<string, double, ValueList<Problem>> rule) =>
        [.. rule($"{path}.from", from), .. rule($"{path}.to", to)];
}
