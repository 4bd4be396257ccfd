namespace Vae;

// Models with several stochastic layers.
public static partial class Zoo
{
    /// <summary>
    /// The model with two stochastic layers of Burda et al. 2016, section 5: n-200-200-z₁-100-100-z₂ with tanh, mirrored in the
    /// decoder, with 100 and 50 latents by default.
    /// </summary>
    /// <param name="input">The shape of one example.</param>
    /// <param name="latent">The length of z; ≥ 3. A third of it is the top layer's.</param>
    /// <param name="hidden">Units of the hidden layers below z₁, twice as many as above; ≥ 2.</param>
    public static VaeSpec Burda2(Shape input, int latent = 150, int hidden = 200)
    {
        int top = latent / 3, first = latent - top;
        ValueList<Layer> between = Tanh(hidden / 2);
        return Hierarchical(
            Plain(input, latent, [Layers.Flatten, .. Tanh(hidden)], Tanh(hidden)),
            Hierarchies.BottomUp(Shape.Vector(first), [new(Shape.Vector(top), new(between, Heads.Dense), new(between, Heads.Dense))]));
    }

    /// <summary>
    /// A ladder VAE with three stochastic layers of 32, 16 and 8 latents by default, each with two hidden layers of leaky ReLU and
    /// batch normalization; after Sønderby et al. 2016, section 3, whose ladder has five.
    /// </summary>
    /// <param name="input">The shape of one example.</param>
    /// <param name="latent">The length of z, divided 4 : 2 : 1; ≥ 3.</param>
    /// <param name="hidden">Units of the hidden layers below z₁, halved at each layer above; ≥ 4.</param>
    public static VaeSpec Ladder(Shape input, int latent = 56, int hidden = 256)
    {
        int top = Math.Max(1, latent / 7), middle = Math.Max(1, 2 * latent / 7);
        LadderLayer Above(int size, int below, int width) => new(Shape.Vector(size), below,
            new([Leaky, .. Leakies(width)], Heads.Dense), new(Leakies(width), Heads.Dense));
        return Hierarchical(
            Plain(input, latent, [Layers.Flatten, .. Leakies(hidden)], Leakies(hidden)),
            Hierarchies.Ladder(Shape.Vector(latent - top - middle), [
                Above(middle, hidden, hidden / 2), Above(top, hidden / 2, hidden / 4)]));
    }

    /// <summary>
    /// A residual top-down model: a vector at the top, stochastic layers of 4 channels at a quarter of the height and width, and of
    /// 1 channel at half; after Child 2021, much smaller.
    /// </summary>
    /// <param name="input">The shape of one example: an image of at least 4×4.</param>
    /// <param name="width">Channels of the state at half the height and width, twice as many at a quarter; ≥ 1.</param>
    /// <param name="coarse">Number of stochastic layers at a quarter of the size; ≥ 0.</param>
    /// <param name="fine">Number of stochastic layers at half the size; ≥ 0.</param>
    /// <param name="top">The length of the top layer's z; ≥ 1.</param>
    public static VaeSpec TopDown(Shape input, int width = 16, int coarse = 1, int fine = 1, int top = 16)
    {
        var half = Shape.Image(width, input.Height / 2, input.Width / 2);
        var quarter = Shape.Image(2 * width, half.Height / 2, half.Width / 2);
        // The lowest stochastic layer at a quarter of the size changes to half the size.
        ValueList<Layer> down = [Layers.Conv2d(quarter.Channels, 4, 2, 1)];
        ValueList<Layer> back = [Layers.ConvTranspose2d(width, 4, 2, 1, half.Height % 2, half.Width % 2)];
        TopDownStage Stage(Shape state, Shape latent, Head head, bool joins = false) => new(
            latent, [.. joins ? down : [], Bottleneck(state.Channels)], new(Narrow(state.Channels), head), new([], head),
            [Bottleneck(state.Channels), .. joins ? back : []]);
        TopDownLayer Lower(Shape state, int channels, bool joins = false) =>
            new(new(Narrow(state.Channels), Heads.Conv2d(1)), Stage(state, state.WithChannels(channels), Heads.Conv2d(1), joins));
        var hierarchy = Hierarchies.TopDown(half, quarter, [
            .. Enumerable.Range(0, fine).Select(_ => Lower(half, 1)),
            .. Enumerable.Range(0, coarse).Select(i => Lower(quarter, 4, i == 0))],
            Stage(quarter, Shape.Vector(top), Heads.Dense, coarse == 0));
        var plain = Plain(
            input, Hierarchies.Latent(hierarchy), [], [Silu, Layers.Conv2d(width, 3, 1, 1), Silu],
            Heads.ConvTranspose2d(4, 2, 1, input.Height % 2, input.Width % 2));
        return Hierarchical(plain.With(encoder: new([Layers.Conv2d(width, 4, 2, 1), Silu], Heads.Conv2d(3, 1, 1))), hierarchy);
    }

    private static Layer Silu { get; } = Layers.Activate(Activations.Silu);

    private static Layer Leaky { get; } = Layers.Activate(Activations.LeakyRelu());

    private static ValueList<Layer> Leakies(int width) =>
        [Layers.Linear(width), Layers.BatchNorm(), Leaky, Layers.Linear(width), Layers.BatchNorm(), Leaky];

    private static ValueList<Layer> Tanh(int width) => [Layers.Linear(width), Layers.Tanh, Layers.Linear(width), Layers.Tanh];

    private static Layer Bottleneck(int channels) => Layers.Residual([.. Narrow(channels), Layers.Conv2d(channels, 1)]);

    // A 3×3 convolution in half as many channels.
    private static ValueList<Layer> Narrow(int channels) =>
        [Silu, Layers.Conv2d(Math.Max(1, channels / 2), 1), Silu, Layers.Conv2d(Math.Max(1, channels / 2), 3, 1, 1), Silu];

    private static VaeSpec Hierarchical(VaeSpec spec, Hierarchy hierarchy) =>
        spec.With(posterior: Posteriors.Hierarchical(hierarchy), prior: Priors.Hierarchical(hierarchy));
}
