namespace Vae;

/// <summary>Locations, deviations and cycles that fit a column of dates.</summary>
internal static class DateFits
{
    private const double Year = 365.2425, Week = 7;

    // A cycle is seen where the dates pass through it more than once and at several of its phases.
    private const double MinTurns = 1.5;
    private const int MinPhases = 4;

    public static ColumnKind Fit(ColumnTally tally, string format)
    {
        var days = tally.Texts.Zip(tally.Counts, (text, count) => (Value: ColumnKind.Date.Days(text, format), Count: count))
            .Where(pair => !double.IsNaN(pair.Value)).OrderBy(pair => pair.Value).ToList();
        var moments = NumberFits.Describe(days, day => day);
        var span = days[^1].Value - days[0].Value;
        var periods = new List<double>();
        if (Phases(days, day => Math.Floor(Turn(day, Year) * 12)) >= MinPhases && span > MinTurns * Year)
            periods.Add(Year);
        // Of one date a year or a month, the weekday is chance.
        if (Phases(days, day => Math.Floor(Turn(day, Week) * 7)) >= MinPhases && span > MinTurns * Week && days.Count > span / Year * 52)
            periods.Add(Week);
        if (Phases(days, day => Math.Floor(Turn(day, 1) * 24)) >= MinPhases && span > MinTurns)
            periods.Add(1);
        return new ColumnKind.Date(format, moments.Mean, moments.Deviation, ValueList.From(periods), Step(days));
    }

    // Dates of a month's or a year's first day only stand for the month or the year.
    private static string Step(List<(double Value, int Count)> days)
    {
        DateTime[] moments = [.. days.Select(pair => DateTime.UnixEpoch.AddDays(pair.Value))];
        return moments.Length < 2 || moments.Any(moment => moment.Day != 1 || moment.TimeOfDay != TimeSpan.Zero) ? ""
            : moments.All(moment => moment.Month == 1) ? "year" : "month";
    }

    private static double Turn(double day, double period) => day / period - Math.Floor(day / period);

    private static int Phases(List<(double Value, int Count)> days, Func<double, double> phase) => days.Select(day =>
        phase(day.Value)).Distinct().Count();
}
