namespace Vae;

/// <summary>
/// How well a model reproduces the distribution of a column, by a posterior predictive check: the distance of real rows to many draws of
/// the model, against the distances of as many rows that the model drew; Gelman et al. 1996.
/// </summary>
/// <param name="Column">The column.</param>
/// <param name="Distance">Of real rows: Kolmogorov–Smirnov for numbers, total variation for classes; in [0, 1].</param>
/// <param name="Usual">The distance that nineteen of twenty replicates of the model do not exceed.</param>
/// <param name="PValue">Fraction of the replicates, real rows among them, whose distance is at least that of the real rows.</param>
public sealed partial record ColumnCheck(string Column, double Distance, double Usual, double PValue)
{
    /// <summary>Whether the model misses the column: real rows are farther from its draws than every replicate.</summary>
    public bool IsMissed(int replicates) => PValue <= 1.0 / (replicates + 1) + 1e-12;
}

/// <summary>Posterior predictive checks of the columns of a table.</summary>
internal static class PredictiveChecks
{
    /// <summary>Checks each column.</summary>
    /// <param name="real">Real rows that the model was not trained on.</param>
    /// <param name="drawn">Many rows of the model.</param>
    /// <param name="replicates">Samples of the model, each of as many rows as the real one.</param>
    public static ValueList<ColumnCheck> Check(
        ValueList<CellColumn> real, ValueList<CellColumn> drawn, IReadOnlyList<ValueList<CellColumn>> replicates) =>
        ValueList.From(Enumerable.Range(0, real.Count).Where(i => real[i].Known.Length > 0).Select(i => Check(
            real[i].Name, ColumnDistances.Between(real[i], drawn[i]),
            [.. replicates.Select(sample => ColumnDistances.Between(Masked(sample[i], real[i]), drawn[i]))])));

    // Real rows and replicates are exchangeable if the model is right, so the fraction is uniform then; Dufour 2006.
    private static ColumnCheck Check(string name, double distance, double[] replicates)
    {
        double[] sorted = [.. replicates.Order()];
        var usual = sorted.Length == 0 ? 0 : sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1];
        return new(name, distance, usual, (1.0 + sorted.Count(other => other >= distance)) / (sorted.Length + 1));
    }

    // A replicate has the holes of the real rows.
    private static CellColumn Masked(CellColumn sample, CellColumn real) => sample with
    {
        Values = ValueList.From(sample.Values.Zip(real.Values, (value, other) => double.IsNaN(other) ? double.NaN : value)),
    };
}
