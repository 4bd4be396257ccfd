namespace Vae.Torch;

/// <summary>
/// A training step as one TorchScript function over static buffers: forward, loss, hand-derived backward, clipping,
/// optimizer and average. ∂loss/∂a is named <c>d_a</c>; the loss is the mean over the batch, in nats.
/// </summary>
/// <param name="Text">The source of the function <c>step</c>, with comments.</param>
/// <param name="Arguments">The function's arguments, in order; the last one, <c>measured</c>, comes after them.</param>
/// <param name="Draws">The buffers that are filled with noise.</param>
internal sealed record CompiledProgram(string Text, ValueList<Argument> Arguments, ValueList<NoiseBuffer> Draws)
{
    /// <summary>The program of a valid specification, for one batch size.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="train">Optimizer, clipping and average; null for the gradient alone.</param>
    /// <param name="batch">Number of examples of a step.</param>
    /// <param name="precision">Precision of the products in linear layers.</param>
    /// <param name="how">Which writer; by default stages written by hand where they cover the model.</param>
    public static CompiledProgram Compile(
        VaeSpec spec, Objective objective, TrainSpec? train, int batch, Precision precision = Precision.Float32, CompiledHow? how = null)
    {
        var (isTraced, examples, _) = how ?? new(HandWritten.Refusal(spec, objective).Length > 0, batch);
        var to = new ProgramWriter(spec, precision);
        foreach (var name in new[] { StepNames.Beta, StepNames.LossSum, StepNames.ReconstructionSum, StepNames.KlSum })
            to.Input(name, "[]");
        if (isTraced)
            TracedStep.Write(to, spec, objective, batch, examples);
        else
            HandWritten.Write(to, spec, objective, batch);
        if (train is not null)
            Update(to, train);
        return new(to.Function("step"), to.Arguments, to.Draws);
    }

    private static void Update(ProgramWriter to, TrainSpec train)
    {
        to.Comment("clipping, optimizer, average");
        foreach (var name in OptimizerProgram.Parameters)
            to.Input(name);
        foreach (var line in OptimizerProgram.Lines(train))
            to.Line(line);
        // TorchScript drops a call that only writes through a list which is not read afterwards.
        to.Line("assert len(updated) == 1");
    }
}

/// <summary>How a program is written.</summary>
/// <param name="IsTraced">Whether it is recorded from the formulas, else written by stages.</param>
/// <param name="Examples">Number of training examples.</param>
/// <param name="Updates">Whether the program updates the weights; else it computes the gradient only.</param>
internal sealed record CompiledHow(bool IsTraced, long Examples, bool Updates = true);

/// <summary>The steps whose loss is written by stages with adjoints derived by hand.</summary>
internal static class HandWritten
{
    /// <summary>Why a model is not covered; empty if it is.</summary>
    public static string Refusal(VaeSpec spec, Objective objective) =>
        spec.Posterior is not (Posterior.DiagonalNormal or Posterior.Point)
            ? $"covers diagonal normal posteriors and points only, got {Posteriors.Name(spec.Posterior)}"
        : !PriorStages.Covers(spec.Prior)
            ? $"covers normal priors only, fixed, learned or conditional, got {Priors.Name(spec.Prior)}"
        : !LikelihoodStages.Covers(spec.Likelihood)
            ? $"covers normal and Bernoulli likelihoods only, got {Likelihoods.Name(spec.Likelihood)}"
        : ObjectiveStages.Refusal(spec, objective) is { Length: > 0 } refusal ? refusal
        : NetworkStages.Refusal(spec);

    /// <summary>Writes the step up to the gradients of all weights.</summary>
    public static void Write(ProgramWriter to, VaeSpec spec, Objective objective, int batch)
    {
        var x = new ProgramTensor(
            to.Input(StepNames.X, $"[{batch}, {string.Join(", ", spec.Input.Dims)}]"), batch, spec.Input,
            IsStatic: false, IsOwned: false, NeedsGradient: false);
        var condition = Wiring.ConditionWidth(spec) is var width and > 0
            ? new ConditionInput(to.Input(StepNames.Condition, $"[{batch}, {width}]"), batch, Wiring.ConditionShape(spec)) : null;
        new ObjectiveStages(to, spec, x, condition).Write(objective);
    }
}
