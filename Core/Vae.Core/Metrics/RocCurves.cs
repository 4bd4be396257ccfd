namespace Vae;

/// <summary>What happens where every score from a threshold on counts as positive.</summary>
/// <param name="FalsePositiveRate">Of the negatives; in [0, 1].</param>
/// <param name="TruePositiveRate">Of the positives; in [0, 1].</param>
/// <param name="Threshold">The lowest score taken as positive; ∞ for the first point, which takes none.</param>
public sealed partial record RocPoint(double FalsePositiveRate, double TruePositiveRate, double Threshold)
{
    /// <summary>The same point with other parts.</summary>
    public RocPoint With(double? falsePositiveRate = null, double? truePositiveRate = null, double? threshold = null) =>
        new(falsePositiveRate ?? FalsePositiveRate, truePositiveRate ?? TruePositiveRate, threshold ?? Threshold);
}

/// <summary>How well a score, such as −ELBO for anomalies, tells two groups apart. Higher scores speak for the positives.</summary>
public static class RocCurves
{
    /// <summary>The curve from (0, 0) to (1, 1), one point for each different score, so that ties become slopes; Fawcett 2006, algorithm 1. At least one score each, none NaN.</summary>
    public static ValueList<RocPoint> Points(double[] positives, double[] negatives)
    {
        var points = new List<RocPoint> { new(0, 0, double.PositiveInfinity) };
        double hits = 0, alarms = 0;
        foreach (var tied in Ranked(positives, negatives))
        {
            hits += tied.Count(score => score.Positive);
            alarms += tied.Count(score => !score.Positive);
            points.Add(new(alarms / negatives.Length, hits / positives.Length, tied.Key));
        }
        return ValueList.From(points);
    }

    /// <summary>The area under the curve: how often a positive scores higher than a negative, ties counted half. In [0, 1], 0.5 for a score that tells nothing; Hanley &amp; McNeil 1982.</summary>
    public static double Area(double[] positives, double[] negatives)
    {
        double below = negatives.Length, wins = 0;
        foreach (var tied in Ranked(positives, negatives))
        {
            var equal = tied.Count(score => !score.Positive);
            below -= equal;
            wins += (tied.Count() - equal) * (below + equal / 2.0);
        }
        return wins / ((double)positives.Length * negatives.Length);
    }

    private static IEnumerable<IGrouping<double, Labelled>> Ranked(double[] positives, double[] negatives)
    {
        Check(nameof(positives), positives);
        Check(nameof(negatives), negatives);
        return positives.Select(score => new Labelled(score, true)).Concat(negatives.Select(score => new Labelled(score, false)))
            .GroupBy(score => score.Value).OrderByDescending(tied => tied.Key);
    }

    private static void Check(string name, double[] scores)
    {
        if (scores.Length == 0)
            throw new ArgumentException($"{name}: must hold at least one score, got none", name);
        if (Array.FindIndex(scores, double.IsNaN) is >= 0 and var at)
            throw new ArgumentException($"{name}[{at}]: must be a number, got NaN", name);
    }

    private readonly record struct Labelled(double Value, bool Positive);
}
