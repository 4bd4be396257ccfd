namespace Vae.Torch;

/// <summary>The compiled training step, for people to read.</summary>
internal static class StepPrograms
{
    /// <summary>
    /// The TorchScript function that trains a model on batches of one size: forward, loss, hand-derived backward, clipping,
    /// optimizer and average. <see cref="VaeException"/> with every problem of the model and the objective.
    /// </summary>
    /// <param name="spec">The model.</param>
    /// <param name="objective">What is minimized.</param>
    /// <param name="batch">Examples a step; at least 1.</param>
    /// <param name="train">Optimizer, clipping and average; Adam alone by default.</param>
    /// <param name="precision">Of the products of linear layers.</param>
    public static string Text(VaeSpec spec, Objective objective, int batch, TrainSpec? train = null, Precision precision = Precision.Auto)
    {
        var adam = train ?? new(1, 1, 0, Optimizers.Adam(), Schedules.Constant(Recipes.PeakRate), Clippings.None, Averagings.None, Stoppings.Never);
        VaeException.ThrowIfAny(Specs.Problems(new Experiment(spec, objective, new("any", Binarizations.None), adam.With(batch: batch))));
        if (CompiledStep.Refusal(spec, objective) is { Length: > 0 } refusal)
            throw new VaeException($"program: {refusal}");
        return CompiledProgram.Compile(spec, objective, adam, batch, precision).Text;
    }
}
