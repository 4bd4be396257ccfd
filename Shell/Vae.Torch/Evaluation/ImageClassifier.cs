using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch;

/// <summary>How an evaluation classifier is trained.</summary>
/// <param name="Epochs">Passes over the data; ≥ 1. Two are enough for more than 98 % on MNIST; sprites need more.</param>
/// <param name="Batch">Examples per step; ≥ 1.</param>
/// <param name="LearningRate">Adam's initial learning rate, decayed linearly to 0; finite and above 0.</param>
/// <param name="Seed">Seed of the initial weights and the shuffles.</param>
internal sealed record ClassifierOptions(int Epochs = 2, int Batch = 128, double LearningRate = 2e-3, ulong Seed = 0);

/// <summary>The output of a classifier for N examples.</summary>
/// <param name="Probabilities">Class probabilities, [N, C]; rows sum to 1.</param>
/// <param name="Features">Activations of the last hidden layer, [N, F]; ≥ 0.</param>
internal sealed record ClassifierOutput(NdArray Probabilities, NdArray Features);

/// <summary>
/// An evaluation classifier: a small network, trained on real examples only, that rates what a model generates. The same data,
/// options, machine and number of threads give the same classifier.
/// </summary>
internal sealed class ImageClassifier : IDisposable
{
    private readonly LayerNet net;
    private readonly int featureLayers;

    private ImageClassifier(LayerNet net, int featureLayers, Shape input, IReadOnlyList<string> classes) =>
        (this.net, this.featureLayers, Input, Classes) = (net, featureLayers, input, classes);

    /// <summary>The shape of one example.</summary>
    public Shape Input { get; }

    /// <summary>The names of the classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>F: the number of columns of <see cref="ClassifierOutput.Features"/>.</summary>
    public static int FeatureCount => ClassifierNets.Features;

    /// <summary>Trains a classifier on labelled images or vectors.</summary>
    /// <param name="data">Examples with labels of at least 2 classes.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <param name="device">Where to train; the CPU by default.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="VaeException">The data have no labels of several classes, or an option is out of range.</exception>
    public static ImageClassifier Train(
        Dataset data, ClassifierOptions? options = null, Device? device = null, CancellationToken stop = default)
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
    /// <exception cref="VaeException">The data are empty or have another shape.</exception>
    public ClassifierOutput Classify(Dataset data)
    {
        if (data.Shape != Input)
            throw new VaeException($"data: must have the shape {Input} of the classifier's training data, got {data.Shape}");
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
        return new(
            NdArray.FromValues([.. probabilities], data.Count, Classes.Count), NdArray.FromValues([.. features], data.Count, FeatureCount));
    }

    /// <summary>Classifies generated images. Values outside [0, 1] are clipped, as in a picture of them.</summary>
    /// <param name="images">[N, ...] flat, N ≥ 1.</param>
    /// <exception cref="VaeException">A value is NaN, or there are no images.</exception>
    public ClassifierOutput Classify(float[] images)
    {
        if (Array.FindIndex(images, float.IsNaN) is >= 0 and var at)
            throw new VaeException($"images[{at}]: must be a number, got NaN");
        var clipped = Pixels.OfFloats(Array.ConvertAll(images, value => Math.Clamp(value, 0, 1)));
        return Classify(Dataset.Create("images", Input, clipped, ReadOnlyMemory<int>.Empty, []));
    }

    /// <summary>The fraction of a labelled data set that is classified correctly; in [0, 1].</summary>
    /// <exception cref="VaeException">The data have other classes, or none.</exception>
    public double Accuracy(Dataset data)
    {
        if (!data.Classes.SequenceEqual(Classes))
            throw new VaeException(
                $"data: must have the classes {string.Join(", ", Classes)}, "
                + $"got {(data.HasLabels ? string.Join(", ", data.Classes) : "none")}");
        var labels = data.Labels.ToArray();
        return Classify(data).Probabilities.ToArray().Chunk(Classes.Count)
            .Zip(labels, (row, label) => Array.IndexOf(row, row.Max()) == label).Average(right => right ? 1.0 : 0);
    }

    /// <inheritdoc/>
    public void Dispose() => net.Dispose();

    // Adam on the cross-entropy with a linearly decayed learning rate; all noise is keyed by the seed.
    private static void Train(LayerNet net, Dataset data, ClassifierOptions options, CancellationToken stop)
    {
        var train = new TrainSpec(
            options.Epochs, options.Batch, options.Seed, Optimizers.Adam(), Schedules.Constant(options.LearningRate),
            Clippings.None, Averagings.None, Stoppings.Never);
        var condition = Conditions.Label(data.Classes.Count);
        using var batches = new BatchSource(data, condition, Binarizations.None, options.Batch, options.Seed, net.Weights.Device);
        var steps = (double)(options.Epochs * batches.Batches);
        // Labels are one-hot rows, so the cross-entropy is their product with the log-probabilities.
        Fits.Minimize(net.Weights, train, batches,
            (x, labels) => F.log_softmax(net.Run(x), 1).mul(labels!).sum(1).mean().neg(),
            step => options.LearningRate * (1 - step / steps), stop);
    }

    private static void Check(Dataset data, ClassifierOptions options)
    {
        VaeException.Require(
            data.HasLabels && data.Classes.Count > 1, "data", "must have labels of at least 2 classes to train a classifier",
            data.Classes.Count);
        VaeException.Require(data.Count > 0, "data", "must have at least one example", "none");
        VaeException.Require(options.Epochs >= 1, "classifier.epochs", "must be at least 1", options.Epochs);
        VaeException.Require(options.Batch >= 1, "classifier.batch", "must be at least 1", options.Batch);
        VaeException.Require(
            options.LearningRate > 0 && double.IsFinite(options.LearningRate),
            "classifier.learningRate", "must be finite and above 0", options.LearningRate);
    }
}
