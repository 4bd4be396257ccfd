namespace Vae.Torch;

/// <summary>
/// A training step as one TorchScript function over static buffers: forward, loss, backward, clipping, optimizer and average. It is
/// recorded from the formulas of the model and the objective; the loss is the mean over the batch, in nats.
/// </summary>
/// <param name="Text">The source of the function <c>step</c>, with comments.</param>
/// <param name="Arguments">The function's arguments, in order; the last one, <c>measured</c>, comes after them.</param>
/// <param name="Draws">The buffers that are filled with noise.</param>
/// <param name="Allocated">How many values a step allocates, by operations that take no buffer for their result.</param>
internal sealed record CompiledProgram(string Text, ValueList<Argument> Arguments, ValueList<NoiseBuffer> Draws, long Allocated)
{
    /// <summary>The statements of the text, some with kernels; empty if none of them may be run apart from the others.</summary>
    public ValueList<ProgramStatement> Statements { get; init; } = [];

    /// <summary>Bytes that a step of 32-bit weights needs, about, for the values between its operations.</summary>
    public long Bytes => sizeof(float) * Allocated + Arguments.OfType<Argument.Buffer>().Sum(
        buffer => buffer.Dims.Aggregate(buffer.IsBFloat16 ? 2L : sizeof(float), (product, dim) => product * dim));

    /// <summary>The program of a valid specification, for one batch size; without optimizer if <paramref name="train"/> is null.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="train">Optimizer, clipping and average.</param>
    /// <param name="batch">Number of examples of a step.</param>
    /// <param name="precision">Precision of the products in linear layers.</param>
    /// <param name="examples">Number of training examples.</param>
    public static CompiledProgram Compile(
        VaeSpec spec, Objective objective, TrainSpec? train, int batch, Precision precision = Precision.Float32, long examples = 1)
    {
        var to = new ProgramWriter(spec, precision);
        foreach (var name in new[] { StepNames.Beta, StepNames.LossSum, StepNames.ReconstructionSum, StepNames.KlSum })
            to.Input(name, "[]");
        TracedStep.Write(to, spec, objective, batch, examples);
        if (train is not null)
            Update(to, spec, train);
        return new(to.Function("step"), to.Arguments, to.Draws, to.Allocated) { Statements = to.Statements };
    }

    private static void Update(ProgramWriter to, VaeSpec spec, TrainSpec train)
    {
        to.Comment("clipping, optimizer, average");
        foreach (var name in OptimizerProgram.Parameters)
            to.Input(name);
        // TorchScript drops a call that only writes through a list which is not read afterwards.
        to.Line(string.Join('\n', [.. OptimizerProgram.Lines(train), "assert len(updated) == 1"]),
            OptimizerProgram.Kernel(train, Weights.FlatSize(Parameters.List(spec))));
    }
}
