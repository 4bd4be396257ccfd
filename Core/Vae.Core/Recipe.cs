namespace Vae;

/// <summary>A way to train for a purpose: everything of a run but the model, the data and the seed.</summary>
/// <param name="Name">The name, as in <c>short</c>.</param>
/// <param name="Epochs">Passes over the training set; ≥ 1.</param>
/// <param name="Batch">Examples per step; ≥ 1.</param>
/// <param name="PeakRate">The highest learning rate, from which a cosine falls to 0 at the end of the run; &gt; 0.</param>
/// <param name="RateWarmUp">Epochs over which the rate rises to it, at most a tenth of the run; ≥ 0.</param>
/// <param name="KlWarmUp">
/// The part of the run over which β rises from 0 to 1; in [0, 1]. Models of several stochastic layers have at least a quarter.
/// </param>
public sealed partial record Recipe(string Name, int Epochs, int Batch, double PeakRate, double RateWarmUp, double KlWarmUp)
{
    // Layers that give nothing to the reconstruction at first are pressed to their prior, and stay there; Sønderby et al. 2016.
    private const double HierarchicalWarmUp = 0.25;

    /// <summary>The learning rate of a run of a length in epochs.</summary>
    public Schedule LearningRate(int epochs)
    {
        var all = Math.Max(epochs, 1);
        var warmUp = Math.Min(RateWarmUp, 0.1 * all);
        return warmUp == 0 ? Schedules.Cosine(PeakRate, 0, all)
            : Schedules.Then(Schedules.Linear(PeakRate / 40, PeakRate, warmUp), warmUp, Schedules.Cosine(PeakRate, 0, all - warmUp));
    }

    /// <summary>The KL weight of a model's run of a length in epochs.</summary>
    public Schedule Beta(VaeSpec model, int epochs)
    {
        var part = model.Posterior is Posterior.Hierarchical ? Math.Max(KlWarmUp, HierarchicalWarmUp) : KlWarmUp;
        return part == 0 ? Schedules.Constant(1) : Schedules.Linear(0, 1, part * Math.Max(epochs, 1));
    }

    /// <summary>A run by this recipe: Adam, grey values as they are, and the initialization that suits the model.</summary>
    /// <param name="model">What to train.</param>
    /// <param name="source">The name or path of the data.</param>
    /// <param name="seed">Of all noise.</param>
    /// <param name="epochs">The length of the run; 0 for the recipe's own.</param>
    /// <param name="samples">Importance samples; 0 for the evidence lower bound.</param>
    public Experiment For(VaeSpec model, string source, ulong seed = 1, int epochs = 0, int samples = 0)
    {
        var length = epochs == 0 ? Epochs : epochs;
        return new(
            model, samples == 0 ? Objectives.Beta(Beta(model, length)) : Objectives.ImportanceWeighted(samples, beta: Beta(model, length)),
            new(source, Binarizations.None),
            new(
                length, Batch, seed, Optimizers.Adam(), LearningRate(length), Clippings.None, Averagings.None, Stoppings.Never,
                TrainRecipes.Initialization(model)));
    }
}
