namespace Vae;

/// <summary>SAP: whether one dimension alone predicts each factor, by a line or by thresholds. Kumar et al. 2018, section 3.</summary>
internal static class SeparatedAttributePredictability
{
    private const int Thresholds = 32;

    /// <summary>
    /// The mean over factors of the best dimension's score less the second's. The score of an ordered factor is R² of a line;
    /// of another the balanced accuracy by thresholds, fitted to half of the examples and measured on the rest, scaled so that
    /// guessing is 0. Codes [N, D], N ≥ 4 → [0, 1]; 1 where each factor is in one dimension, about 0 for noise.
    /// </summary>
    public static double Compute(NdArray codes, ValueList<KnownFactor> factors)
    {
        var given = FactoredCodes.Create(codes, factors);
        return FactoredCodes.MeanGap([.. given.Factors.Select((factor, k) => Array.ConvertAll(given.Columns, column =>
            factors[k].Ordered ? Explained(column, factors[k].Values) : Accuracy(column, factor, given.Levels(k))))]);
    }

    /// <summary>The square of the correlation; 0 for a constant.</summary>
    private static double Explained(double[] column, ValueList<int> values)
    {
        double meanX = column.Average(), meanY = values.Average(), xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < column.Length; i++)
        {
            double x = column[i] - meanX, y = values[i] - meanY;
            (xy, xx, yy) = (xy + x * y, xx + x * x, yy + y * y);
        }
        return xx > 0 ? xy * xy / (xx * yy) : 0;
    }

    /// <summary>Each interval stands for the class that falls there most often, of each class's own.</summary>
    private static double Accuracy(double[] column, int[] classes, int levels)
    {
        var bins = DiscreteInformation.Bins(column, Thresholds);
        var (seen, tested) = (Counts(bins, classes, levels, fitted: true), Counts(bins, classes, levels, fitted: false));
        double[] all = Totals(seen, levels), held = Totals(tested, levels);
        var right = 0.0;
        for (var bin = 0; bin < Thresholds; bin++)
        {
            var best = Enumerable.Range(0, levels).MaxBy(c => all[c] > 0 ? seen[bin * levels + c] / all[c] : 0);
            right += held[best] > 0 ? tested[bin * levels + best] / held[best] / levels : 0;
        }
        return Math.Max(0, (right - 1.0 / levels) / (1 - 1.0 / levels));
    }

    private static double[] Counts(int[] bins, int[] classes, int levels, bool fitted)
    {
        var counts = new double[Thresholds * levels];
        for (var i = 0; i < bins.Length; i++)
            counts[bins[i] * levels + classes[i]] += FactoredCodes.IsFitted(i) == fitted ? 1 : 0;
        return counts;
    }

    private static double[] Totals(double[] counts, int levels) =>
        [.. Enumerable.Range(0, levels).Select(c => Enumerable.Range(0, Thresholds).Sum(bin => counts[bin * levels + c]))];
}
