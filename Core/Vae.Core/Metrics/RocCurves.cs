namespace Vae;

/// <summary>A point of a ROC curve: the rates at which scores at or above a threshold are classified as positive.</summary>
/// <param name="FalsePositiveRate">The fraction of the negatives classified as positive; in [0, 1].</param>
/// <param name="TruePositiveRate">The fraction of the positives classified as positive; in [0, 1].</param>
/// <param name="Threshold">The lowest score classified as positive; ∞ for the first point, at which there is none.</param>
internal sealed partial record RocPoint(double FalsePositiveRate, double TruePositiveRate, double Threshold);

/// <summary>ROC curves of a score that classifies two groups, such as −ELBO for anomalies; higher scores indicate positives.</summary>
internal static class RocCurves
{
    /// <summary>
    /// The curve from (0, 0) to (1, 1), with one point for each distinct score, so that ties become slopes; Fawcett 2006, algorithm
    /// 1.
    /// </summary>
    /// <param name="positives">The scores of the positives; at least one, none NaN.</param>
    /// <param name="negatives">The scores of the negatives; at least one, none NaN.</param>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
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

    /// <summary>
    /// The area under the curve: the probability that a positive scores higher than a negative, with ties counted half. In [0, 1];
    /// 0.5 for a score without information; Hanley &amp; McNeil 1982.
    /// </summary>
    /// <param name="positives">The scores of the positives; at least one, none NaN.</param>
    /// <param name="negatives">The scores of the negatives; at least one, none NaN.</param>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
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
