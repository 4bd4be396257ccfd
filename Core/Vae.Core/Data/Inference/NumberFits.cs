namespace Vae;

/// <summary>Transforms, locations and deviations that fit a column of numbers.</summary>
internal static class NumberFits
{
    private const int MaxKnots = 65;

    // A normal has 0, an exponential 2.
    private const double LongTail = 2;

    // Share of zeros, and different values above them, of a column with too many zeros.
    private const double MinZeros = 0.2;
    private const int MinPositive = 10;

    /// <summary>The kind of a column of real numbers whose shape decides on the transform.</summary>
    public static ColumnKind Choose(ColumnTally tally)
    {
        var values = tally.Sorted();
        var plain = Describe(values, x => x);
        // A density at a value that recurs has no bound: the zeros are a class of their own.
        if (values[0].Value == 0 && values[0].Count >= MinZeros * tally.Rows && values.Count > MinPositive)
            return ZeroInflated(tally);
        if (values[0].Value < 0 || Math.Abs(plain.Skewness) <= LongTail)
            return Plain(tally);
        if (values[0].Value > 0 && Math.Abs(Describe(values, Math.Log).Skewness) < Math.Abs(plain.Skewness) / 2)
            return Positive(tally);
        return values[0].Value == 0 ? Log(tally) : Plain(tally);
    }

    /// <summary>Standardized.</summary>
    public static ColumnKind Plain(ColumnTally tally) => With(tally, ColumnTransforms.None);

    /// <summary>The logarithm of x plus the least value above 0, standardized.</summary>
    public static ColumnKind Log(ColumnTally tally) =>
        With(tally, ColumnTransforms.Log(tally.Sorted().Select(pair => pair.Value).FirstOrDefault(value => value > 0, 1)));

    /// <summary>Normal scores between quantiles.</summary>
    public static ColumnKind Quantile(ColumnTally tally)
    {
        var values = tally.Sorted();
        if (values.Count < 2)
            return Plain(tally);
        var (knots, scores, below, rows) = (new List<double>(), new List<double>(), 0.0, tally.Rows);
        var every = Math.Max(1, values.Count / (double)MaxKnots);
        for (int i = 0, taken = 0; i < values.Count; below += values[i++].Count)
        {
            // The first and the last are always knots.
            if (i < taken * every && i < values.Count - 1)
                continue;
            taken++;
            knots.Add(values[i].Value);
            scores.Add(Normals.Quantile((below + 0.5 * values[i].Count) / rows));
        }
        return With(tally, ColumnTransforms.Quantile(ValueList.From(knots), ValueList.From(scores)));
    }

    /// <summary>The logarithm, standardized.</summary>
    public static ColumnKind Positive(ColumnTally tally)
    {
        var moments = Standardization(tally, Math.Log, _ => true);
        return new ColumnKind.Positive(moments.Mean, moments.Deviation, Digits(tally));
    }

    /// <summary>The logarithm of what is above 0, standardized.</summary>
    public static ColumnKind ZeroInflated(ColumnTally tally)
    {
        var moments = tally.Sorted().Exists(pair => pair.Value > 0) ? Standardization(tally, Math.Log, x => x > 0) : (Mean: 0, Deviation: 1);
        return new ColumnKind.ZeroInflated(moments.Mean, moments.Deviation, Digits(tally));
    }

    /// <summary>Decimals of the column: the most that occur; −1 if a number has an exponent.</summary>
    public static int Digits(ColumnTally tally)
    {
        var digits = tally.Texts.Where(NumberTexts.IsNumber).Select(NumberTexts.Digits).DefaultIfEmpty(-1).ToList();
        return digits.Min() < 0 ? -1 : digits.Max();
    }

    private static ColumnKind With(ColumnTally tally, ColumnTransform transform)
    {
        var moments = Standardization(tally, transform.Apply, _ => true);
        return new ColumnKind.Continuous(transform, moments.Mean, moments.Deviation, Digits(tally));
    }

    // Of all rows also where the tally is a sample, which decides on the kind only.
    public static (double Mean, double Deviation) Standardization(ColumnTally tally, Func<double, double> transform, Func<double, bool> counts)
    {
        if (!tally.IsSample)
        {
            var (mean, spread, _) = Describe([.. tally.Sorted().Where(pair => counts(pair.Value))], transform);
            return (mean, spread);
        }
        var moments = RunningMoments.Of(tally.All.Where(counts).Select(transform));
        return (moments.Mean, moments.Deviation is > 0 and var deviation && double.IsFinite(deviation) ? deviation : 1);
    }

    /// <summary>Mean, deviation (1 if all are equal) and skewness of transformed values, each with its rows.</summary>
    public static (double Mean, double Deviation, double Skewness) Describe(List<(double Value, int Count)> values, Func<double,
        double> transform)
    {
        double rows = values.Sum(pair => pair.Count);
        // Values far from 0, such as seconds since 1970, are summed from the first of them on.
        var origin = transform(values[0].Value);
        var mean = values.Sum(pair => pair.Count * (transform(pair.Value) - origin)) / rows;
        double Central(int power) => values.Sum(pair => pair.Count * Math.Pow(transform(pair.Value) - origin - mean, power)) / rows;
        var deviation = Math.Sqrt(Central(2));
        return deviation > 0 && double.IsFinite(deviation) ? (origin + mean, deviation, Central(3) / Math.Pow(deviation, 3))
            : (origin + mean, 1, 0);
    }
}
