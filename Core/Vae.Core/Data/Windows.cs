namespace Vae;

/// <summary>The series of a table, and where they may be cut into windows: never over a gap, and never over two parts of the data.</summary>
internal static class Windows
{
    // A step this many times the usual one leaves something out; months differ by less.
    private const double Gap = 1.5;

    /// <summary>
    /// The rows of each series in the order of time, cut at gaps: where time proceeds by more than one and a half times its median step.
    /// </summary>
    /// <param name="times">The time of each row; finite.</param>
    /// <param name="groups">The series of each row.</param>
    public static ValueList<ValueList<int>> Segments(IReadOnlyList<double> times, IReadOnlyList<string> groups)
    {
        var series = Enumerable.Range(0, times.Count).GroupBy(i => groups[i], StringComparer.Ordinal)
            .Select(rows => rows.OrderBy(i => times[i]).ToArray()).ToList();
        double[] steps = [.. series.SelectMany(rows => rows.Zip(rows.Skip(1), (a, b) => times[b] - times[a])).Order()];
        var most = steps.Length == 0 ? 0 : Gap * steps[steps.Length / 2];
        return ValueList.From(series.SelectMany(rows => Cut(rows, times, most)));
    }

    /// <summary>Two rows of one series at the same time; none if there are no such rows.</summary>
    public static ValueList<int> Repeated(IReadOnlyList<double> times, IReadOnlyList<string> groups) =>
        Enumerable.Range(0, times.Count).GroupBy(i => (groups[i], times[i])).Where(rows => rows.Count() > 1)
            .Select(rows => ValueList.From(rows.Take(2))).FirstOrDefault([]);

    /// <summary>The rows of each window of a segment. The last window ends at the last row, so that every row is in one.</summary>
    public static IEnumerable<ValueList<int>> Of(ValueList<int> segment, WindowSpec windows)
    {
        var last = segment.Count - windows.Steps;
        for (var start = 0; start < last; start += windows.Stride)
            yield return ValueList.From(segment.Skip(start).Take(windows.Steps));
        if (last >= 0)
            yield return ValueList.From(segment.Skip(last));
    }

    /// <summary>
    /// Divides segments into those of training, validation and test. The last rows of a long one are the test part and those before
    /// them the validation part; a segment in which such a part has no room for a window belongs to one part as a whole.
    /// </summary>
    /// <param name="segments">The rows of each.</param>
    /// <param name="steps">Rows of a window; ≥ 1.</param>
    /// <param name="fractions">The parts of validation and test; together below 1.</param>
    /// <param name="seed">Chooses the parts of the short segments.</param>
    public static WindowParts Divide(
        ValueList<ValueList<int>> segments, int steps, (double Validation, double Test) fractions, ulong seed)
    {
        var parts = (Train: new List<ValueList<int>>(), Validation: new List<ValueList<int>>(), Test: new List<ValueList<int>>());
        var shorter = new List<ValueList<int>>();
        foreach (var segment in segments.Where(segment => segment.Count >= steps))
        {
            var (validated, tested) = ((int)Math.Round(fractions.Validation * segment.Count), (int)Math.Round(fractions.Test * segment.Count));
            var trained = segment.Count - validated - tested;
            if (trained < steps || validated > 0 && validated < steps || tested > 0 && tested < steps)
            {
                shorter.Add(segment);
                continue;
            }
            parts.Train.Add(ValueList.From(segment.Take(trained)));
            parts.Validation.Add(ValueList.From(segment.Skip(trained).Take(validated)));
            parts.Test.Add(ValueList.From(segment.Skip(trained + validated)));
        }
        var random = KeyedRandom.FromSeed(seed);
        foreach (var (segment, i) in shorter.Select((segment, i) => (segment, i)).OrderBy(pair => random.Uniform(pair.i)).ToList().Select(
            (pair, place) => (pair.segment, (place + 0.5) / shorter.Count)))
            (i < fractions.Test ? parts.Test : i < fractions.Test + fractions.Validation ? parts.Validation : parts.Train).Add(segment);
        return new(ValueList.From(parts.Train), ValueList.From(parts.Validation), ValueList.From(parts.Test));
    }

    private static IEnumerable<ValueList<int>> Cut(int[] rows, IReadOnlyList<double> times, double most)
    {
        var start = 0;
        for (var i = 1; i <= rows.Length; i++)
            if (i == rows.Length || times[rows[i]] - times[rows[i - 1]] > most)
            {
                yield return ValueList.From(rows[start..i]);
                start = i;
            }
    }
}

/// <summary>The rows of the segments of each part.</summary>
internal sealed record WindowParts(ValueList<ValueList<int>> Train, ValueList<ValueList<int>> Validation, ValueList<ValueList<int>> Test);
