using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Vae.Torch;

/// <summary>A trained model as transformers of ML.NET's own, which its pipelines save and load without this library.</summary>
internal static class ViewTransformers
{
    // The name that ML.NET's regression gives to its answers.
    private const string Regressed = "Score";

    // A vector of one number, and a "Score" of the data view that regression would hide.
    private const string Vector = "Score (vector)", Kept = "Score (kept)";

    /// <summary>A model of a table.</summary>
    /// <exception cref="VaeException">A column has a form that ML.NET does not convert, or a component of the model has no ONNX
    /// form.</exception>
    public static TransformerChain<ITransformer> OfTable(
        MLContext context, TableModel model, ValueList<ViewColumn> columns, IDataView rows, VaeOptions options)
    {
        var (converted, conversions) = (new List<string>(), new EstimatorChain<ITransformer>());
        foreach (var (column, found) in model.Schema.Modelled.Zip(columns)
            .Where(pair => NeedsConversion(pair.First.Kind, pair.Second.Item)))
        {
            var name = GraphCells.Converted(found);
            conversions = column.Kind is not ColumnKind.Date
                ? conversions.Append<ITransformer>(context.Transforms.Conversion.ConvertType(name, found.Input, DataKind.Double))
                : Dates(context, conversions, name, found);
            converted.Add(name);
        }
        return Fitted(context, rows, conversions, Graph(model, columns, options), options, converted);
    }

    /// <summary>A model of the numbers of one vector.</summary>
    public static TransformerChain<ITransformer> OfValues(
        MLContext context, VaeModel model, string column, IDataView rows, VaeOptions options)
    {
        var isSingle = ((VectorDataViewType)rows.Schema[column].Type).ItemType == NumberDataViewType.Single;
        if (isSingle)
            return Fitted(context, rows, new(), (Graph(model, column, options), [column]), options, []);
        var name = $"{column} (converted)";
        var conversion = context.Transforms.Conversion.ConvertType(name, column, DataKind.Single);
        return Fitted(context, rows, new EstimatorChain<ITransformer>().Append<ITransformer>(conversion),
            (Graph(model, name, options), [name]), options, [name]);
    }

    /// <summary>The graph of a model of a table, and its inputs.</summary>
    /// <exception cref="VaeException">A component of the model has no ONNX form, or the options ask what it does not have.</exception>
    public static (byte[] Graph, ValueList<string> Inputs) Graph(TableModel model, ValueList<ViewColumn> columns, VaeOptions options)
    {
        ValueList<string> inputs = [];
        var content = OnnxAnswers.Write(model.Model, Named(options), Noise(model.Model, options), graph =>
        {
            var cells = new GraphCells(graph, columns);
            var row = OnnxColumns.Row(graph, model.Schema, model.IsMasked, cells);
            inputs = cells.Inputs;
            return row;
        }, model.Schema);
        return (content, inputs);
    }

    /// <summary>The graph of a model of a vector, with the vector as its input.</summary>
    /// <exception cref="VaeException">A component of the model has no ONNX form, or the options ask what it does not have.</exception>
    public static byte[] Graph(VaeModel model, string input, VaeOptions options) => OnnxAnswers.Write(
        model, Named(options), Noise(model, options), graph => OnnxModels.Example(
            graph, model, model.Spec.Likelihood.Formulas().TakesMask, input));

    private static bool NeedsConversion(ColumnKind kind, DataViewType item) => kind is ColumnKind.Date
        || item is TextDataViewType && kind is not (ColumnKind.Binary or ColumnKind.Ordinal or ColumnKind.Categorical);

    // Ticks keep every second; 64-bit numbers of them would not.
    private static EstimatorChain<ITransformer> Dates(
        MLContext context, EstimatorChain<ITransformer> chain, string name, ViewColumn column) =>
        column.Item is TextDataViewType
            ? chain.Append<ITransformer>(context.Transforms.Conversion.ConvertType(name, column.Input, DataKind.DateTime))
                .Append<ITransformer>(context.Transforms.Conversion.ConvertType(name, name, DataKind.Int64))
            : chain.Append<ITransformer>(context.Transforms.Conversion.ConvertType(name, column.Input, DataKind.Int64));

    private static OnnxAnswerNames Named(VaeOptions options) =>
        new(options.Codes, options.Score.Length > 0 ? Vector : "", options.Reconstruction);

    private static float[][] Noise(VaeModel model, VaeOptions options)
    {
        if (options.Score.Length == 0)
            return [];
        model.RequireDistribution("scores (options.score: \"\" leaves them out)");
        return OnnxScores.Noise(model, options.Draws, seed: 0);
    }

    private static TransformerChain<ITransformer> Fitted(
        MLContext context, IDataView rows, EstimatorChain<ITransformer> chain, (byte[] Graph, ValueList<string> Inputs) onnx,
        VaeOptions options, List<string> converted)
    {
        string[] outputs = [.. options.Added.Select(name => name == options.Score ? Vector : name)];
        using var file = new MemoryStream(onnx.Graph);
        chain = chain.Append<ITransformer>(context.Transforms.ApplyOnnxModel(outputs, [.. onnx.Inputs], file));
        string[] temporary = [.. converted, .. outputs.Where(name => name == Vector)];
        if (options.Score.Length > 0)
            chain = Scalar(context, chain, options.Score, rows.Schema.GetColumnOrNull(Regressed) is not null);
        if (temporary.Length > 0)
            chain = chain.Append<ITransformer>(context.Transforms.DropColumns(temporary));
        return chain.Fit(rows);
    }

    // OnnxTransformer answers in vectors only. A regression with weight 1 and bias 0 makes a number of a vector of one.
    private static EstimatorChain<ITransformer> Scalar(MLContext context, EstimatorChain<ITransformer> chain, string name, bool hides)
    {
        var regression = new Estimators.Fixed(context, Identity(context), Regressed);
        if (name == Regressed)
            return chain.Append<ITransformer>(regression);
        chain = hides ? chain.Append<ITransformer>(context.Transforms.CopyColumns(Kept, Regressed)) : chain;
        chain = chain.Append<ITransformer>(regression).Append<ITransformer>(context.Transforms.CopyColumns(name, Regressed));
        return !hides ? chain.Append<ITransformer>(context.Transforms.DropColumns(Regressed))
            : chain.Append<ITransformer>(context.Transforms.CopyColumns(Regressed, Kept))
                .Append<ITransformer>(context.Transforms.DropColumns(Kept));
    }

    // One step of gradient descent from 0 on x = y = 2⁶⁰ gives the weight rate·2·x² = 1 exactly, and a bias of 2⁻⁶⁰.
    private static ITransformer Identity(MLContext context)
    {
        var x = MathF.Pow(2, 60);
        return context.Regression.Trainers.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options
        {
            LabelColumnName = nameof(Pair.Y),
            FeatureColumnName = Vector,
            NumberOfIterations = 1,
            LearningRate = MathF.Pow(2, -121),
            DecreaseLearningRate = false,
            L2Regularization = 0,
            Shuffle = false,
        }).Fit(context.Data.LoadFromEnumerable([new Pair { X = [x], Y = x }]));
    }

    private sealed class Pair
    {
        [VectorType(1), ColumnName(Vector)]
        public float[] X { get; init; } = [];

        public float Y { get; init; }
    }
}
