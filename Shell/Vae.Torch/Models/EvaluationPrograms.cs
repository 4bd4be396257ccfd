using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A model's networks as evaluation wants them: what is asked for again and again in one size is compiled over static
/// buffers, the rest computed as it comes. The caller says how often, so that a figure is a function of what is asked and
/// not of what was asked before. What is given back is valid until the next call.
/// </summary>
internal sealed class EvaluationPrograms(VaeModel model) : IDisposable
{
    // A program costs as much as some batches do.
    private const int WorthIt = 4;

    // Sizes are few: whole batches, and what is left of them.
    private const int MaxPrograms = 8;

    private readonly Dictionary<(int Samples, long Examples), (BoundProgram Program, string Output)> programs = [];

    private readonly bool networks = NetworkStages.Refusal(model.Spec).Length == 0;
    private readonly bool likelihood = LikelihoodStages.Covers(model.Spec.Likelihood) && !LikelihoodStages.LearnsScale(model.Spec.Likelihood);

    /// <summary>x [B, C, ...] (with c [B, W]) → parameters of q(z|x, c) [B, P·D].</summary>
    public Tensor Encode(Tensor x, Tensor? condition, long times) =>
        networks && model.Spec.Latent > 0 && Program(0, x.shape[0], times, () => Encoder(model.Spec, (int)x.shape[0])) is { } program
            ? Run(program, model.EncoderInput(x, condition), condition, null)
            : model.Encode(x, condition);

    /// <summary>−ln p(x|z, c) of K draws for each example, sample by sample: z [K·B, D], c [B, W], x [B, C, ...] → [K·B]; nats.</summary>
    public Tensor NegLogLikelihood(Tensor z, Tensor? condition, Tensor x, int samples, long times, StepMemory? memory = null)
    {
        var given = condition is null || samples == 1 ? condition : TensorExtensions.Repeat(condition, samples);
        return networks && likelihood && Program(samples, x.shape[0], times, () => Density(model.Spec, samples, (int)x.shape[0])) is { } program
            ? Run(program, model.DecoderInput(z, new RunAt(given, Memory: memory)), given, x)
            : model.NegLogLikelihood(model.Decode(z, given, training: false, step: 0, memory: memory), samples == 1 ? x : TensorExtensions.Repeat(x, samples));
    }

    public void Dispose() => Forget();

    /// <summary>The encoder forward, and the name of its output.</summary>
    internal static (CompiledProgram Program, string Output) Encoder(VaeSpec spec, int batch)
    {
        var to = new ProgramWriter(spec, Precision.Float32);
        var (input, layers) = (Input(to, batch, Wiring.EncoderInput(spec)), Wiring.EncoderLayers(spec));
        var output = new NetworkStages(to, training: false).Network(layers, "encoder", input, Condition(to, spec, layers, batch)).Output;
        if (!output.IsStatic)
        {
            var kept = to.Buffer("output", batch, output.Shape);
            to.Line($"{kept.Name}.copy_({output.Name})");
            output = kept;
        }
        return (new(to.Function("step"), to.Arguments, to.Draws), output.Name);
    }

    /// <summary>The decoder forward and −ln p(x|z) of what it gives, and the name of that.</summary>
    internal static (CompiledProgram Program, string Output) Density(VaeSpec spec, int samples, int batch)
    {
        var to = new ProgramWriter(spec, Precision.Float32);
        var (input, layers) = (Input(to, samples * batch, Wiring.DecoderInput(spec)), Wiring.DecoderLayers(spec));
        var condition = Condition(to, spec, layers, samples * batch);
        var decoded = new NetworkStages(to, training: false).Network(layers, "decoder", input, condition).Output;
        LikelihoodStages.PerRow(to, spec.Likelihood, decoded, samples, ObjectiveStages.Observed(to, spec, to.Input(StepNames.X)), derivative: false);
        return (new(to.Function("step"), to.Arguments, to.Draws), StepNames.Reconstruction);
    }

    private static ProgramTensor Input(ProgramWriter to, int rows, Shape shape)
    {
        var input = new ProgramTensor(StepNames.Given, rows, shape, IsStatic: false, IsOwned: false, NeedsGradient: false);
        to.Input(input.Name, ProgramWriter.Text(input.Dims));
        return input;
    }

    // The first layer's input has the condition already.
    private static ConditionInput? Condition(ProgramWriter to, VaeSpec spec, ValueList<Layer> layers, int rows) => NetworkStages.JoinsCondition(layers)
        ? new(to.Input(StepNames.Condition, ProgramWriter.Text([rows, Wiring.ConditionWidth(spec)])), rows, Wiring.ConditionShape(spec)) : null;

    private (BoundProgram Program, string Output)? Program(int samples, long examples, long times, Func<(CompiledProgram Program, string Output)> write)
    {
        var key = (samples, examples);
        if (times < WorthIt || model.Device.type != DeviceType.CPU)
            return null;
        if (programs.TryGetValue(key, out var known))
            return known;
        if (programs.Count == MaxPrograms)
            Forget();
        var (program, output) = write();
        var given = program.Arguments.OfType<Argument.Input>().ToDictionary(a => a.Name, a => a.Name == StepNames.Counted ? model.Counted! : model.Weights.Flat);
        return programs[key] = (new(program, model.Weights, given), output);
    }

    private void Forget()
    {
        foreach (var (program, _) in programs.Values)
            program.Dispose();
        programs.Clear();
    }

    private static Tensor Run((BoundProgram Program, string Output) of, Tensor input, Tensor? condition, Tensor? x)
    {
        of.Program.Pass(StepNames.Given, input);
        if (condition is not null)
            of.Program.Pass(StepNames.Condition, condition.flatten(1));
        if (x is not null)
            of.Program.Pass(StepNames.X, x);
        of.Program.Run();
        return of.Program[of.Output];
    }
}
