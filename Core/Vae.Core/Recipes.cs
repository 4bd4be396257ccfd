namespace Vae;

/// <summary>Default training settings, those of <c>vae train</c>.</summary>
public static class Recipes
{
    /// <summary>Number of examples in a batch.</summary>
    public const int Batch = 64;

    /// <summary>The highest learning rate.</summary>
    public const double PeakRate = 4e-3;

    /// <summary>A short linear warm-up, then half a cosine down to 0 at the end of the run, so that gradient noise dies out.</summary>
    /// <param name="epochs">The length of the run; ≥ 1.</param>
    public static Schedule LearningRate(int epochs)
    {
        var all = Math.Max(epochs, 1);
        var warmUp = Math.Min(0.5, 0.1 * all);
        return Schedules.Then(Schedules.Linear(PeakRate / 40, PeakRate, warmUp), warmUp, Schedules.Cosine(PeakRate, 0, all - warmUp));
    }

    /// <summary>The warm-up of <see cref="LearningRate"/>, then the highest rate: for a rate that is reduced on a plateau.</summary>
    /// <param name="epochs">The length of the run; ≥ 1.</param>
    public static Schedule ConstantRate(int epochs)
    {
        var warmUp = Math.Min(0.5, 0.1 * Math.Max(epochs, 1));
        return Schedules.Then(Schedules.Linear(PeakRate / 40, PeakRate, warmUp), warmUp, Schedules.Constant(PeakRate));
    }

    /// <summary>A run of the evidence lower bound with Adam, the schedule of <see cref="LearningRate"/> and no binarization.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="source">The name or path of the data, as in <c>digits</c> or <c>faces.npz</c>.</param>
    /// <param name="epochs">The length of the run; ≥ 1.</param>
    /// <param name="seed">The seed of initial weights, data splits and all noise.</param>
    /// <example>
    /// <code>
    /// var run = Recipes.Default(Zoo.Mlp(Shape.Image(1, 28, 28)), "digits", epochs: 5);
    /// </code>
    /// </example>
    public static Experiment Default(VaeSpec model, string source, int epochs = 10, ulong seed = 1) => new(
        model, Objectives.Elbo, new(source, Binarizations.None),
        new(epochs, Batch, seed, Optimizers.Adam(), LearningRate(epochs), Clippings.None, Averagings.None, Stoppings.Never));
}
