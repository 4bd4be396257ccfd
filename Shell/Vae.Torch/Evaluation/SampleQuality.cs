namespace Vae.Torch;

/// <summary>How good a set of pictures is, as a classifier of real ones sees it.</summary>
/// <param name="Count">Pictures.</param>
/// <param name="Confidence">The mean of the largest probability, in [1/C, 1]: real pictures are clearly of one class.</param>
/// <param name="Balance">The entropy of the mean prediction in nats, ln C where all classes are equally present.</param>
/// <param name="Uncertainty">The mean entropy of a prediction in nats, 0 where each is certain.</param>
/// <param name="FrechetDistance">To real examples in the space of the classifier's features, ≥ 0. Compares only with figures of the same classifier and about as many pictures.</param>
public sealed record SampleQuality(int Count, double Confidence, double Balance, double Uncertainty, double FrechetDistance);

/// <summary>Measures the quality of pictures.</summary>
internal static class SampleQualities
{
    /// <summary>Of pictures, such as a model's draws or reconstructions, against real examples, such as a test set: N ≥ 2 of each. [N, ...] flat; in [0, 1].</summary>
    public static SampleQuality Measure(ImageClassifier classifier, float[] images, Dataset real) => Measure(classifier.Classify(images), classifier.Classify(real));

    /// <summary>The same for what one classifier has said of both, so that the real examples are classified once for many sets. What real examples themselves reach is the mark to compare with.</summary>
    public static SampleQuality Measure(ClassifierOutput images, ClassifierOutput real)
    {
        if (images.Features.Dims[0] < 2 || real.Features.Dims[0] < 2)
            throw new VaeException($"images: must be at least 2, and as many real examples, to have a covariance, got {images.Features.Dims[0]} and {real.Features.Dims[0]}");
        return new(
            images.Probabilities.Dims[0], ClassProbabilities.Confidence(images.Probabilities), ClassProbabilities.Balance(images.Probabilities),
            ClassProbabilities.Uncertainty(images.Probabilities), Vae.FrechetDistance.Between(images.Features, real.Features));
    }
}
