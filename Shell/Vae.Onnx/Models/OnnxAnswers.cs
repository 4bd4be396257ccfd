namespace Vae.Torch;

/// <summary>The names of what a graph answers of a row; empty for what is left out.</summary>
/// <param name="Codes">The posterior's mean, [D].</param>
/// <param name="Score">−ELBO in nats, [1].</param>
/// <param name="Reconstruction">The reconstruction, [values].</param>
internal sealed record OnnxAnswerNames(string Codes, string Score, string Reconstruction);

/// <summary>A graph that answers for one row at a time: its code, its score and its reconstruction.</summary>
internal static class OnnxAnswers
{
    /// <summary>The graph of a row.</summary>
    /// <param name="model">A model without a condition.</param>
    /// <param name="names">Its outputs.</param>
    /// <param name="noise">The noise of each draw of the score.</param>
    /// <param name="example">The example x, [1, ...], from the inputs that it adds.</param>
    /// <param name="schema">
    /// The columns of a table, whose reconstruction is of cells; null for one of the means of values.
    /// </param>
    /// <exception cref="VaeException">The model has a condition, or a component of it has no ONNX form.</exception>
    public static byte[] Write(
        VaeModel model, OnnxAnswerNames names, float[][] noise, Func<OnnxGraph, OnnxTensor> example, TableSchema? schema = null)
    {
        RowBatches.RequireNoCondition(model);
        return OnnxModels.Write(model, "rows", graph =>
        {
            var (x, width, networks) = (example(graph), RowBatches.Width(model), new OnnxNetworks(graph, model, null));
            var (given, refused) = (OnnxTensor.Reshape(x, OnnxGraph.Rows([.. model.Spec.Input.Dims])), OnnxModels.Refused(x));
            void Output(string name, OnnxTensor rows) =>
                graph.Output(name, Row(rows + (rows.Dims.Length == 1 ? refused : OnnxTensor.Reshape(refused, OnnxGraph.Rows(1)))));
            var (posterior, likelihood) = (model.Spec.Posterior.Formulas(), model.Spec.Likelihood.Formulas());
            var codes = OnnxModels.Named("posterior", posterior.Name, () =>
                posterior.Mean(networks.PosteriorState, networks.Encode(given)));
            if (names.Codes.Length > 0)
                Output(names.Codes, codes);
            if (names.Score.Length > 0)
            {
                var (shares, kl) = OnnxModels.Named("scores", "a part of the model", () =>
                    new OnnxScores(graph, model, networks).Of(given, noise, width));
                Output(names.Score, OnnxTensor.SumEvent(shares) + kl);
            }
            if (names.Reconstruction.Length > 0)
                Output(names.Reconstruction, OnnxModels.Named("likelihood", likelihood.Name, () =>
                    Reconstruction(model, networks, codes, schema)));
        });
    }

    private static OnnxTensor Reconstruction(VaeModel model, OnnxNetworks networks, OnnxTensor codes, TableSchema? schema)
    {
        var (state, decoded) = (networks.LikelihoodState, networks.Decode(codes));
        var means = OnnxNetworks.Flat(model.Spec.Likelihood.Formulas().Mean(state, decoded));
        return schema is null ? means : Cells(OnnxPredictions.Of(model, state, decoded, means), schema);
    }

    // Of predictions [1, W], [1, columns]: numbers in the unit of their column, not rounded; dates in days since 1970-01-01; of texts,
    // the place among them, or the number that they are.
    private static OnnxTensor Cells(OnnxTensor means, TableSchema schema)
    {
        var (cells, at) = (new List<OnnxTensor>(), 0);
        foreach (var kind in schema.Modelled.Select(column => column.Kind))
        {
            var first = OnnxTensor.Slice(means, 1, at, 1);
            cells.Add(kind switch
            {
                ColumnKind.Binary of => Class(first, [of.Zero, of.One]),
                ColumnKind.Ordinal of => Class(first, of.Levels),
                ColumnKind.Categorical { Other: "" } of => Class(first, of.Categories),
                ColumnKind.Categorical of => Place(first, of.Categories.Count + 1),
                ColumnKind.Continuous of => Inverse(Unscaled(first, of.Location, of.Deviation), of.Transform).Cast(),
                ColumnKind.Positive of => Unscaled(first, of.Location, of.Deviation).Map("Exp").Cast(),
                ColumnKind.ZeroInflated of => Hurdle(first, Unscaled(OnnxTensor.Slice(means, 1, at + 1, 1), of.Location, of.Deviation)),
                ColumnKind.Date of => OnnxDates.Days(OnnxTensor.Slice(means, 1, at, kind.Width), of),
                _ => first,
            });
            at += kind.Width;
        }
        return cells.Aggregate((a, b) => OnnxTensor.Concat(a, b, 1));
    }

    // One example: what remains are its values.
    private static OnnxTensor Row(OnnxTensor rows) => OnnxTensor.Reshape(rows, rows.Dims.Length == 1 ? 1 : rows.Dims[1]);

    private static OnnxTensor Place(OnnxTensor mean, int classes) => mean.Graph.Node("Min", mean.Dims,
        [mean.Graph.Node("Max", mean.Dims, [mean.Map("Round"), mean.Number(0)]), mean.Number(classes - 1)]);

    private static OnnxTensor Class(OnnxTensor mean, ValueList<string> texts)
    {
        var place = Place(mean, texts.Count);
        if (!texts.All(NumberTexts.IsNumber))
            return place;
        var isClass = mean.Graph.Node("Equal", OnnxGraph.Rows(texts.Count),
            [place, mean.Graph.Constant([.. texts.Select((_, i) => (double)i)], 1, texts.Count)]).Cast();
        return OnnxTensor.MatMul(isClass, mean.Graph.Constant([.. texts.Select(NumberTexts.Parse)], texts.Count, 1));
    }

    private static OnnxTensor Hurdle(OnnxTensor flag, OnnxTensor logarithm) => flag.Graph.Node("Where", flag.Dims, [
        flag.Graph.Node("Greater", flag.Dims, [flag, flag.Number(0.5)]), logarithm.Map("Exp").Cast(), flag.Number(0)]);

    /// <summary>64-bit numbers of 32-bit ones that were standardized.</summary>
    public static OnnxTensor Unscaled(OnnxTensor mean, double location, double deviation)
    {
        var wide = mean.Map("Cast", OnnxAttributes.Whole("to", (long)Onnx.TensorProto.Types.DataType.Double));
        var scaled = mean.Graph.Node("Mul", mean.Dims, [wide, mean.Graph.Doubles([deviation], [])]);
        return mean.Graph.Node("Add", mean.Dims, [scaled, mean.Graph.Doubles([location], [])]);
    }

    private static OnnxTensor Inverse(OnnxTensor y, ColumnTransform transform) => transform.Match(
        none: _ => y,
        log: log => y.Graph.Node("Max", y.Dims, [
            y.Graph.Node("Sub", y.Dims, [y.Map("Exp"), y.Graph.Doubles([log.Offset], [])]), y.Graph.Doubles([0], [])]),
        quantile: q => OnnxColumns.Piecewise(y, q.Scores, q.Knots));
}
