namespace Vae.Torch;

/// <summary>The decoder and −ln p(x|z) of its output, as a program for evaluation.</summary>
internal static class TracedDensity
{
    /// <summary>Whether a likelihood is compiled for evaluation: one without tensors that training changes.</summary>
    public static bool Covers(VaeSpec spec) => !NetworkStages.CustomLayers(spec).Any()
        && spec.Likelihood is Likelihood.Bernoulli or Likelihood.Normal { Scale: Scale.Fixed };

    /// <summary>The program for K draws of each example of a batch, and the name of its result, [K·B].</summary>
    public static (CompiledProgram Program, string Output) Compile(VaeSpec spec, int samples, int batch)
    {
        var (to, inputs, layers) = (new ProgramWriter(spec, Precision.Float32), new TracedInputs(spec), Wiring.DecoderLayers(spec));
        var rows = samples * batch;
        // The first layer's input includes the condition already.
        Traced? condition = NetworkStages.JoinsCondition(layers)
            ? inputs.Given(StepNames.Condition, false, rows, Wiring.ConditionWidth(spec)) : null;
        var input = inputs.Given(StepNames.Given, false, [rows, .. Wiring.DecoderInput(spec).Dims]);
        var decoded = new TracedNetworks(inputs).Run(new("decoder", layers, Training: false), input, condition);
        inputs.Graph.Section = $"{Likelihoods.Name(spec.Likelihood)}: −ln p(x|z)";
        var x = TracedModel.Repeat(inputs.Given(StepNames.X, false, [batch, .. spec.Input.Dims]), samples);
        var loss = new TracedModel(spec, inputs, new(inputs), condition).NegLogLikelihood(decoded, x);
        var (graph, map) = Lowering.Of(inputs.Graph, [loss.Node]);
        var writer = new GraphWriter(to, graph, [map[loss.Node]], []);
        writer.Write(node => TracedStep.Input(to, inputs[node.Name], node));
        var result = to.Buffer("reconstruction", [rows]);
        to.Line($"{result}.copy_({writer[map[loss.Node]]})");
        return (new(to.Function("step"), to.Arguments, to.Draws, to.Allocated), result);
    }
}
