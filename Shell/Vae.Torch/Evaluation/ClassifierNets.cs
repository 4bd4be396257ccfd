using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Small classifiers: two or more strided convolutions for an image or a dense layer for a vector, then a feature layer and one
/// logit per class, with ReLU between layers.
/// </summary>
internal static class ClassifierNets
{
    public const int Features = 64;

    private const string Name = "classifier";

    private const int Wide = 256;

    // Convolutions halve an image until no side is longer, so that the features see a large image as a whole.
    private const int Coarsest = 8;

    /// <summary>Creates a classifier with seeded initial weights; also returns the number of layers up to its features.</summary>
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

    // Uniform with variance 2 / fan-in, which keeps the scale of ReLU outputs from layer to layer: He et al. 2015, section 2.2.
    // Weights come before biases, so that a weight's position, which keys its noise, is the position of its layer.
    private static ValueList<Parameter> Initialized(ValueList<Parameter> layout) => ValueList.From(layout
        .Select(parameter => parameter.With(initial: new(parameter.Shape.Dims.Count == 1 ? 0 : Bound(parameter.Shape), 0), fan: Fan.None))
        .OrderBy(parameter => parameter.Initial.Bound == 0));

    private static double Bound(Shape weight) => Math.Sqrt(6.0 / weight.Dims.Skip(1).Aggregate(1L, (size, dim) => size * dim));
}
