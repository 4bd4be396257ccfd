namespace Vae.Torch;

/// <summary>Shows the source of the compiled training step.</summary>
internal static class StepPrograms
{
    // The weights, their gradient, two moments and their average.
    private const long CopiesOfWeights = 5;

    /// <summary>
    /// The TorchScript function that trains a model on batches of one size: forward, loss, hand-derived backward, clipping,
    /// optimizer and average.
    /// </summary>
    /// <param name="spec">The model's specification.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="batch">Number of examples in a step; at least 1.</param>
    /// <param name="train">Optimizer, clipping and average; null for Adam without clipping and average.</param>
    /// <param name="precision">Precision of the products in linear layers.</param>
    /// <exception cref="VaeException">The specification has problems, or the compiled step does not cover it.</exception>
    public static string Text(
        VaeSpec spec, Objective objective, int batch, TrainSpec? train = null, Precision precision = Precision.Auto)
    {
        var how = train ?? Adam;
        Require(spec, objective, how.With(batch: batch));
        if (CompiledStep.Refusal(spec, objective) is { Length: > 0 } refusal)
            throw new VaeException($"program: {refusal}");
        return CompiledProgram.Compile(spec, objective, how, batch, precision).Text;
    }

    /// <summary>The memory of a training step, besides that of the runtime and of the data.</summary>
    /// <param name="spec">The model's specification.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="batch">Number of examples in a step; at least 1.</param>
    /// <exception cref="VaeException">The specification has problems.</exception>
    public static StepBytes Memory(VaeSpec spec, Objective objective, int batch)
    {
        Require(spec, objective, Adam.With(batch: batch));
        var state = CopiesOfWeights * sizeof(float) * Parameters.Count(spec);
        return CompiledStep.Refusal(spec, objective).Length > 0 ? new(state, null)
            : new(state, CompiledProgram.Compile(spec, objective, Adam, batch).Bytes);
    }

    private static void Require(VaeSpec spec, Objective objective, TrainSpec train) =>
        VaeException.ThrowIfAny(Specs.Problems(new Experiment(spec, objective, new("any", Binarizations.None), train)));

    private static TrainSpec Adam { get; } = new(
        1, 1, 0, Optimizers.Adam(), Schedules.Constant(TrainRecipes.PeakRate), Clippings.None, Averagings.None, Stoppings.Never);
}

/// <summary>Bytes that a training step keeps.</summary>
/// <param name="State">Weights, gradient, moments and average.</param>
/// <param name="Activations">Values of the forward and backward pass, at most; null where autograd allocates them.</param>
internal sealed record StepBytes(long State, long? Activations);
