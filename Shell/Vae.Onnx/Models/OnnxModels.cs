using Onnx;

namespace Vae.Torch;

/// <summary>
/// Writes models as ONNX graphs, which programs without libtorch run. Inputs and outputs are 32-bit numbers with the examples, N of
/// them, along the first axis; operators are those of version 18.
/// </summary>
public static class OnnxModels
{
    private const TensorProto.Types.DataType Single = TensorProto.Types.DataType.Float;

    /// <summary>
    /// Writes <c>encoder.onnx</c> and <c>decoder.onnx</c> to a folder, and <c>scorer.onnx</c> if the model scores rows: it has no
    /// condition and is not an autoencoder.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder; created if it does not exist.</param>
    /// <param name="schema">The columns of the table that the model is of; null for other data, whose scorer takes examples.</param>
    /// <param name="draws">Draws from the posterior that a score averages over; ≥ 1.</param>
    /// <param name="seed">Seed of these draws.</param>
    /// <returns>Paths of the files.</returns>
    /// <exception cref="VaeException">A component has no ONNX form (the message names it), or a file cannot be written.</exception>
    /// <example>
    /// <code>
    /// var run = RunFolder.Open("runs/digits");
    /// using var model = run.LoadModel();
    /// model.ExportOnnx("web", run.Experiment().Data.Schema);
    /// </code>
    /// </example>
    public static ValueList<string> ExportOnnx(
        this VaeModel model, string folder, TableSchema? schema = null, int draws = 10, ulong seed = 0)
    {
        // All are made before the first is written: a model that is refused leaves no file.
        List<(string Name, byte[] Content)> files = [("encoder.onnx", Encoder(model)), ("decoder.onnx", Decoder(model))];
        if (HasScorer(model))
            files.Add(("scorer.onnx", Scorer(model, schema, draws, seed)));
        Disk.CreateOut(folder);
        foreach (var (name, content) in files)
            AtomicFile.Write(Path.Combine(folder, name), file => file.Write(content));
        return ValueList.From(files.Select(file => Path.Combine(folder, file.Name)));
    }

    /// <summary>
    /// The encoder: <c>x</c> [N, C, ...] as the likelihood takes it and, for a model with one, <c>condition</c> [N, W] →
    /// <c>parameters</c> of q(z|x, c) as <c>VaeModel.Encode</c> gives them, the posterior's <c>mean</c> [N, D], and its
    /// <c>log_variance</c> [N, D] where it has one.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>Content of an .onnx file.</returns>
    /// <exception cref="VaeException">A component has no ONNX form; the message names it.</exception>
    public static byte[] Encoder(VaeModel model) => Write(model, "encoder", graph =>
    {
        var x = graph.Input("x", Single, OnnxGraph.Rows([.. model.Spec.Input.Dims]));
        var networks = new OnnxNetworks(graph, model, Condition(graph, model));
        var (encoded, posterior) = (networks.Encode(x), model.Spec.Posterior.Formulas());
        graph.Output("parameters", encoded);
        graph.Output("mean", Named("posterior", posterior.Name, () => posterior.Mean(networks.PosteriorState, encoded)));
        if (posterior is { HasDensity: true, HasMoments: true })
            graph.Output("log_variance", Named(
                "posterior", posterior.Name, () => posterior.LogVariance(networks.PosteriorState, encoded)));
    });

    /// <summary>
    /// The decoder: <c>z</c> [N, D] and, for a model with one, <c>condition</c> [N, W] → <c>parameters</c> of p(x|z, c) as
    /// <c>VaeModel.Decode</c> gives them, and <c>mean</c> E[x|z, c] as <see cref="VaeModel.DecodeMean"/>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>Content of an .onnx file.</returns>
    /// <exception cref="VaeException">A component has no ONNX form; the message names it.</exception>
    public static byte[] Decoder(VaeModel model) => Write(model, "decoder", graph =>
    {
        var z = graph.Input("z", Single, OnnxGraph.Rows(model.Spec.Latent));
        var condition = Condition(graph, model);
        var networks = new OnnxNetworks(graph, model, condition);
        var (decoded, likelihood) = (networks.Decode(z), model.Spec.Likelihood.Formulas());
        graph.Output("parameters", decoded);
        var mean = Named("likelihood", likelihood.Name, () => likelihood.Mean(networks.LikelihoodState, decoded));
        graph.Output("mean", model.Counted is not { } counted ? mean
            : mean * graph.Weight("counted", counted.ToFloats(), [.. counted.shape.Select(dim => (int)dim)])
                + OnnxTensor.Reshape(condition!.Value, mean.Dims));
    });

