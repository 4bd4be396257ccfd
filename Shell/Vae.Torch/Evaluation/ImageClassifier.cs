using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch;

/// <summary>How a classifier is trained.</summary>
/// <param name="Epochs">Passes over the data; ≥ 1. Two are enough for more than 98 % on MNIST, sprites take more.</param>
/// <param name="Batch">Examples a step; ≥ 1.</param>
/// <param name="LearningRate">Of Adam at the start, falling in a line to 0; finite and above 0.</param>
/// <param name="Seed">Of the initial weights and of the shuffles.</param>
internal sealed record ClassifierOptions(int Epochs = 2, int Batch = 128, double LearningRate = 2e-3, ulong Seed = 0);

/// <summary>What a classifier says about N pictures.</summary>
/// <param name="Probabilities">[N, C]; rows sum to 1.</param>
/// <param name="Features">[N, F]; ≥ 0; the values from which the last layer decides.</param>
internal sealed record ClassifierOutput(NdArray Probabilities, NdArray Features);

/// <summary>
/// A small network that tells the classes of a data set apart: a judge of what a model draws. It never sees the model, only
/// real examples. The same data, options, machine and number of threads give the same classifier.
/// </summary>
internal sealed class ImageClassifier : IDisposable
{
    private readonly LayerNet net;
    private readonly int featureLayers;

    private ImageClassifier(LayerNet net, int featureLayers, Shape input, IReadOnlyList<string> classes) =>
        (this.net, this.featureLayers, Input, Classes) = (net, featureLayers, input, classes);

    /// <summary>The shape of what it classifies.</summary>
    public Shape Input { get; }

    /// <summary>The names of the classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Values in a row of <see cref="ClassifierOutput.Features"/>.</summary>
    public static int FeatureCount => ClassifierNets.Features;

    /// <summary>Trains one on labelled examples: images, or vectors.</summary>
    public static ImageClassifier Train(Dataset data, ClassifierOptions? options = null, Device? device = null, CancellationToken stop = default)
    {
        options ??= new();
        Check(data, options);
        TorchRuntime.Load();
        var (net, featureLayers) = ClassifierNets.Create(data.Shape, data.Classes.Count, options.Seed, device ?? CPU);
        try
        {
            Train(net, data, options, stop);
            return new(net, featureLayers, data.Shape, data.Classes);
        }
        catch
        {
            net.Dispose();
            throw;
        }
    }

    /// <summary>Classifies the examples of a data set, in their order.</summary>
    public ClassifierOutput Classify(Dataset data)
    {
        if (data.Shape != Input)
            throw new VaeException($"data: must have the shape {Input} of what the classifier was trained on, got {data.Shape}");
        if (data.Count == 0)
            throw new VaeException("data: must have at least one example to classify, got none");
        using var outer = NewDisposeScope();
        using var inference = inference_mode(true);
        using var source = new BatchSource(data, Conditions.None, Binarizations.None, BatchSource.EvaluatedAtOnce, 0, net.Weights.Device);
        List<double> probabilities = [], features = [];
        source.Each((x, _, _) =>
        {
            var seen = net.Features(x, featureLayers);
            features.AddRange(seen.ToDoubles());
            probabilities.AddRange(F.softmax(net.RunOn(seen, featureLayers), 1).ToDoubles());
        });
        return new(NdArray.FromValues([.. probabilities], data.Count, Classes.Count), NdArray.FromValues([.. features], data.Count, FeatureCount));
    }

    /// <summary>Classifies pictures such as a model's draws. [N, ...] flat, N ≥ 1; values beyond [0, 1] are clipped as a picture of them would be, NaN is refused.</summary>
    public ClassifierOutput Classify(float[] images)
    {
        if (Array.FindIndex(images, float.IsNaN) is >= 0 and var at)
            throw new VaeException($"images[{at}]: must be a number, got NaN");
        return Classify(Dataset.Create("images", Input, Pixels.OfFloats(Array.ConvertAll(images, value => Math.Clamp(value, 0, 1))), ReadOnlyMemory<int>.Empty, []));
    }

    /// <summary>The part of a labelled set whose most probable class is its label; in [0, 1].</summary>
    public double Accuracy(Dataset data)
    {
        if (!data.Classes.SequenceEqual(Classes))
            throw new VaeException($"data: must have the classes {string.Join(", ", Classes)}, got {(data.HasLabels ? string.Join(", ", data.Classes) : "none")}");
        var labels = data.Labels.ToArray();
        return Classify(data).Probabilities.ToArray().Chunk(Classes.Count).Zip(labels, (row, label) => Array.IndexOf(row, row.Max()) == label).Average(right => right ? 1.0 : 0);
    }

    /// <inheritdoc/>
    public void Dispose() => net.Dispose();

    // Adam on the cross-entropy, its rate falling in a line to 0; all noise keyed by the seed.
    private static void Train(LayerNet net, Dataset data, ClassifierOptions options, CancellationToken stop)
    {
        var train = new TrainSpec(
            options.Epochs, options.Batch, options.Seed, Optimizers.Adam(), Schedules.Constant(options.LearningRate),
            Clippings.None, Averagings.None, Stoppings.Never);
        var condition = Conditions.Label(data.Classes.Count);
        using var batches = new BatchSource(data, condition, Binarizations.None, options.Batch, options.Seed, net.Weights.Device);
        var steps = (double)(options.Epochs * batches.Batches);
        // The labels come as one-hot rows: the cross-entropy is their product with the log-probabilities.
        Fits.Minimize(net.Weights, train, batches,
            (x, labels) => F.log_softmax(net.Run(x), 1).mul(labels!).sum(1).mean().neg(),
            step => options.LearningRate * (1 - step / steps), stop);
    }

    private static void Check(Dataset data, ClassifierOptions options)
    {
        VaeException.Require(data.HasLabels && data.Classes.Count > 1, "data", "must have labels of at least 2 classes to train a classifier", data.Classes.Count);
        VaeException.Require(data.Count > 0, "data", "must have at least one example", "none");
        VaeException.Require(options.Epochs >= 1, "classifier.epochs", "must be at least 1", options.Epochs);
        VaeException.Require(options.Batch >= 1, "classifier.batch", "must be at least 1", options.Batch);
        VaeException.Require(options.LearningRate > 0 && double.IsFinite(options.LearningRate), "classifier.learningRate", "must be finite and above 0", options.LearningRate);
    }

}
