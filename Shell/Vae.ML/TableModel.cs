using System.Runtime.InteropServices;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace Vae.Torch;

/// <summary>
/// A model of a table: rows of data views and data frames go in, and data frames come out, in the units and words of the table. A data
/// frame is a data view. Columns are found by name. Dispose it after use.
/// </summary>
/// <example>
/// <code>
/// using var model = TableModel.Train(DataFrame.LoadCsv("people.csv"));
/// DataFrame synthetic = model.Draw(1000, seed: 1), filled = model.Impute(frame), scores = model.Score(frame);
/// </code>
/// </example>
public sealed class TableModel : IDisposable
{
    private readonly Dataset? training;

    private TableModel(VaeModel model, TableSchema schema, Dataset? training) =>
        (Model, Schema, this.training) = (model, schema, training);

    /// <summary>The model.</summary>
    public VaeModel Model { get; }

    /// <summary>What the columns hold.</summary>
    public TableSchema Schema { get; }

    /// <summary>Whether cells may be missing.</summary>
    public bool IsMasked => Model.Spec.Likelihood.Formulas().TakesMask;

    /// <summary>Trains a model, without a run folder. The schema is inferred as from a file.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How it is trained; null for the defaults.</param>
    /// <param name="progress">Receives the events of training; null for none.</param>
    /// <param name="stop">Ends training after the current step; the model is then that of the step.</param>
    /// <exception cref="VaeException">The rows do not fit the options or the model.</exception>
    public static TableModel Train(
        IDataView rows, VaeOptions? options = null, IProgress<TrainEvent>? progress = null, CancellationToken stop = default)
    {
        options ??= new();
        RequireTable(options);
        var data = rows.ToDataset(options.Columns, options.Choices);
        return Train(ViewTraining.Experiment(options, data), data, progress, stop);
    }

    internal static TableModel Of(VaeModel model, TableSchema schema) => new(model, schema, null);

    internal static TableModel Train(Experiment experiment, Dataset data, IProgress<TrainEvent>? progress, CancellationToken stop) =>
        new(Trainer.Train(experiment, data, progress, stop).Model, data.Schema, data);

    /// <summary>The model of a run of a table.</summary>
    /// <param name="folder">The run folder.</param>
    /// <exception cref="VaeException">The run cannot be read, or is not of a table, or its model has a condition.</exception>
    public static TableModel Open(string folder)
    {
        var run = RunFolder.Open(folder);
        var experiment = run.Experiment();
        VaeException.Require(experiment.Data.Schema.IsTable && !experiment.Data.Windows.IsUsed, folder, "must be a run of a table's rows",
            experiment.Data.Source);
        VaeException.Require(experiment.Model.Condition is Condition.None, "model.condition", "must be none for rows without conditions",
            experiment.Model.Condition);
        return new(run.LoadModel(), experiment.Data.Schema, null);
    }

    /// <summary>Posterior means: columns z0, z1, ….</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="VaeException">A column is missing or has a cell that it cannot hold.</exception>
    public DataFrame Codes(IDataView rows) => Frames.OfCodes(Model.Codes(Values(rows)));

    /// <summary>
    /// Scores of rows in nats: <c>Score</c> (−ELBO with the draws that all rows share, as a pipeline's), <c>NegLogLikelihood</c> (the
    /// importance-weighted bound), and the part of each column and of the code in −ELBO: <c>share of …</c>.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="draws">Draws from the posterior; ≥ 1.</param>
    /// <exception cref="VaeException">A column is missing or has a cell that it cannot hold.</exception>
    public DataFrame Score(IDataView rows, int draws = 10) =>
        Frames.OfScores(Schema, Model.Score(Values(rows), new(draws, SharedNoise: true)));

    /// <summary>
    /// The likeliest class of each column of classes and E[x|z] of others, at the posterior mean of each row, in the units and words of the
    /// table.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="VaeException">A column is missing or has a cell that it cannot hold.</exception>
    public DataFrame Reconstruct(IDataView rows) => Frames.OfRows(Schema, Matrix(Predictions.Reconstruct(
        new(Model, Cells(rows).Read(Schema, IsMasked), Binarizations.None))));

    /// <summary>
    /// The rows with missing cells filled by estimates: the likeliest class given what is observed, or E[missing|observed]; observed cells
    /// stay.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="samples">Draws for each row; ≥ 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="VaeException">A column is missing or has a cell that it cannot hold, or the model takes no missing
    /// cells.</exception>
    public DataFrame Impute(IDataView rows, int samples = 100, ulong seed = 0)
    {
        Model.RequireDistribution("imputation by importance sampling");
        VaeException.Require(IsMasked, "model.likelihood", "must be masked to impute missing values",
            Likelihoods.Name(Model.Spec.Likelihood));
        var cells = Cells(rows);
        var examples = cells.Examples(Schema, IsMasked);
        var filled = Imputations.Impute(new(Model, examples.WithMask(), Binarizations.None, seed), NdArray.Full(1, 1, Schema.Width),
            options: new(Samples: samples)).Imputed;
        return Frames.OfFilled(Schema, cells, Matrix(examples), Matrix(Array.ConvertAll(filled.ToArray(), value => (float)value)));
    }

    /// <summary>
    /// Synthetic rows, in the units and words of the table. A model that was trained here draws codes by the sampler of tables.
    /// </summary>
    /// <param name="count">Number of rows; ≥ 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="VaeException">The count is below 1, or the model is an autoencoder.</exception>
    public DataFrame Draw(int count, ulong seed)
    {
        using var sampler = training is { } data ? TableStudies.Sampler(Model, data, seed) : null;
        var drawn = RowDraws.Draw(Model, new(count, seed), null, sampler);
        return Frames.OfRows(Schema, Matrix(drawn));
    }

    /// <summary>A transformer that adds codes, scores and reconstructions to rows; ML.NET saves and loads it.</summary>
    /// <param name="context">The context of ML.NET.</param>
    /// <param name="rows">Rows whose columns have the types of those that it will transform; none is read.</param>
    /// <param name="options">Names of the added columns, and draws of the score; null for the defaults.</param>
    /// <exception cref="VaeException">A column is missing, ML.NET cannot convert it, or a component has no ONNX form.</exception>
    public ITransformer ToTransformer(MLContext context, IDataView rows, VaeOptions? options = null)
    {
        options ??= new();
        RequireTable(options);
        options.Check(rows.Schema.Where(column => !column.IsHidden).Select(column => column.Name));
        var columns = ViewColumns.Find(rows.Schema, Schema);
        if (rows is DataFrame frame)
            FrameCells.RequireNoMissingCells(frame, columns);
        TextForms.Require(Schema, columns);
        return ViewTransformers.OfTable(context, this, columns, rows, options);
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    private static void RequireTable(VaeOptions options)
    {
        VaeException.Require(!options.AsValues, "options.asValues", "must be false for a model of a table", options.AsValues);
        options.Check([]);
    }

    private CellTable Cells(IDataView rows) => CellTable.Of(rows, Schema);

    private float[,] Values(IDataView rows) => Matrix(Cells(rows).Examples(Schema, IsMasked));

    private float[,] Matrix(Dataset examples)
    {
        var values = new float[examples.Pixels.Length];
        examples.Pixels.CopyTo(0, values);
        return Matrix(values);
    }

    private float[,] Matrix(float[] values)
    {
        var matrix = new float[values.Length / Schema.Width, Schema.Width];
        values.CopyTo(MemoryMarshal.CreateSpan(ref matrix[0, 0], values.Length));
        return matrix;
    }
}
