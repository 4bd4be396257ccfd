namespace Vae;

/// <summary>Recipes by name; each says what was measured for it.</summary>
public static class TrainRecipes
{
    /// <summary>Examples per step of <see cref="Short"/>.</summary>
    public const int Batch = 64;

    /// <summary>The highest learning rate of <see cref="Short"/>.</summary>
    public const double PeakRate = 4e-3;

    /// <summary>Ten epochs at a high rate, which reach most of what longer runs reach: what <c>vae train</c> does by default.</summary>
    public static Recipe Short { get; } = new("short", 10, Batch, PeakRate, RateWarmUp: 0.5, KlWarmUp: 0);

    /// <summary>
    /// Fifty epochs of larger batches at half the rate. MNIST, three seeds: 100.49 ± 0.06 nats of test −ELBO, where fifty epochs of
    /// <see cref="Short"/> reach 100.44 ± 0.17 and ten 102.60 ± 0.27.
    /// </summary>
    public static Recipe Thorough { get; } = new("thorough", 50, 100, 2e-3, RateWarmUp: 0.5, KlWarmUp: 0);

    /// <summary>
    /// 300 epochs with a KL warm-up over a tenth of them, for tanh and several stochastic layers. Dynamically binarized MNIST, one
    /// stochastic layer of Burda et al. 2016, k = 1: an NLL of 88.25 nats by 5,000 samples after 512 s, where 3,280 epochs are
    /// published with 86.76.
    /// </summary>
    public static Recipe Published { get; } = new("published", 300, 100, 2e-3, RateWarmUp: 0, KlWarmUp: 0.1);

    /// <summary>All of them.</summary>
    public static ValueList<Recipe> All { get; } = [Short, Thorough, Published];

    /// <summary>The recipe of a name, or the problem that there is none.</summary>
    public static Validated<Recipe> Find(string name) => All.FirstOrDefault(recipe => recipe.Name == name) is { } found
        ? new Validated<Recipe>.Valid(found)
        : new Validated<Recipe>.Invalid([new("recipe", $"must be one of {string.Join(", ", All.Select(recipe => recipe.Name))}", name)]);

    /// <summary>
    /// The initialization that suits a model: Glorot's with the output bias of the data for tanh, for convolutions with ReLU, and for
    /// convolutions with several stochastic layers, which reach 25, 3 and 2.5 nats less with it after a few epochs of 20,000 binarized
    /// MNIST images; LeCun's for others.
    /// </summary>
    /// <param name="model">The model to train.</param>
    public static Initialization Initialization(VaeSpec model)
    {
        var layers = Layers.All([.. model.Encoder.Layers, .. model.Decoder.Layers]).ToList();
        var isConvolutional = layers.Any(layer => layer is Layer.Conv2d or Layer.ConvTranspose2d);
        return layers.Contains(Layers.Tanh)
            || isConvolutional && (layers.Contains(Layers.Relu) || model.Posterior is Posterior.Hierarchical)
            ? Initializations.Glorot() : Initializations.LeCun;
    }

    /// <summary>The learning rate of <see cref="Short"/>: a short warm-up, then a cosine to 0 at the end of the run.</summary>
    /// <param name="epochs">The length of the run; ≥ 1.</param>
    public static Schedule LearningRate(int epochs) => Short.LearningRate(epochs);

    /// <summary>
    /// Training of another length. A learning rate that a recipe gave falls to 0 at the new end; any other schedule is kept.
    /// </summary>
    /// <param name="train">How a run is trained.</param>
    /// <param name="epochs">The new length; ≥ 1.</param>
    public static TrainSpec Stretched(TrainSpec train, int epochs) => train.With(
        epochs: epochs,
        learningRate: All.FirstOrDefault(recipe => recipe.LearningRate(train.Epochs) == train.LearningRate)?.LearningRate(epochs));

    /// <summary>The warm-up of <see cref="LearningRate"/>, then the highest rate: for a rate that is reduced on a plateau.</summary>
    /// <param name="epochs">The length of the run; ≥ 1.</param>
    public static Schedule ConstantRate(int epochs)
    {
        var warmUp = Math.Min(0.5, 0.1 * Math.Max(epochs, 1));
        return Schedules.Then(Schedules.Linear(PeakRate / 40, PeakRate, warmUp), warmUp, Schedules.Constant(PeakRate));
    }

    /// <summary>A run of the recipe <see cref="Short"/> with another length: what <c>vae train</c> does by default.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="source">The name or path of the data, as in <c>digits</c> or <c>faces.npz</c>.</param>
    /// <param name="epochs">The length of the run; ≥ 1.</param>
    /// <param name="seed">The seed of initial weights, data splits and all noise.</param>
    /// <example>
    /// <code>
    /// var run = TrainRecipes.Default(Zoo.Mlp(Shape.Image(1, 28, 28)), "digits", epochs: 5);
    /// </code>
    /// </example>
    public static Experiment Default(VaeSpec model, string source, int epochs = 10, ulong seed = 1)
    {
        // A length of 0 is a problem of the run, and not the recipe's own.
        var run = Short.For(model, source, seed, Math.Max(epochs, 1));
        return run.With(train: run.Train.With(epochs: epochs));
    }
}

/// <summary>How to train a model of a table where nothing is said: sizes that follow from its columns and rows.</summary>
/// <param name="Latent">Latent dimensions.</param>
/// <param name="Hidden">Width of the hidden layers.</param>
/// <param name="Batch">Examples per step.</param>
/// <param name="Epochs">Passes over the training rows.</param>
/// <param name="Patience">Epochs without a better validation bound before the run ends; 0 for a table that is too small for a
/// validation part.</param>
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
        return new(Math.Clamp(width, 2, 16), rows < 5000 ? 128 : 256, batch, epochs, isValidated ? Math.Max(10, epochs / 4) : 0,
            isValidated ? 0.1 : 0);
    }
}
