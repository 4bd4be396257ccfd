using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch;

/// <summary>
/// Trains a variational autoencoder on a data view, in a pipeline of ML.NET. What it fits are transformers of ML.NET's own: the model as an
/// ONNX graph with the preprocessing of its columns, and conversions of types. So <c>context.Model.Save</c> and <c>Load</c> work, and a
/// loaded pipeline needs neither this library nor libtorch.
/// </summary>
/// <remarks>
/// A row that the schema refuses, such as one with an unknown category, has codes and scores of NaN. Cells are missing where a number is
/// NaN, a text is empty, <c>NA</c> or the like, and a date is the default one.
/// </remarks>
/// <example>
/// <code>
/// var context = new MLContext(seed: 1);
/// var rows = context.Data.LoadFromTextFile&lt;Person&gt;("people.csv", separatorChar: ',', hasHeader: true);
/// var fitted = new VaeEstimator(context, new(Epochs: 50)).Fit(rows);
/// context.Model.Save(fitted, rows.Schema, "people.zip");
/// float[] scores = [.. fitted.Transform(rows).GetColumn&lt;float&gt;("AnomalyScore")];
/// </code>
/// </example>
public sealed class VaeEstimator : IEstimator<ITransformer>
{
    private readonly MLContext context;
    private readonly VaeOptions options;
    private readonly IProgress<TrainEvent>? progress;
    private readonly CancellationToken stop;

    /// <summary>An estimator with the given options.</summary>
    /// <param name="context">The context of ML.NET.</param>
    /// <param name="options">How the model is trained, and which columns are added; null for the defaults.</param>
    /// <param name="progress">Receives the events of training; null for none.</param>
    /// <param name="stop">Ends training after the current step; the model is then that of the step.</param>
    public VaeEstimator(
        MLContext context, VaeOptions? options = null, IProgress<TrainEvent>? progress = null, CancellationToken stop = default) =>
        (this.context, this.options, this.progress, this.stop) = (context, options ?? new(), progress, stop);

    /// <summary>Trains a model on the rows.</summary>
    /// <param name="input">The rows.</param>
    /// <returns>A transformer that adds the columns of the options; ML.NET saves and loads it.</returns>
    /// <exception cref="VaeException">
    /// The rows do not fit the options or the model, a component of the model has no ONNX form, or ML.NET cannot convert a column.
    /// </exception>
    public ITransformer Fit(IDataView input)
    {
        options.Check(input.Schema.Where(column => !column.IsHidden).Select(column => column.Name));
        return options.AsValues ? OfValues(input, options.Columns![0]) : OfTable(input);
    }

    /// <summary>The columns that the transformer will give.</summary>
    /// <param name="inputSchema">The columns that it takes.</param>
    /// <exception cref="VaeException">A column of the options is missing, or one that is to be added is there.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ValueList<string> given = ValueList.From(inputSchema.Select(column => column.Name));
        options.Check(given);
        if ((options.Columns ?? []).FirstOrDefault(name => !given.Contains(name)) is { } missing)
            throw ViewColumns.Missing(missing, given);
        return Estimators.With(context, inputSchema, options);
    }

    // What is refused of a graph is refused of an untrained model: before hours of training.
    private ITransformer OfValues(IDataView input, string column)
    {
        var data = Dataset.FromRows(ViewCells.Rows(input, column));
        var experiment = ViewTraining.Experiment(options, data);
        using (var untrained = new VaeModel(experiment.Model))
            ViewTransformers.Graph(untrained, column, options);
        using var trained = Trainer.Train(experiment, data, progress, stop);
        return ViewTransformers.OfValues(context, trained.Model, column, input, options);
    }

    private ITransformer OfTable(IDataView input)
    {
        if (input is DataFrame frame)
            FrameCells.RequireNoMissingCells(frame, ViewColumns.Find(input.Schema, options.Columns));
        var cells = CellTable.Of(input, options.Columns);
        var understood = cells.Infer(options.Choices);
        var (schema, columns) = (understood.Schema, ViewColumns.Find(input.Schema, understood.Schema));
        TextForms.Require(schema, columns, cells);
        var data = cells.Read(schema, understood.HasMissing);
        var experiment = ViewTraining.Experiment(options, data);
        using (var untrained = TableModel.Of(new(experiment.Model), schema))
            ViewTransformers.Graph(untrained, columns, options);
        using var model = TableModel.Train(experiment, data, progress, stop);
        return ViewTransformers.OfTable(context, model, columns, input, options);
    }
}
