using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch;

/// <summary>
/// The layers of a small classifier over one flat buffer of weights and one of gradients: strided convolutions for an
/// image, at least two, or a dense layer for a vector, the features, and a logit for each class; rectified between layers.
/// </summary>
internal sealed class ClassifierNet : IDisposable
{
    public const int Features = 64;

    private const int Wide = 256;

    // Convolutions halve an image until it is no larger: large pictures are seen as whole as small ones.
    private const int Coarsest = 8;

    // Views start at multiples of 64 bytes: what vector instructions like best.
    private const long Alignment = 16;

    private readonly List<Stage> stages = [];

    public ClassifierNet(Shape input, int classes, ulong seed, Device device)
    {
        using var scope = NewDisposeScope();
        var shapes = Shapes(input, classes);
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

    private static long[][] Shapes(Shape input, int classes)
    {
        long[][] first = input.IsImage ? Convolutions(input) : [[Wide, input.Size]];
        var seen = input.IsImage ? first[^1][0] * Halved(input.Height, first.Length) * Halved(input.Width, first.Length) : Wide;
        return [.. first, [Features, seen], [classes, Features]];
    }

    private static long[][] Convolutions(Shape image)
    {
        var count = 2;
        while (Halved(Math.Max(image.Height, image.Width), count) > Coarsest)
            count++;
        long Channels(int layer) => Math.Min(16L << layer, Features);
        return [.. Enumerable.Range(0, count).Select(i => i == 0 ? new[] { Channels(0), image.Channels, 5, 5 } : [Channels(i), Channels(i - 1), 3, 3])];
    }

    // Each halving rounds up.
    private static long Halved(int side, int times) => (side + (1L << times) - 1) >> times;

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
