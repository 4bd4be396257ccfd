namespace Vae;

public static partial class Zoo
{
    /// <summary>The names that <see cref="FindForWindows"/> knows beside those of <see cref="Find"/>.</summary>
    public static ValueList<string> WindowNames { get; } = ["conv1d", "gru"];

    /// <summary>The model of a name for windows of a table, or the problem that there is none.</summary>
    /// <param name="name">One of <see cref="WindowNames"/>, or of <see cref="Names"/> for models that do not know of steps.</param>
    /// <param name="input">The shape of a window.</param>
    /// <param name="steps">Rows of a window; ≥ 1.</param>
    /// <param name="likelihood">The family of a window, each of whose values is that of a column at a step.</param>
    /// <param name="latent">The length of z; 0 for the model's default.</param>
    public static Validated<VaeSpec> FindForWindows(string name, Shape input, int steps, Likelihood likelihood, int latent = 0) => name switch
    {
        "conv1d" => new Validated<VaeSpec>.Valid(Conv1d(input, steps, likelihood, latent == 0 ? 8 : latent)),
        "gru" => new Validated<VaeSpec>.Valid(Gru(input, steps, likelihood, latent == 0 ? 8 : latent)),
        _ => Find(name, input, latent),
    };

    /// <summary>
    /// Two convolutions of 5 steps, the second with stride 2 if there are 4 steps or more, and a linear layer, mirrored in the decoder.
    /// </summary>
    /// <param name="input">The shape of a window: a vector of steps, and of their mask after them if the likelihood takes one.</param>
    /// <param name="steps">Rows of a window; ≥ 1.</param>
    /// <param name="likelihood">The family of a window.</param>
    /// <param name="latent">The length of z; ≥ 1.</param>
    /// <param name="channels">Output channels of the first convolution, half those of the second; ≥ 1.</param>
    /// <param name="hidden">Units of the linear layer; ≥ 1.</param>
    public static VaeSpec Conv1d(Shape input, int steps, Likelihood likelihood, int latent = 8, int channels = 32, int hidden = 128)
    {
        var stride = steps >= 4 ? 2 : 1;
        var middle = (steps - 1) / stride + 1;
        var silu = Layers.Activate(Activations.Silu);
        return Plain(input, latent,
            [Layers.Sequence(steps, Widths(input, steps, likelihood)), Layers.Conv1d(channels, 5, padding: 2), silu,
             Layers.Conv1d(2 * channels, 5, stride, 2), silu, Layers.Flatten, Layers.Linear(hidden), silu],
            [Layers.Linear(hidden), silu, Layers.Linear(2 * channels * middle), silu,
             Layers.Reshape(Shape.Image(2 * channels, 1, middle)),
             Layers.ConvTranspose1d(channels, 5, stride, 2, (steps - 1) % stride), silu])
            .With(likelihood: likelihood);
    }

    /// <summary>A gated recurrent unit whose last state is encoded, and one whose states are decoded from the code at each step.</summary>
    /// <param name="input">The shape of a window: a vector of steps, and of their mask after them if the likelihood takes one.</param>
    /// <param name="steps">Rows of a window; ≥ 1.</param>
    /// <param name="likelihood">The family of a window; with a mask, steps without any value are skipped.</param>
    /// <param name="latent">The length of z; ≥ 1.</param>
    /// <param name="width">The length of the states; ≥ 1.</param>
    /// <param name="channels">Channels of the decoder at each step; ≥ 1.</param>
    public static VaeSpec Gru(Shape input, int steps, Likelihood likelihood, int latent = 8, int width = 64, int channels = 16)
    {
        var widths = Widths(input, steps, likelihood);
        var silu = Layers.Activate(Activations.Silu);
        return Plain(input, latent,
            [Layers.Sequence(steps, widths), Layers.Gru(width, widths.Count > 1 ? widths[1] : 0, onlyLast: true)],
            [Layers.Linear(channels * steps), silu, Layers.Reshape(Shape.Image(channels, 1, steps)), Layers.Gru(width)])
            .With(likelihood: likelihood);
    }

    // What the encoder takes of a step: the values as the likelihood shows them, and their mask if there is one.
    private static ValueList<int> Widths(Shape input, int steps, Likelihood likelihood)
    {
        var family = likelihood.Formulas();
        var mask = family.TakesMask ? input.Channels / 2 : 0;
        var values = (family.EncoderInput(input).Channels - mask) / Math.Max(1, steps);
        return mask > 0 ? [values, mask / Math.Max(1, steps)] : [values];
    }
}
