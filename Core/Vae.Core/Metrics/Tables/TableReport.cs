namespace Vae;

/// <summary>The associations of the columns of a table, real and synthetic.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Real">A row for each column: Pearson's correlation of numbers, correlation ratio of a number and a class, Cramér's V of
/// classes; null if nothing can be said.</param>
/// <param name="Synthetic">The same of synthetic rows.</param>
/// <param name="MeanDifference">Mean absolute difference over pairs of columns; in [0, 2].</param>
public sealed partial record TableAssociations(
    ValueList<string> Columns, ValueList<ValueList<double?>> Real, ValueList<ValueList<double?>> Synthetic, double MeanDifference);

/// <summary>A column's part in the score of an anomalous row.</summary>
/// <param name="Column">The column, or <c>the code</c>.</param>
/// <param name="Nats">Its part; the parts of a row sum to its score.</param>
public sealed partial record ColumnShare(string Column, double Nats);

/// <summary>A row that is improbable under the model.</summary>
/// <param name="Row">Index among the test rows, from 0.</param>
/// <param name="Score">The bound on −ln p(x), or an autoencoder's reconstruction; nats.</param>
/// <param name="Cells">Its cells as texts, in the order of the columns; empty where one is missing.</param>
/// <param name="Shares">The largest parts of the score, the largest first.</param>
public sealed partial record RowAnomaly(int Row, double Score, ValueList<string> Cells, ValueList<ColumnShare> Shares);

/// <summary>How the synthetic rows of a model compare with the real rows of its table.</summary>
/// <param name="Training">Number of training rows.</param>
/// <param name="HeldOut">Number of validation and test rows.</param>
/// <param name="Synthetic">Number of synthetic rows.</param>
/// <param name="Sampler">What their codes are drawn from.</param>
/// <param name="Columns">The distribution of each column.</param>
/// <param name="Associations">Dependencies of pairs of columns.</param>
/// <param name="TwoSample">How well classifiers tell real from synthetic rows; null for fewer than 10 rows.</param>
/// <param name="Transfer">Predictions of each column by trees fitted to real and to synthetic rows, on held-out rows.</param>
/// <param name="Closest">Distances to the closest training row; null without held-out rows.</param>
/// <param name="Missing">Which cells are missing together, the most frequent first; empty for a complete table.</param>
public sealed partial record TableReport(
    int Training, int HeldOut, int Synthetic, string Sampler, ValueList<ColumnMarginal> Columns, TableAssociations Associations,
    TwoSampleAreas? TwoSample, ValueList<TransferScore> Transfer, RecordDistances? Closest, ValueList<MissingPattern> Missing)
{
    /// <summary>The test rows that are least probable under the model.</summary>
    public ValueList<RowAnomaly> Anomalies { get; init; } = [];
}

/// <summary>Rows of a table by where they come from.</summary>
/// <param name="Training">Rows that the model was trained on.</param>
/// <param name="HeldOut">Real rows that it was not trained on; may be empty.</param>
/// <param name="Synthetic">Rows that it drew.</param>
internal sealed record TableParts(ValueList<CellColumn> Training, ValueList<CellColumn> HeldOut, ValueList<CellColumn> Synthetic);

/// <summary>Compares real and synthetic rows.</summary>
internal static class TableReports
{
    private const int MaxClosest = 1000, MaxTraining = 5000, MinRows = 10;

    /// <summary>All comparisons; a function of the rows and the random numbers.</summary>
    public static TableReport Compare(TableParts parts, string sampler, KeyedRandom random)
    {
        var (training, heldOut, made) = (parts.Training, parts.HeldOut, parts.Synthetic);
        var real = ValueList.From(training.Zip(heldOut, (a, b) => a with { Values = a.Values.Append(b.Values) }));
        var masked = Masked(made, real, random.Fold(0));
        return new(
            CellColumns.Rows(training), CellColumns.Rows(heldOut), CellColumns.Rows(made), sampler,
            ValueList.From(real.Zip(made, ColumnMarginals.Compare)), Associate(real, made),
            CellColumns.Rows(real) < MinRows || CellColumns.Rows(made) < MinRows ? null
                : TwoSampleTests.Compare(real, masked, random.Fold(1)),
            CellColumns.Rows(heldOut) == 0 ? [] : TransferScores.Measure(training, heldOut, masked, random.Fold(2)),
            CellColumns.Rows(heldOut) == 0 ? null : ClosestRecords.Compare(
                CellColumns.Some(training, MaxTraining, random.Fold(3)), CellColumns.Some(heldOut, MaxClosest, random.Fold(4)),
                CellColumns.Some(masked, MaxClosest, random.Fold(5))),
            MissingPatterns.Find(real));
    }

    // Synthetic rows are complete: each gets the holes of a real one, or a classifier would see only those.
    private static ValueList<CellColumn> Masked(ValueList<CellColumn> made, ValueList<CellColumn> real, KeyedRandom random)
    {
        var rows = CellColumns.Rows(real);
        int[] like = [.. Enumerable.Range(0, CellColumns.Rows(made)).Select(i => random.Below(rows, i))];
        return ValueList.From(made.Zip(real, (column, other) => column with
        {
            Values = ValueList.From(column.Values.Select((value, i) => double.IsNaN(other.Values[like[i]]) ? double.NaN : value)),
        }));
    }

    private static TableAssociations Associate(ValueList<CellColumn> real, ValueList<CellColumn> made)
    {
        NdArray a = Associations.Matrix(real), b = Associations.Matrix(made);
        return new(ValueList.From(real.Select(column => column.Name)), Rows(a), Rows(b), Associations.MeanDifference(a, b));
    }

    private static ValueList<ValueList<double?>> Rows(NdArray matrix) => ValueList.From(matrix.ToArray().Chunk(matrix.Dims[1])
        .Select(row => ValueList.From(row.Select(value => double.IsNaN(value) ? null : (double?)value))));
}
