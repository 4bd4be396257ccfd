namespace Vae.Torch;

/// <summary>Shows the source of the compiled training step.</summary>
internal static class StepPrograms
{
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
        var adam = train ?? new(
            1, 1, 0, Optimizers.Adam(), Schedules.Constant(TrainRecipes.PeakRate), Clippings.None, Averagings.None, Stoppings.Never);
        VaeException.ThrowIfAny(
            Specs.Problems(new Experiment(spec, objective, new("any", Binarizations.None), adam.With(batch: batch))));
        if (CompiledStep.Refusal(spec, objective) is { Length: > 0 } refusal)
            throw new VaeException($"program: {refusal}");
        return CompiledProgram.Compile(spec, objective, adam, batch, precision).Text;
    }
}
