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
    /// <summary>The program of a valid specification, for one batch size; without optimizer if <paramref name="train"/> is null.</summary>
    public static CompiledProgram Compile(
        VaeSpec spec, Objective objective, TrainSpec? train, int batch, Precision precision = Precision.Float32)
    {
        var to = new ProgramWriter(spec, precision);
        var x = new ProgramTensor(
            to.Input(StepNames.X, $"[{batch}, {string.Join(", ", spec.Input.Dims)}]"), batch, spec.Input,
            IsStatic: false, IsOwned: false, NeedsGradient: false);
        var condition = Wiring.ConditionWidth(spec) is var width and > 0
            ? new ConditionInput(to.Input(StepNames.Condition, $"[{batch}, {width}]"), batch, Wiring.ConditionShape(spec)) : null;
        foreach (var name in new[] { StepNames.Beta, StepNames.LossSum, StepNames.ReconstructionSum, StepNames.KlSum })
            to.Input(name, "[]");
        new ObjectiveStages(to, spec, x, condition).Write(objective);
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
