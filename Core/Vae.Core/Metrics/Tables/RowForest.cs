namespace Vae;

/// <summary>
/// Predicts targets from cells by bagged regression trees; Breiman 1996. Numbers are binned by their quantiles, classes are ordered by
/// their mean target, and a missing cell is the lowest; so all rows, those to predict among them, are given at once.
/// </summary>
internal static class RowForest
{
    /// <summary>The mean prediction of the trees for some rows, in their order.</summary>
    /// <param name="columns">The cells to predict from, of all rows.</param>
    /// <param name="targets">For each target a number of each row; those of rows to predict are not read.</param>
    /// <param name="fitted">Rows to fit to.</param>
    /// <param name="predicted">Rows to predict.</param>
    /// <param name="random">Chooses the rows of each tree.</param>
    /// <param name="count">Number of trees; ≥ 1.</param>
    public static double[][] Predict(
        ValueList<CellColumn> columns, double[][] targets, int[] fitted, int[] predicted, KeyedRandom random, int count = 40)
    {
        byte[][] inputs = [.. columns.Select(column => Binned(column, targets, fitted))];
        var trees = Enumerable.Range(0, count).Select(tree => new RegressionTree(
            inputs, targets, [.. fitted.Select((_, i) => fitted[random.Fold(tree).Below(fitted.Length, i)])], tree)).ToArray();
        return Array.ConvertAll(predicted, row =>
        {
            var sums = new double[targets.Length];
            foreach (var tree in trees)
                foreach (var (value, target) in tree.Predict(row).Select((value, target) => (value, target)))
                    sums[target] += value / count;
            return sums;
        });
    }

    private static byte[] Binned(CellColumn column, double[][] targets, int[] fitted)
    {
        if (!column.HasClasses)
            return Quantiled(column, fitted);
        // The best split of classes for one target is among those of this order; Breiman et al. 1984, theorem 4.5.
        int[] order = [.. Enumerable.Range(0, column.Classes.Count).OrderBy(label => Mean(column, targets[0], fitted, label))];
        var places = new byte[order.Length];
        for (var place = 0; place < order.Length; place++)
            places[order[place]] = (byte)Math.Min(place + 1, RegressionTree.Bins - 1);
        return [.. column.Values.Select(value => double.IsNaN(value) ? (byte)0 : places[(int)value])];
    }

    private static double Mean(CellColumn column, double[] target, int[] fitted, int label)
    {
        double[] own = [.. fitted.Where(row => column.Values[row] == label).Select(row => target[row])];
        return own.Length == 0 ? 0 : own.Average();
    }

    private static byte[] Quantiled(CellColumn column, int[] fitted)
    {
        double[] sorted = [.. fitted.Select(row => column.Values[row]).Where(value => !double.IsNaN(value)).Order()];
        const int most = RegressionTree.Bins - 1;
        double[] edges = sorted.Length == 0 ? []
            : [.. Enumerable.Range(1, most - 1).Select(i => sorted[(int)((long)i * sorted.Length / most)])];
        return [.. column.Values.Select(value => double.IsNaN(value) ? (byte)0 : (byte)(1 + edges.Count(edge => value >= edge)))];
    }
}
