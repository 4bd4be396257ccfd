namespace Vae;

public static partial class Zoo
{
    private const int Patch = 4;

    /// <summary>
    /// A convolution over patches of 4×4 pixels, then one of 4×4 and stride 2 with twice the channels as long as both sides have at least 8,
    /// and a linear layer; mirrored in the decoder. For 64×64 it needs a tenth of the multiplications of <see cref="Conv"/>.
    /// </summary>
    /// <param name="input">The shape of one example: an image of at least 4×4.</param>
    /// <param name="latent">The length of z; ≥ 1.</param>
    /// <param name="channels">Channels of the first convolution; ≥ 1.</param>
    /// <param name="hidden">Units of the linear layer; ≥ 1.</param>
    public static VaeSpec Pyramid(Shape input, int latent = 10, int channels = 16, int hidden = 128)
    {
        var stages = new List<Shape> { Shape.Image(channels, input.Height / Patch, input.Width / Patch) };
        while (Math.Min(stages[^1].Height, stages[^1].Width) >= 2 * Patch)
            stages.Add(Shape.Image(2 * stages[^1].Channels, stages[^1].Height / 2, stages[^1].Width / 2));
        var encoder = stages.Skip(1).SelectMany(to => new[] { Layers.Conv2d(to.Channels, 4, 2, 1), Layers.Relu });
        var decoder = stages.SkipLast(1).Reverse().SelectMany(to => new[]
        {
            Layers.ConvTranspose2d(to.Channels, 4, 2, 1, to.Height % 2, to.Width % 2), Layers.Relu,
        });
        return Plain(input, latent,
            [Layers.Conv2d(channels, Patch, Patch), Layers.Relu, .. encoder, Layers.Flatten, Layers.Linear(hidden), Layers.Relu],
            [Layers.Linear(hidden), Layers.Relu, Layers.Linear((int)Math.Min(stages[^1].Size, int.MaxValue)), Layers.Relu,
             Layers.Reshape(stages[^1]), .. decoder],
            Heads.ConvTranspose2d(Patch, Patch, 0, input.Height % Patch, input.Width % Patch));
    }
}
