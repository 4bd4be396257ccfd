using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Compares the rows that a model draws with the real rows of its table.</summary>
public static class TableStudies
{
    private const int MaxRows = 5000, MinRows = 200, MaxAnomalies = 12, MaxScored = 2000, MaxShares = 3, ImportanceSamples = 50;
    private const int Replicates = 99, MaxReplicate = 500, Pool = 2000;

    /// <summary>
    /// The report of a table: distributions, dependencies, what classifiers tell apart, distances to training rows, and anomalies among the
    /// test rows. A function of the model, the data and the seed.
    /// </summary>
    /// <param name="model">A model of a table, without a condition or conditioned on a label.</param>
    /// <param name="data">The parts that it was trained on and tested with.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <exception cref="VaeException">The data are no table, or the model does not draw rows of them.</exception>
    public static TableReport Report(VaeModel model, DataSplit data, ulong seed = 1)
    {
        RequireTable(data.Train);
        using var fitted = Sampler(model, data.Train, seed);
        var real = data.Train.Count + data.Validation.Count + data.Test.Count;
        var count = Math.Clamp(real, MinRows, MaxRows);
        var made = Cells(data.Train.Schema, RowDraws.Draw(model, new(count, seed), ConditionOf(model, data.Train, count), fitted));
        var (validation, test) = (Cells(data.Validation), Cells(data.Test));
        var heldOut = ValueList.From(test.Select((column, i) => column with
        {
            Values = data.Validation.Count == 0 ? column.Values : column.Values.Append(validation[i].Values),
        }));
        return TableReports.Compare(new(Cells(data.Train), heldOut, made), fitted?.Fitted ?? "the prior", KeyedRandom.FromSeed(seed)) with
        {
            Anomalies = Anomalous(model, data.Test, seed),
        };
    }

    /// <summary>
    /// Posterior predictive checks: whether rows that the model draws have the distribution of real rows in each column.
    /// </summary>
    /// <param name="model">A model of a table without a condition or conditioned on a label.</param>
    /// <param name="data">Real rows that it was not trained on; at most 500 are used.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <param name="sampler">Draws the codes; null for the prior.</param>
    /// <exception cref="VaeException">The data are no table, or the model does not draw rows of them.</exception>
    public static ValueList<ColumnCheck> Check(VaeModel model, Dataset data, ulong seed = 1, FittedSampler? sampler = null)
    {
        RequireTable(data);
        var real = CellColumns.Some(Cells(data), MaxReplicate, KeyedRandom.FromSeed(seed));
        var count = CellColumns.Rows(real);
        var drawn = Cells(data.Schema, RowDraws.Draw(
            model, new(Pool + Replicates * count, seed), ConditionOf(model, data, Pool + Replicates * count), sampler));
        ValueList<CellColumn> Rows(int start, int rows) => CellColumns.Take(drawn, [.. Enumerable.Range(start, rows)]);
        return PredictiveChecks.Check(
            real, Rows(0, Pool), [.. Enumerable.Range(0, Replicates).Select(r => Rows(Pool + r * count, count))]);
    }

    /// <summary>
    /// The default sampler of tables, fitted to the codes of the training rows; null, for the prior, where there are too few of them or
    /// codes are not real numbers. The caller disposes it.
    /// </summary>
    /// <param name="model">A model of a table.</param>
    /// <param name="training">Its training rows.</param>
    /// <param name="seed">Seed of the fit.</param>
    public static FittedSampler? Sampler(VaeModel model, Dataset training, ulong seed = 1)
    {
        var sampler = Samplers.OfTable(model.Spec);
        return Samplers.IsFitted(sampler) && training.Count > model.Spec.Latent && model.Spec.Condition is Condition.None
            ? model.Fit(sampler, training, seed: seed) : null;
    }

    /// <summary>Whether a model draws rows of a table that can be compared with real ones.</summary>
    internal static bool Covers(VaeSpec model, TableSchema schema) => schema.IsTable
        && model.Condition is Condition.None or Condition.Label && Posteriors.HasDensity(model.Posterior);

    private static void RequireTable(Dataset data) => VaeException.Require(data.Schema.IsTable && data.Count > 0, data.Name,
        "must be a table of at least one row", data.Schema.IsTable ? "none" : "other data");

    // Labels as frequent as those of the data.
    private static Tensor? ConditionOf(VaeModel model, Dataset data, int count) => model.Spec.Condition is Condition.Label label
        ? ConditionRows.OneHot([.. Enumerable.Range(0, count).Select(i => data.Labels.Span[i % data.Count])], label.Classes, "label")
            .ToTensor(model.Device, count, label.Classes) : null;

    /// <summary>The cells of the columns that a model sees.</summary>
    internal static ValueList<CellColumn> Cells(Dataset data) => Cells(
        data.Schema, Values(data.WithoutMask()), data.IsMasked ? data.Observed() : []);

    private static ValueList<CellColumn> Cells(TableSchema schema, float[] values, float[]? observed = null) =>
        CellColumns.Read(schema, values, observed ?? []);

    private static float[] Values(Dataset data)
    {
        var values = new float[data.Pixels.Length];
        data.Pixels.CopyTo(0, values);
        return values;
    }

    private static ValueList<RowAnomaly> Anomalous(VaeModel model, Dataset test, ulong seed)
    {
        if (test.Count == 0)
            return [];
        var some = test.Count <= MaxScored ? test : test.Take([.. Enumerable.Range(0, MaxScored)]);
        var shares = AnomalyShares.Measure(new(model, some, Binarizations.None, seed), ImportanceSamples);
        var (schema, width, values, observed) = (some.Schema, some.Schema.Width, Values(some.WithoutMask()), some.Observed());
        return ValueList.From(Enumerable.Range(0, some.Count).OrderByDescending(row => shares[row].Score).Take(MaxAnomalies).Select(row =>
            new RowAnomaly(row, shares[row].Score,
                TableTexts.Of(schema, values.AsSpan(row * width, width), observed.AsSpan(row * width, width)),
                ValueList.From(ColumnShares.Of(shares[row], schema).OrderByDescending(share => share.Nats).Take(MaxShares)))));
    }
}
