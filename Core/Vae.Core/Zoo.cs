namespace Vae;

/// <summary>Named models, each for any input shape unless stated otherwise.</summary>
public static partial class Zoo
{
    /// <summary>The names that <see cref="Find"/> knows.</summary>
    public static ValueList<string> Names { get; } =
        ["mlp", "conv", "pyramid", "burda", "burda2", "ladder", "top-down", "quadrants", "quadrants-baseline"];

    /// <summary>The model of a name for an input shape, or the problem that there is none.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="input">The shape of one example.</param>
    /// <param name="latent">The length of z; 0 for the model's default.</param>
    public static Validated<VaeSpec> Find(string name, Shape input, int latent = 0) => name switch
    {
        "mlp" => new Validated<VaeSpec>.Valid(Mlp(input, latent == 0 ? 20 : latent)),
        "conv" or "pyramid" or "top-down" or "quadrants" or "quadrants-baseline" when !input.IsImage =>
            Invalid("model", $"{name} needs images [channels, height, width]", $"{input}"),
        "conv1d" or "gru" => Invalid("model", $"{name} needs windows of a table with a column of time", $"{input}"),
        "conv" => new Validated<VaeSpec>.Valid(Conv(input, latent == 0 ? 16 : latent)),
        "pyramid" => new Validated<VaeSpec>.Valid(Pyramid(input, latent == 0 ? 10 : latent)),
        "burda2" => new Validated<VaeSpec>.Valid(Burda2(input, latent == 0 ? 150 : latent)),
        "ladder" => new Validated<VaeSpec>.Valid(Ladder(input, latent == 0 ? 56 : latent)),
        "top-down" when latent == 0 => new Validated<VaeSpec>.Valid(TopDown(input)),
        "top-down" => Invalid("latent", "must be left out for top-down, whose latents follow from the size of images", $"{latent}"),
        "burda" => new Validated<VaeSpec>.Valid(Burda(input, latent == 0 ? 50 : latent)),
        "quadrants" => new Validated<VaeSpec>.Valid(Quadrants(input, latent: latent == 0 ? 200 : latent)),
        "quadrants-baseline" when latent == 0 => new Validated<VaeSpec>.Valid(QuadrantsBaseline(input)),
        "quadrants-baseline" => Invalid("latent", "must be left out for quadrants-baseline, which has none", $"{latent}"),
        _ => Invalid("model", $"must be one of {string.Join(", ", Names)} or a .json file", name),
    };

    /// <summary>n-hidden-latent-hidden-n with ReLU; for 28×28 it is 784-400-20-400-784 with 652,824 parameters.</summary>
    /// <param name="input">The shape of one example.</param>
    /// <param name="latent">The length of z; ≥ 1.</param>
    /// <param name="hidden">Units of the hidden layer; ≥ 1.</param>
    /// <example>
    /// <code>
    /// var model = Zoo.Mlp(Shape.Image(1, 28, 28), latent: 10);
    /// </code>
    /// </example>
    public static VaeSpec Mlp(Shape input, int latent = 20, int hidden = 400) =>
        Plain(input, latent, [Layers.Flatten, Layers.Linear(hidden), Layers.Relu], [Layers.Linear(hidden), Layers.Relu]);

    /// <summary>n-200-200-latent-200-200-n with tanh: the model with one stochastic layer of Burda et al. 2016, section 5.</summary>
    /// <param name="input">The shape of one example.</param>
    /// <param name="latent">The length of z; ≥ 1.</param>
    /// <param name="hidden">Units of each hidden layer; ≥ 1.</param>
    public static VaeSpec Burda(Shape input, int latent = 50, int hidden = 200) =>
        Plain(input, latent,
            [Layers.Flatten, Layers.Linear(hidden), Layers.Tanh, Layers.Linear(hidden), Layers.Tanh],
            [Layers.Linear(hidden), Layers.Tanh, Layers.Linear(hidden), Layers.Tanh]);

    /// <summary>Two 4×4 convolutions of stride 2 (32 and 64 channels) and a linear layer, mirrored in the decoder.</summary>
    /// <param name="input">The shape of one example: an image of at least 4×4.</param>
    /// <param name="latent">The length of z; ≥ 1.</param>
    /// <param name="hidden">Units of the linear layer; ≥ 1.</param>
    public static VaeSpec Conv(Shape input, int latent = 16, int hidden = 256)
    {
        int height = input.Height / 2, width = input.Width / 2;
        var middle = Shape.Image(64, height / 2, width / 2);
        return Plain(input, latent,
            [Layers.Conv2d(32, 4, 2, 1), Layers.Relu, Layers.Conv2d(64, 4, 2, 1), Layers.Relu,
             Layers.Flatten, Layers.Linear(hidden), Layers.Relu],
            [Layers.Linear(hidden), Layers.Relu, Layers.Linear((int)Math.Min(middle.Size, int.MaxValue)), Layers.Relu,
             Layers.Reshape(middle), Layers.ConvTranspose2d(32, 4, 2, 1, height % 2, width % 2), Layers.Relu],
            Heads.ConvTranspose2d(4, 2, 1, input.Height % 2, input.Width % 2));
    }

    /// <summary>
    /// Predicts the rest of an image from one, two or three of its quadrants: q(z|x, c), p(x|z, c) and p(z|c), each with two hidden
    /// layers of ReLU; after Sohn et al. 2015, section 5.1, in the sizes of the tutorial of the Pyro project.
    /// </summary>
    /// <param name="input">The shape of one example: an image of at least 2×2.</param>
    /// <param name="observed">Number of observed quadrants; 1, 2 or 3.</param>
    /// <param name="latent">The length of z; ≥ 1.</param>
    /// <param name="hidden">Units of each hidden layer; ≥ 1.</param>
    public static VaeSpec Quadrants(Shape input, int observed = 1, int latent = 200, int hidden = 500) =>
        Plain(input, latent, [Layers.Flatten, .. Hidden(hidden)], Hidden(hidden))
            .With(prior: ConditionalPrior(hidden), condition: Conditions.Quadrants(observed));

    /// <summary>The baseline of <see cref="Quadrants"/> without a latent: c → p(x|c).</summary>
    /// <param name="input">The shape of one example: an image of at least 2×2.</param>
    /// <param name="observed">Number of observed quadrants; 1, 2 or 3.</param>
    /// <param name="hidden">Units of each hidden layer; ≥ 1.</param>
    public static VaeSpec QuadrantsBaseline(Shape input, int observed = 1, int hidden = 500) =>
        Plain(input, 0, [], Hidden(hidden)).With(condition: Conditions.Quadrants(observed));

    /// <summary>p(z|c) from a network with two hidden layers of ReLU; for any condition.</summary>
    /// <param name="hidden">Units of each hidden layer; ≥ 1.</param>
    public static Prior ConditionalPrior(int hidden = 200) => Priors.Conditional(new([Layers.Flatten, .. Hidden(hidden)], Heads.Dense));

    private static Validated<VaeSpec> Invalid(string path, string rule, string got) =>
        new Validated<VaeSpec>.Invalid([new(path, rule, got)]);

    private static ValueList<Layer> Hidden(int width) => [Layers.Linear(width), Layers.Relu, Layers.Linear(width), Layers.Relu];

    private static VaeSpec Plain(Shape input, int latent, ValueList<Layer> encoder, ValueList<Layer> decoder, Head? last = null) => new(
        input, latent, new(encoder, Heads.Dense), new(decoder, last ?? Heads.Dense),
        Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.CrossEntropy, Conditions.None);
}
