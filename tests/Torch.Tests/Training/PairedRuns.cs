using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Tests;

/// <summary>One model trained twice from the same start: by autograd over the core's formulas, and by the compiled program.</summary>
internal sealed class PairedRuns : IDisposable
{
    private readonly VaeModel reference, compiled;
    private readonly AutogradStep referenceStep;
    private readonly CompiledStep compiledStep;
    private readonly Tensor x;
    private readonly Tensor? condition;
    private readonly double beta;

    public PairedRuns(
        VaeSpec spec, Objective objective, TrainSpec train, ScalarType type = ScalarType.Float64, CompiledHow? how = null)
    {
        // The β of an importance-weighted objective is its own; only 1 is compiled.
        beta = objective is Objective.ImportanceWeighted ? Objectives.BetaAt(objective, 0) : 0.7;
        (reference, compiled) = (new(spec, train.Seed, type: type), new(spec, train.Seed, type: type));
        (ReferenceState, CompiledState) = (new(reference.Weights), new(compiled.Weights));
        referenceStep = new(reference, ReferenceState, objective, train, how?.Examples ?? 1);
        compiledStep = new(compiled, CompiledState, objective, train, how: how);
        using var noise = new KeyedNoise(train.Seed, CPU);
        x = empty([train.Batch, .. spec.Input.Dims.Select(dim => (long)dim)], type);
        noise.Uniform(x, 0, 1, Purpose.Evaluate, 0);
        condition = Wiring.ConditionWidth(spec) is var width and > 0 ? empty([train.Batch, width], type) : null;
        if (condition is not null)
            noise.Normal(condition, Purpose.Evaluate, 1);
    }

    public static TrainSpec Train(
        int batch = 5, Optimizer? optimizer = null, Clipping? clipping = null, Averaging? averaging = null, ulong seed = 1) => new(
        1, batch, seed, optimizer ?? Optimizers.Adam(), Schedules.Constant(1e-3), clipping ?? Clippings.None, averaging ?? Averagings.None,
        Stoppings.Never);

    public Weights Reference => reference.Weights;

    public Weights Compiled => compiled.Weights;

    public OptimizerState ReferenceState { get; }

    public OptimizerState CompiledState { get; }

    public StepTotals ReferenceTotals() => referenceStep.Collect();

    public StepTotals CompiledTotals() => compiledStep.Collect();

    /// <summary>Both take a step on the first examples, all by default.</summary>
    public void Step(long number, bool measured = true, int examples = 0)
    {
        using var scope = NewDisposeScope();
        var at = new StepInputs(number, 1e-2, beta, 0, measured);
        long count = examples > 0 ? examples : x.shape[0];
        referenceStep.Run(x.narrow(0, 0, count), condition?.narrow(0, 0, count), at);
        compiledStep.Run(x.narrow(0, 0, count), condition?.narrow(0, 0, count), at);
    }

    /// <summary>‖a − b‖ / ‖a‖; 0 where both are 0.</summary>
    public static double Distance(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var difference = (a - b).norm().ToDouble();
        return difference == 0 ? 0 : difference / a.norm().ToDouble();
    }

    public void Dispose()
    {
        foreach (IDisposable? owned
            in new IDisposable?[] { referenceStep, compiledStep, ReferenceState, CompiledState, reference, compiled, x, condition })
            owned?.Dispose();
    }
}
