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
    private readonly bool updates;
    private readonly OptimizerState state;
    private readonly KeyedNoise noise;
    private readonly Tensor beta;
    private readonly Tensor capacity;
    private readonly LossSums sums;
    private readonly StepTensors given;
    private readonly Dictionary<long, BoundProgram> programs = [];

    /// <summary>Creates the step of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">The optimizer's buffers.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="train">Optimizer, clipping, average and seed.</param>
    /// <param name="precision">Precision of the products in linear layers.</param>
    /// <param name="updates">Whether the program updates the weights; else it computes the gradient only.</param>
    public CompiledStep(
        VaeModel model, OptimizerState state, Objective objective, TrainSpec train, Precision precision = Precision.Float32,
        bool updates = true)
    {
        this.updates = updates;
        (this.model, this.state, this.objective, this.train, this.precision) = (model, state, objective, train, precision);
        using var scope = NewDisposeScope();
        noise = new(train.Seed, model.Device);
        beta = zeros([], ScalarType.Float64, model.Device).DetachFromDisposeScope();
        capacity = zeros([], ScalarType.Float64, model.Device).DetachFromDisposeScope();
        sums = new(model.Device);
        given = new(model, state, sums, beta, capacity);
    }

    /// <summary>Why a model cannot be trained by this step; empty if it can.</summary>
    public static string Refusal(VaeSpec spec, Objective objective) =>
        spec.Posterior is not (Posterior.DiagonalNormal or Posterior.Point)
            ? $"covers diagonal normal posteriors and points only, got {Posteriors.Name(spec.Posterior)}"
        : !PriorStages.Covers(spec.Prior)
            ? $"covers normal priors only, fixed, learned or conditional, got {Priors.Name(spec.Prior)}"
        : !LikelihoodStages.Covers(spec.Likelihood)
            ? $"covers normal and Bernoulli likelihoods only, got {Likelihoods.Name(spec.Likelihood)}"
        : ObjectiveStages.Refusal(spec, objective) is { Length: > 0 } refusal ? refusal
        : NetworkStages.Refusal(spec);

    public LossSums Sums => sums;

    public void Compute(Tensor x, Tensor? condition, StepInputs at) => Run(x, condition, at);

    public void Run(Tensor x, Tensor? condition, StepInputs at)
    {
        var program = For(x, condition);
        beta.Set(at.Beta);
        if (objective is Objective.Elbo { Capacity: Capacity.Target target })
            capacity.Set(Schedules.At(target.Nats, at.Epoch));
        state.Rate.Set(at.LearningRate);
        foreach (var (buffer, dropout) in program.Noises)
            Fill(buffer, dropout, at.Number);
        program.Pass(StepNames.X, x);
        if (condition is not null)
            program.Pass(StepNames.Condition, condition);
        program.Run(at.Measured);
        if (at.Measured)
            sums.Count(x.size(0));
    }

    public StepTotals Collect() =>
        Clippings.Skips(train.Clipping) ? sums.Collect() with { Skipped = state.TakeSkipped() } : sums.Collect();

    public void Dispose()
    {
        foreach (var program in programs.Values)
            program.Dispose();
        foreach (var tensor in (Tensor[])[beta, capacity])
            tensor.Dispose();
        sums.Dispose();
        noise.Dispose();
    }

    private void Fill(Tensor buffer, int dropout, long step)
    {
        if (dropout < 0)
            noise.Normal(buffer, Purpose.Posterior, step);
        else
            noise.Uniform(buffer, 0, 1, Purpose.Dropout, Forward.DropoutKey(step, dropout));
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
        return programs[batch] = new(Program((int)batch), model.Weights, given.ByName(x, condition));
    }

    private CompiledProgram Program(int batch) => CompiledProgram.Compile(model.Spec, objective, updates ? train : null, batch, precision);
}
