namespace Vae;

/// <summary>
/// How well a column is predicted from the others on real test rows, by trees that were fitted to real rows and to synthetic ones: what
/// a model learned of the dependencies; Esteban et al. 2017.
/// </summary>
/// <param name="Column">The column that is predicted.</param>
/// <param name="IsAccuracy">Whether the scores are fractions of right classes, in [0, 1]; else R² of ranks, at most 1.</param>
/// <param name="Real">The score of trees fitted to real training rows.</param>
/// <param name="Synthetic">The score of trees fitted to synthetic rows.</param>
/// <param name="Baseline">The score of a constant: the most frequent class of the training rows; 0 for R².</param>
/// <param name="Tested">Test rows that have a value in the column.</param>
public sealed partial record TransferScore(string Column, bool IsAccuracy, double Real, double Synthetic, double Baseline, int Tested);

/// <summary>Measures how well predictions transfer from synthetic to real rows.</summary>
internal static class TransferScores
{
    private const int MaxRows = 1000, MinRows = 10, MaxColumns = 12, Trees = 20;

    /// <summary>The scores of the first 12 columns whose cells are known in at least 10 rows of each table.</summary>
    public static ValueList<TransferScore> Measure(
        ValueList<CellColumn> training, ValueList<CellColumn> test, ValueList<CellColumn> made, KeyedRandom random)
    {
        var count = Math.Min(MaxRows, Math.Min(CellColumns.Rows(training), CellColumns.Rows(made)));
        ValueList<CellColumn>[] parts = [
            CellColumns.Some(training, count, random.Fold(0)), CellColumns.Some(made, count, random.Fold(1)),
            CellColumns.Some(test, MaxRows, random.Fold(2))];
        int[] places = [.. Enumerable.Range(0, training.Count)
            .Where(place => parts.All(part => part[place].Known.Length >= MinRows)).Take(training.Count > 1 ? MaxColumns : 0)];
        return ValueList.From(places.Select(place => Of(parts, place, random.Fold(3 + place))));
    }

    private static TransferScore Of(ValueList<CellColumn>[] parts, int place, KeyedRandom random)
    {
        var (target, ranks) = (parts[0][place], new Percentiles(parts[0][place].Values));
        double Score(ValueList<CellColumn> from) => target.HasClasses
            ? Accuracy(Predicted(from, parts[2], place, Indicators, random), Known(parts[2], place))
            : Explained(Predicted(from, parts[2], place, column => [[.. column.Values.Select(ranks.Of)]], random),
                Array.ConvertAll(Known(parts[2], place), ranks.Of));
        return new(target.Name, target.HasClasses, Score(parts[0]), Score(parts[1]),
            target.HasClasses ? Frequent(target, Known(parts[2], place)) : 0, Known(parts[2], place).Length);
    }

    private static double[] Known(ValueList<CellColumn> part, int place) => part[place].Known;

    private static double[][] Predicted(
        ValueList<CellColumn> from, ValueList<CellColumn> test, int place, Func<CellColumn, double[][]> targets, KeyedRandom random)
    {
        var all = ValueList.From(from.Zip(test, (a, b) => a with { Values = a.Values.Append(b.Values) }));
        int[] known = [.. Enumerable.Range(0, all[place].Values.Count).Where(row => !double.IsNaN(all[place].Values[row]))];
        var others = ValueList.From(all.Where((_, i) => i != place));
        var rows = CellColumns.Rows(from);
        return RowForest.Predict(
            others, targets(all[place]), [.. known.Where(row => row < rows)], [.. known.Where(row => row >= rows)], random, Trees);
    }

    private static double[][] Indicators(CellColumn column) => [.. Enumerable.Range(0, column.Classes.Count)
        .Select(label => column.Values.Select(value => value == label ? 1.0 : 0).ToArray())];

    private static double Accuracy(double[][] predicted, double[] truth) =>
        predicted.Zip(truth, (scores, value) => Array.IndexOf(scores, scores.Max()) == (int)value ? 1.0 : 0).Average();

    private static double Explained(double[][] predicted, double[] truth)
    {
        var mean = truth.Average();
        var all = truth.Sum(value => (value - mean) * (value - mean));
        var missed = predicted.Zip(truth, (scores, value) => (value - scores[0]) * (value - scores[0])).Sum();
        return all == 0 ? 0 : 1 - missed / all;
    }

    private static double Frequent(CellColumn training, double[] truth)
    {
        var shares = ColumnDistances.Shares(training.Known, training.Classes.Count);
        var likeliest = Array.IndexOf(shares, shares.Max());
        return truth.Average(value => value == likeliest ? 1.0 : 0);
    }
}
