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

/// <summary>How to train a model of a table where nothing is said: sizes that follow from its columns and rows.</summary>
/// <param name="Latent">Latent dimensions.</param>
/// <param name="Hidden">Width of the hidden layers.</param>
/// <param name="Batch">Examples per step.</param>
/// <param name="Epochs">Passes over the training rows.</param>
/// <param name="Patience">Epochs without a better validation bound before the run ends; 0 for a table that is too small for a validation part.</param>
/// <param name="Validation">Fraction of the rows held out for validation.</param>
public sealed partial record TableRecipe(int Latent, int Hidden, int Batch, int Epochs, int Patience, double Validation)
{
    // About as many steps for tables of all sizes, in epochs that a small one repeats often and a large one seldom.
    private const int Steps = 6000, MinEpochs = 20, MaxEpochs = 300;

    // Fewer rows leave a validation part that says nothing.
    private const int MinValidated = 100;

    /// <summary>The recipe for a table.</summary>
    /// <param name="width">Numbers that the model sees of a row.</param>
    /// <param name="rows">Number of rows.</param>
    public static TableRecipe For(int width, long rows)
    {
        var batch = rows < 2000 ? 32 : rows < 20_000 ? 128 : 256;
        var epochs = (int)Math.Clamp(Steps * (double)batch / Math.Max(1, rows), MinEpochs, MaxEpochs);
        var isValidated = rows >= MinValidated;
        return new(Math.Clamp(width, 2, 16), rows < 5000 ? 128 : 256, batch, epochs, isValidated ? Math.Max(10, epochs / 4) : 0, isValidated ? 0.1 : 0);
    }
}
