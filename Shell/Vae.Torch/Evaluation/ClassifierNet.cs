using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch;

/// <summary>
/// The layers of a small classifier over one flat buffer of weights and one of gradients: two strided convolutions for an
/// image or a dense layer for a vector, the features, and a logit for each class; rectified between layers.
/// </summary>
internal sealed class ClassifierNet : IDisposable
{
    public const int Features = 64;

    private const int Wide = 256;

    // Views start at multiples of 64 bytes: what vector instructions like best.
    private const long Alignment = 16;

    private readonly List<Stage> stages = [];

    public ClassifierNet(Shape input, int classes, ulong seed, Device device)
    {
        using var scope = NewDisposeScope();
        var shapes = Shapes(input, classes).ToArray();
        var size = shapes.Sum(dims => Aligned(dims.Aggregate(1L, (a, b) => a * b)) + Aligned(dims[0]));
        (Flat, Gradient) = (zeros(size, ScalarType.Float32, device).DetachFromDisposeScope(), zeros(size, ScalarType.Float32, device).DetachFromDisposeScope());
        long offset = 0;
        foreach (var dims in shapes)
            stages.Add(new(View(dims, ref offset), View([dims[0]], ref offset)));
        Initialize(seed);
    }

    /// <summary>All weights. [P].</summary>
    public Tensor Flat { get; }

    /// <summary>Their gradients, in the same places. [P].</summary>
    public Tensor Gradient { get; }

    /// <summary>x [B, ...] → features [B, 64], ≥ 0.</summary>
    public Tensor FeaturesOf(Tensor x)
    {
        foreach (var stage in stages.SkipLast(1))
            x = F.relu(stage.Run(x));
        return x;
    }

    /// <summary>Features [B, 64] → logits [B, classes].</summary>
    public Tensor Logits(Tensor features) => stages[^1].Run(features);

    public void Dispose()
    {
        foreach (var stage in stages)
            stage.Dispose();
        Flat.Dispose();
        Gradient.Dispose();
    }

    private static IEnumerable<long[]> Shapes(Shape input, int classes)
    {
        var image = input.IsImage;
        if (image)
        {
            yield return [16, input.Channels, 5, 5];
            yield return [32, 16, 3, 3];
        }
        else
            yield return [Wide, input.Size];
        yield return [Features, image ? 32L * Quarter(input.Height) * Quarter(input.Width) : Wide];
        yield return [classes, Features];
    }

    // Two halvings, each rounded up.
    private static int Quarter(int side) => (side + 3) / 4;

    private static long Aligned(long size) => (size + Alignment - 1) / Alignment * Alignment;

    private Tensor View(long[] dims, ref long offset)
    {
        var size = dims.Aggregate(1L, (a, b) => a * b);
        var view = Flat.narrow(0, offset, size).view(dims).detach();
        view.requires_grad = true;
        using var gradient = Gradient.narrow(0, offset, size).view(dims).DetachFromDisposeScope();
        view.grad = gradient;
        offset += Aligned(size);
        return view.DetachFromDisposeScope();
    }

    // Uniform with variance 2 / inputs, which keeps the size of rectified values from layer to layer: He et al. 2015, section 2.2.
    private void Initialize(ulong seed)
    {
        using var noise = new KeyedNoise(seed, CPU);
        using var gradless = no_grad();
        for (var i = 0; i < stages.Count; i++)
        {
            using var scope = NewDisposeScope();
            var values = empty(stages[i].Weight.shape, ScalarType.Float32);
            var bound = Math.Sqrt(6.0 / stages[i].Weight.shape[1..].Aggregate(1L, (a, b) => a * b));
            // Drawn on the CPU whatever the device, so that a seed means the same classifier everywhere.
            noise.Uniform(values, -bound, bound, Purpose.Initialize, i);
            stages[i].Weight.copy_(values);
        }
    }

    private sealed record Stage(Tensor Weight, Tensor Bias) : IDisposable
    {
        public Tensor Run(Tensor x) => Weight.dim() == 4
            ? F.conv2d(x, Weight, Bias, [2, 2], [Weight.shape[2] / 2, Weight.shape[2] / 2])
            : F.linear(x.flatten(1), Weight, Bias);

        public void Dispose()
        {
            Weight.Dispose();
            Bias.Dispose();
        }
    }
}
