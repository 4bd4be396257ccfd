using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A model's networks for evaluation. A batch size that occurs often is compiled over static buffers; any other is computed by
/// the formulas. The caller passes the number of calls, so that a metric depends only on its input and not on earlier calls.
/// Any number of threads may call at once; results belong to the caller's dispose scope.
/// </summary>
internal sealed class EvaluationPrograms(VaeModel model) : IDisposable
{
    // Compiling a program costs as much as some batches do.
    private const int WorthIt = 4;

    // Few sizes occur: whole batches, and what is left of them.
    private const int MaxPrograms = 8;

    // One thread at a time fills the buffers, runs and copies the result: a program uses all cores, so others lose little by waiting.
    private readonly Lock gate = new();

    private readonly Dictionary<(int Samples, long Examples), (BoundProgram Program, string Output)> programs = [];

    private readonly bool networks = !NetworkStages.CustomLayers(model.Spec).Any();
    private readonly bool density = TracedDensity.Covers(model.Spec);

    /// <summary>x [B, C, ...] (with c [B, W]) → parameters of q(z|x, c) [B, P·D].</summary>
    /// <param name="x">Examples [B, C, ...].</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <param name="times">Number of calls with this batch size in the whole evaluation.</param>
    public Tensor Encode(Tensor x, Tensor? condition, long times)
    {
        model.ThrowIfDisposed();
        return networks && model.Spec.Latent > 0 && IsCompiled(times)
            ? Run((0, x.shape[0]), () => Encoder(model.Spec, (int)x.shape[0]), model.EncoderInput(x, condition), condition, null)
            : model.Encode(x, condition);
    }

    /// <summary>−ln p(x|z, c) of K draws of each example: [K·B], draw by draw; nats.</summary>
    /// <param name="z">Draws [K·B, D].</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <param name="x">Examples [B, C, ...].</param>
    /// <param name="samples">K, at least 1.</param>
    /// <param name="times">Number of calls with this batch size in the whole evaluation.</param>
    /// <param name="memory">What components have computed for these draws already.</param>
    public Tensor NegLogLikelihood(Tensor z, Tensor? condition, Tensor x, int samples, long times, StepMemory? memory = null)
    {
        model.ThrowIfDisposed();
        var given = condition is null || samples == 1 ? condition : TensorExtensions.Repeat(condition, samples);
        if (!density || !IsCompiled(times))
            return model.NegLogLikelihood(
                model.Decode(z, given, training: false, step: 0, memory: memory), samples == 1 ? x : TensorExtensions.Repeat(x, samples));
        var input = model.DecoderInput(z, new RunAt(given, Memory: memory));
        return Run((samples, x.shape[0]), () => TracedDensity.Compile(model.Spec, samples, (int)x.shape[0]), input, given, x);
    }

    // After the last call has returned, as the model says.
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
        return (new(to.Function("step"), to.Arguments, to.Draws, to.Allocated), output.Name);
    }

    private static ProgramTensor Input(ProgramWriter to, int rows, Shape shape)
    {
        var input = new ProgramTensor(StepNames.Given, rows, shape, IsStatic: false, IsOwned: false, NeedsGradient: false);
        to.Input(input.Name, ProgramWriter.Text(input.Dims));
        return input;
    }

    // The first layer's input includes the condition already.
    private static ConditionInput? Condition(ProgramWriter to, VaeSpec spec, ValueList<Layer> layers, int rows)
    {
        if (!NetworkStages.JoinsCondition(layers))
            return null;
        return new(
            to.Input(StepNames.Condition, ProgramWriter.Text([rows, Wiring.ConditionWidth(spec)])), rows, Wiring.ConditionShape(spec));
    }

    private bool IsCompiled(long times) => times >= WorthIt && model.Device.type == DeviceType.CPU;

    private Tensor Run(
        (int Samples, long Examples) key, Func<(CompiledProgram Program, string Output)> write, Tensor input, Tensor? condition, Tensor? x)
    {
        lock (gate)
        {
            var (program, output) = Program(key, write);
            program.Pass(StepNames.Given, input);
            if (condition is not null)
                program.Pass(StepNames.Condition, condition.flatten(1));
            if (x is not null)
                program.Pass(StepNames.X, x);
            program.Run();
            // The buffer is overwritten by the next call, perhaps of another thread.
            return program[output].clone();
        }
    }

    private (BoundProgram Program, string Output) Program(
        (int Samples, long Examples) key, Func<(CompiledProgram Program, string Output)> write)
    {
        if (programs.TryGetValue(key, out var known))
            return known;
        if (programs.Count == MaxPrograms)
            Forget();
        var (program, output) = write();
        var given = program.Arguments.OfType<Argument.Input>()
            .ToDictionary(a => a.Name, a => a.Name == StepNames.Counted ? model.Counted! : model.Weights.Flat);
        return programs[key] = (new(program, model.Weights, given), output);
    }

    private void Forget()
    {
        foreach (var (program, _) in programs.Values)
            program.Dispose();
        programs.Clear();
    }
}
