namespace Vae.Torch;

/// <summary>Point predictions as nodes of a graph: <see cref="Predictions"/> of one row.</summary>
internal static class OnnxPredictions
{
    // Above any cost of a class that a value has.
    private const double NoClass = 1e30;

    /// <summary>The likeliest class of each value that is a class, and the mean of any other value. [1, W].</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">The state of its likelihood.</param>
    /// <param name="decoded">Parameters of p(x|z) of one row.</param>
    /// <param name="means">The means of its values, [1, W].</param>
    public static OnnxTensor Of(VaeModel model, PartState<OnnxTensor> state, OnnxTensor decoded, OnnxTensor means)
    {
        var classes = Predictions.Classes(model.Spec.Likelihood);
        if (classes.All(count => count == 0))
            return means;
        var (graph, most, width) = (means.Graph, classes.Max(), classes.Count);
        // The row once for each class: the examples of the formulas are then the classes of one row.
        OnnxTensor PerClass(Func<int, int, double> value) => graph.Constant(
            [.. Enumerable.Range(0, most).SelectMany(k => classes.Select(count => value(k, count)))], most, width) with
        { Dims = OnnxGraph.Rows(width) };
        var tried = PerClass((k, count) => Math.Clamp(k, 0, Math.Max(count - 1, 0)));
        var repeated = graph.Node("Expand", decoded.Dims, [decoded, graph.Whole(
            [most, .. decoded.Dims[1..].Select(dim => (long)dim)])]);
        var costs = OnnxTensor.Reshape(Likelihoods.NegLogDensityPerValue(model.Spec.Likelihood, repeated,
            model.Spec.Likelihood is Likelihood.Masked ? OnnxTensor.Concat(tried, PerClass((_, _) => 1), 1) : tried, state),
            OnnxGraph.Rows(width));
        var likeliest = graph.Node("ArgMin", means.Dims, [costs + PerClass((k, count) => k < count ? 0 : NoClass)],
            OnnxAttributes.Whole("axis", 0)).Cast();
        var isClass = graph.Constant([.. classes.Select(count => count > 0 ? 1.0 : 0)], 1, width);
        return graph.Node("Where", means.Dims, [graph.Node("Greater", isClass.Dims, [isClass, means.Number(0)]), likeliest, means]);
    }
}
