using FsCheck;
using FsCheck.Fluent;

namespace Vae.Torch.Tests;

/// <summary>The models that graphs are compared by.</summary>
internal static class RandomModels
{
    /// <summary>Random models, and one of each kind of layer.</summary>
    public static IEnumerable<VaeSpec> Specs(int count) => [
        .. Samples.Generate(Generators.Varied, count), .. Samples.Generate(Generators.Model(), count / 4), .. Layered];

    // Image, transposed, upsampled, normalized and residual; sequences, by convolution and by a recurrent unit.
    private static IEnumerable<VaeSpec> Layered =>
    [
        With(Shape.Image(2, 6, 6), [
            Layers.Linear(18), Layers.Activate(Activations.Gelu), Layers.Reshape(Shape.Image(2, 3, 3)), Layers.GroupNorm(2),
            Layers.ConvTranspose2d(4, 4, 2, 1), Layers.BatchNorm(), Layers.Activate(Activations.Elu()),
            Layers.Residual([Layers.Conv2d(4, 3, 1, 1), Layers.Activate(Activations.Silu)]), Layers.Upsample(2), Layers.Conv2d(3, 2, 2),
            Layers.LayerNorm(), Layers.Activate(Activations.Softplus)]),
        With(Shape.Vector(8), [
            Layers.Linear(12), Layers.Sequence(4, 2, 1), Layers.Conv1d(3, 3, 1, 1), Layers.Relu, Layers.ConvTranspose1d(2, 3, 2, 1, 1),
            Layers.Gru(5, onlyLast: true), Layers.GatedLinear(6)]),
        With(Shape.Vector(8), [Layers.Linear(12), Layers.Sequence(4, 2, 1), Layers.Gru(3, maskChannels: 1), Layers.Flatten]),
    ];

    private static VaeSpec With(Shape input, ValueList<Layer> layers) => Zoo.Mlp(input, latent: 3, hidden: 5)
        .With(decoder: new(layers, Heads.Dense), likelihood: Likelihoods.Normal(Scales.Learned));
}
