using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The fast training step: a program generated from the specification, one native call over static buffers.</summary>
internal sealed class CompiledStep : ITrainingStep, IGradient
{
    // The last batch of an epoch may be smaller; a third size is rare enough to be compiled again.
    private const int Kept = 2;

    private readonly VaeModel model;
    private readonly Objective objective;
    private readonly TrainSpec train;
    private readonly Precision precision;
    private readonly OptimizerState state;
    private readonly KeyedNoise noise;
    private readonly Tensor beta;
    private readonly CompiledHow how;
    private readonly LossSums sums;
    private readonly StepTensors given;
    private readonly Dictionary<long, BoundProgram> programs = [];

    /// <summary>Creates the step of a model that <see cref="Refusal"/> does not refuse.</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">The optimizer's buffers.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="train">Optimizer, clipping, average and seed.</param>
    /// <param name="precision">Precision of the products in linear layers.</param>
    /// <param name="how">What the program does besides; null for the default.</param>
    public CompiledStep(
        VaeModel model, OptimizerState state, Objective objective, TrainSpec train, Precision precision = Precision.Float32,
        CompiledHow? how = null)
    {
        this.how = how ?? new();
        (this.model, this.state, this.objective, this.train, this.precision) = (model, state, objective, train, precision);
        using var scope = NewDisposeScope();
        noise = new(train.Seed, model.Device);
        beta = zeros([], ScalarType.Float64, model.Device).DetachFromDisposeScope();
        sums = new(model.Device);
        given = new(model, state, sums, beta);
    }

    /// <summary>Why a model cannot be trained by this step; empty if it can.</summary>
    public static string Refusal(VaeSpec spec, Objective objective) =>
        TracedStep.Refusal(spec, objective);

    public LossSums Sums => sums;

    public void Compute(Tensor x, Tensor? condition, StepInputs at) => Run(x, condition, at);

    public void Run(Tensor x, Tensor? condition, StepInputs at)
    {
        var program = For(x, condition);
        beta.Set(at.Beta);
        program.SetTime(at.Epoch);
        state.Rate.Set(at.LearningRate);
        foreach (var (buffer, use) in program.Noises)
            use.Fill(buffer, noise, at.Number);
        program.Pass(StepNames.X, x);
        if (condition is not null)
            program.Pass(StepNames.Condition, condition);
        program.Run(at.Measured);
        if (at.Measured)
            sums.Count(x.size(0));
    }

    /// <summary>Number of calls into libtorch and of kernels in the programs so far.</summary>
    public (int Calls, int Kernels) PartCounts =>
        (programs.Values.Sum(program => program.PartCounts.Calls), programs.Values.Sum(program => program.PartCounts.Kernels));

    public StepTotals Collect() =>
        Clippings.Skips(train.Clipping) ? sums.Collect() with { Skipped = state.TakeSkipped() } : sums.Collect();

    public void Dispose()
    {
        foreach (var program in programs.Values)
            program.Dispose();
        beta.Dispose();
        sums.Dispose();
        noise.Dispose();
    }

    private BoundProgram For(Tensor x, Tensor? condition)
    {
        var batch = x.size(0);
        if (programs.TryGetValue(batch, out var known))
            return known;
        if (programs.Count == Kept)
        {
            var (size, oldest) = programs.MinBy(p => p.Key);
            oldest.Dispose();
            programs.Remove(size);
        }
        return programs[batch] = new(
            Program((int)batch), model.Weights, given.ByName(x, condition), how.Kernels);
    }

    private CompiledProgram Program(int batch) =>
        CompiledProgram.Compile(model.Spec, objective, how.Updates ? train : null, batch, precision, how.Examples);
}

/// <summary>What a compiled step does besides the gradient.</summary>
/// <param name="Examples">Number of training examples, which some objectives estimate densities by.</param>
/// <param name="Updates">Whether the program updates the weights; else it computes the gradient only.</param>
/// <param name="Kernels">Whether kernels run the statements that they can.</param>
internal sealed record CompiledHow(long Examples = 1, bool Updates = true, bool Kernels = false);
