namespace Vae;

/// <summary>How to train where nothing is said: what <c>vae train</c> does.</summary>
public static class Recipes
{
    /// <summary>Examples a step.</summary>
    public const int Batch = 64;

    /// <summary>The learning rate at its highest.</summary>
    public const double PeakRate = 4e-3;

    /// <summary>A short linear warm-up, then half a cosine down to 0 at the end of the run: a high rate early, and no noise of the steps left at the end.</summary>
    public static Schedule LearningRate(int epochs)
    {
        var all = Math.Max(epochs, 1);
        var warmUp = Math.Min(0.5, 0.1 * all);
        return Schedules.Then(Schedules.Linear(PeakRate / 40, PeakRate, warmUp), warmUp, Schedules.Cosine(PeakRate, 0, all - warmUp));
    }

    /// <summary>The same warm-up, then the highest rate: for a rate that falls when the validation bound stalls.</summary>
    public static Schedule ConstantRate(int epochs)
    {
        var warmUp = Math.Min(0.5, 0.1 * Math.Max(epochs, 1));
        return Schedules.Then(Schedules.Linear(PeakRate / 40, PeakRate, warmUp), warmUp, Schedules.Constant(PeakRate));
    }

    /// <summary>Adam with the schedule of <see cref="LearningRate"/>, the evidence lower bound, grey values as they are.</summary>
    /// <param name="model">What to train.</param>
    /// <param name="source">The name or path of the data.</param>
    /// <param name="epochs">≥ 1.</param>
    /// <param name="seed">Of all noise.</param>
    public static Experiment Default(VaeSpec model, string source, int epochs = 10, ulong seed = 1) => new(
        model, Objectives.Elbo, new(source, Binarizations.None),
        new(epochs, Batch, seed, Optimizers.Adam(), LearningRate(epochs), Clippings.None, Averagings.None, Stoppings.Never));
}
