using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Small classifiers: strided convolutions for an image, at least two, or a dense layer for a vector, then the features, and a
/// logit for each class; rectified between layers.
/// </summary>
internal static class ClassifierNets
{
    public const int Features = 64;

    private const string Name = "classifier";

    private const int Wide = 256;

    // Convolutions halve an image until it is no larger: large pictures are seen as whole as small ones.
    private const int Coarsest = 8;

    /// <summary>A classifier with initial weights of the seed, and the number of layers up to its features.</summary>
    public static (LayerNet Net, int FeatureLayers) Create(Shape input, int classes, ulong seed, Device device)
    {
        ValueList<Layer> layers = [.. Body(input), Layers.Flatten, Layers.Linear(Features), Layers.Relu, Layers.Linear(classes)];
        var weights = new Weights(Initialized(Parameters.List(layers, input, Name)), seed, device, ScalarType.Float32);
        return (new(Name, layers, weights, seed), layers.Count - 1);
    }

    private static IEnumerable<Layer> Body(Shape input) =>
        input.IsImage ? Convolutions(input) : [Layers.Flatten, Layers.Linear(Wide), Layers.Relu];

    private static IEnumerable<Layer> Convolutions(Shape image)
    {
        var count = 2;
        while (Halved(Math.Max(image.Height, image.Width), count) > Coarsest)
            count++;
        return Enumerable.Range(0, count).SelectMany(Block);
    }

    private static IEnumerable<Layer> Block(int place)
    {
        var kernel = place == 0 ? 5 : 3;
        return [Layers.Conv2d((int)Math.Min(16L << place, Features), kernel, 2, kernel / 2), Layers.Relu];
    }

    // Each halving rounds up.
    private static long Halved(int side, int times) => (side + (1L << times) - 1) >> times;

    // Uniform with variance 2 / inputs, which keeps the size of rectified values from layer to layer: He et al. 2015, section 2.2.
    // Weights stand before biases: their places, by which they are drawn, are those of their layers.
    private static ValueList<Parameter> Initialized(ValueList<Parameter> layout) => ValueList.From(layout
        .Select(parameter => parameter.With(initial: new(parameter.Shape.Dims.Count == 1 ? 0 : Bound(parameter.Shape), 0)))
        .OrderBy(parameter => parameter.Initial.Bound == 0));

    private static double Bound(Shape weight) => Math.Sqrt(6.0 / weight.Dims.Skip(1).Aggregate(1L, (size, dim) => size * dim));
}
