namespace Vae;

/// <summary>
/// Separated attribute predictability (SAP): whether only one dimension predicts each factor; Kumar et al. 2018, section 3.
/// </summary>
internal static class SeparatedAttributePredictability
{
    private const int Thresholds = 32;

    /// <summary>
    /// The mean over factors of the best dimension's score minus the second best's. The score is the R² of a linear regression for
    /// an ordered factor, else the balanced test accuracy of thresholds fitted to half of the examples, scaled so that chance is 0.
    /// Codes [N, D], N ≥ 4 → [0, 1]; 1 if each factor is in one dimension, about 0 for noise.
    /// </summary>
    public static double Compute(NdArray codes, ValueList<KnownFactor> factors)
    {
        var given = FactoredCodes.Create(codes, factors);
        return FactoredCodes.MeanGap([.. given.Factors.Select((factor, k) => Array.ConvertAll(given.Columns, column =>
            factors[k].Ordered ? Explained(column, factors[k].Values) : Accuracy(column, factor, given.ValueCount(k))))]);
    }

    /// <summary>The squared correlation; 0 for a constant dimension.</summary>
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

    /// <summary>The balanced accuracy of predicting, in each interval, the class of which the largest fraction lies in it.</summary>
    private static double Accuracy(double[] column, int[] classes, int classCount)
    {
        var bins = DiscreteInformation.Bins(column, Thresholds);
        var (seen, tested) = (Counts(bins, classes, classCount, fitted: true), Counts(bins, classes, classCount, fitted: false));
        double[] all = Totals(seen, classCount), test = Totals(tested, classCount);
        var right = 0.0;
        for (var bin = 0; bin < Thresholds; bin++)
        {
            var best = Enumerable.Range(0, classCount).MaxBy(c => all[c] > 0 ? seen[bin * classCount + c] / all[c] : 0);
            right += test[best] > 0 ? tested[bin * classCount + best] / test[best] / classCount : 0;
        }
        return Math.Max(0, (right - 1.0 / classCount) / (1 - 1.0 / classCount));
    }

    private static double[] Counts(int[] bins, int[] classes, int classCount, bool fitted)
    {
        var counts = new double[Thresholds * classCount];
        for (var i = 0; i < bins.Length; i++)
            counts[bins[i] * classCount + classes[i]] += FactoredCodes.IsFitted(i) == fitted ? 1 : 0;
        return counts;
    }

    private static double[] Totals(double[] counts, int classCount) =>
        [.. Enumerable.Range(0, classCount).Select(c => Enumerable.Range(0, Thresholds).Sum(bin => counts[bin * classCount + c]))];
}
