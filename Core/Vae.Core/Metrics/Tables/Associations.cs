namespace Vae;

/// <summary>
/// How strongly two columns depend on each other: Pearson's correlation of two numbers, in [−1, 1]; the correlation ratio of a number and
/// a class, and Cramér's V of two classes, in [0, 1]. Rows in which one of the two cells is missing are left out; NaN if nothing can be
/// said.
/// </summary>
internal static class Associations
{
    /// <summary>The association of each pair, [C, C]; 1 on the diagonal.</summary>
    public static NdArray Matrix(ValueList<CellColumn> columns)
    {
        var (count, values) = (columns.Count, new double[columns.Count * columns.Count]);
        for (var i = 0; i < count; i++)
            for (var j = 0; j <= i; j++)
                values[i * count + j] = values[j * count + i] = i == j ? 1 : Of(columns[i], columns[j]);
        return NdArray.FromValues(values, count, count);
    }

    /// <summary>The mean absolute difference of the pairs of two matrices; pairs that are NaN in one are left out; 0 without any.</summary>
    public static double MeanDifference(NdArray first, NdArray second)
    {
        double[] a = first.ToArray(), b = second.ToArray();
        var size = first.Dims[0];
        double[] differences = [.. Enumerable.Range(0, a.Length).Where(at => at % size < at / size)
            .Select(at => Math.Abs(a[at] - b[at])).Where(difference => !double.IsNaN(difference))];
        return differences.Length == 0 ? 0 : differences.Average();
    }

    /// <summary>The association of two columns of the same rows.</summary>
    public static double Of(CellColumn first, CellColumn second)
    {
        (double A, double B)[] pairs = [.. first.Values.Zip(second.Values)
            .Where(pair => !double.IsNaN(pair.First) && !double.IsNaN(pair.Second))];
        return pairs.Length == 0 ? double.NaN : (first.HasClasses, second.HasClasses) switch
        {
            (false, false) => Correlation(pairs),
            (true, true) => CramerV(pairs),
            (true, false) => CorrelationRatio(pairs),
            (false, true) => CorrelationRatio(Array.ConvertAll(pairs, pair => (pair.B, pair.A))),
        };
    }

    private static double Correlation((double A, double B)[] pairs)
    {
        double meanA = pairs.Average(pair => pair.A), meanB = pairs.Average(pair => pair.B);
        var scale = Math.Sqrt(pairs.Sum(pair => Square(pair.A - meanA)) * pairs.Sum(pair => Square(pair.B - meanB)));
        return scale == 0 ? double.NaN : Math.Clamp(pairs.Sum(pair => (pair.A - meanA) * (pair.B - meanB)) / scale, -1, 1);
    }

    // The root of the share of the variance that the classes' means explain; Fisher 1925.
    private static double CorrelationRatio((double Class, double Value)[] pairs)
    {
        var mean = pairs.Average(pair => pair.Value);
        var all = pairs.Sum(pair => Square(pair.Value - mean));
        var between = pairs.GroupBy(pair => pair.Class)
            .Sum(group => group.Count() * Square(group.Average(pair => pair.Value) - mean));
        return all == 0 ? double.NaN : Math.Sqrt(Math.Clamp(between / all, 0, 1));
    }

    // χ² of the table of counts, divided by its maximum; Cramér 1946, section 21.9.
    private static double CramerV((double A, double B)[] pairs)
    {
        Dictionary<double, int> rows = Counts(pairs.Select(pair => pair.A)), columns = Counts(pairs.Select(pair => pair.B));
        var smaller = Math.Min(rows.Count, columns.Count) - 1;
        if (smaller == 0)
            return double.NaN;
        // Σ n²/(r c) − 1: empty cells add nothing.
        var sum = pairs.GroupBy(pair => pair).Sum(cell => Square(cell.Count()) / ((double)rows[cell.Key.A] * columns[cell.Key.B]));
        return Math.Sqrt(Math.Clamp((sum - 1) / smaller, 0, 1));
    }

    private static Dictionary<double, int> Counts(IEnumerable<double> values) =>
        values.GroupBy(value => value).ToDictionary(group => group.Key, group => group.Count());

    private static double Square(double x) => x * x;
}