    /// <summary>
    /// The scorer: examples → <c>neg_elbo</c> [N], its parts <c>shares</c> [N, values] and <c>kl</c> [N]; nats, large for anomalies.
    /// These are the scores of <see cref="ModelRows.Score"/> with shared noise.
    /// </summary>
    /// <param name="model">A model without a condition that is not an autoencoder.</param>
    /// <param name="schema">
    /// The columns of a table: each is an input [N, 1] of its name, a text for categories and a 64-bit number for others, with an empty
    /// text or NaN where a cell is missing; dates are days since 1970-01-01. Null for data without columns: the input is <c>x</c>
    /// [N, ...], NaN where a value is missing.
    /// </param>
    /// <param name="draws">Draws from the posterior that a score averages over; ≥ 1.</param>
    /// <param name="seed">Seed of these draws.</param>
    /// <returns>Content of an .onnx file.</returns>
    /// <exception cref="VaeException">The model gives no scores, or a component has no ONNX form; the message names it.</exception>
    public static byte[] Scorer(VaeModel model, TableSchema? schema = null, int draws = 10, ulong seed = 0)
    {
        model.RequireDistribution("scores");
        RowBatches.RequireNoCondition(model);
        VaeException.Require(draws >= 1, "draws", "must be at least 1", draws);
        return Write(model, "scorer", graph =>
        {
            var width = RowBatches.Width(model);
            var table = schema is { IsTable: true };
            VaeException.Require(!table || schema!.Width == width, "schema", $"must have the {width} values of the model's input",
                schema?.Width ?? 0);
            var masked = model.Spec.Likelihood.Formulas().TakesMask;
            var x = table ? OnnxColumns.Row(graph, schema!, masked, new OnnxCells(graph)) : Example(graph, model, masked);
            var scores = new OnnxScores(graph, model, new(graph, model, null));
            var noise = OnnxScores.Noise(model, draws, seed);
            var (shares, kl) = Named("scores", "a part of the model", () => scores.Of(OnnxTensor.Reshape(
                x, OnnxGraph.Rows([.. model.Spec.Input.Dims])), noise, width));
            var refused = Refused(x);
            graph.Output("neg_elbo", OnnxTensor.SumEvent(shares) + kl + refused);
            graph.Output("shares", shares + OnnxTensor.Reshape(refused, OnnxGraph.Rows(1)));
            graph.Output("kl", kl + refused);
        });
    }

    /// <summary>0, or NaN for a row that was refused: a rectifier makes 0 of NaN, and so a number of what was refused. [N].</summary>
    internal static OnnxTensor Refused(OnnxTensor x) => 0 * OnnxTensor.SumEvent(x);

    private static bool HasScorer(VaeModel model) =>
        model.Spec.Condition is Condition.None && Posteriors.HasDensity(model.Spec.Posterior);

    // What is missing is 0 in the values and in the mask that follows them.
    internal static OnnxTensor Example(OnnxGraph graph, VaeModel model, bool masked, string name = "x")
    {
        var x = graph.Input(name, Single, OnnxGraph.Rows([.. Likelihoods.MeanShape(model.Spec.Likelihood, model.Spec.Input).Dims]));
        if (!masked)
            return x;
        var isMissing = x.Map("IsNaN");
        return OnnxTensor.Concat(
            graph.Node("Where", x.Dims, [isMissing, x.Number(0), x]), isMissing.Map("Not").Cast(), 1);
    }

    internal static OnnxTensor? Condition(OnnxGraph graph, VaeModel model) => Wiring.ConditionWidth(model.Spec) is var width and > 0
        ? graph.Input("condition", Single, OnnxGraph.Rows(width)) : null;

    internal static byte[] Write(VaeModel model, string name, Action<OnnxGraph> build)
    {
        VaeException.Require(model.Spec.Latent > 0, "model.latent", "must be at least 1 for an ONNX graph", model.Spec.Latent);
        var graph = new OnnxGraph();
        Named("model", name, () =>
        {
            build(graph);
            return true;
        });
        return graph.Write(name, new Dictionary<string, string> { ["model"] = SpecJson.Write(model.Spec) });
    }

    internal static T Named<T>(string path, string name, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (NotSupportedException e)
        {
            throw new VaeException($"{path}: must have an ONNX form, got {name}, which needs {e.Message}", e);
        }
    }
}
