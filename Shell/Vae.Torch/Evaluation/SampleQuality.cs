namespace Vae.Torch;

/// <summary>The quality of a set of images, as rated by an evaluation classifier.</summary>
/// <param name="Count">Number of images.</param>
/// <param name="Confidence">Mean of the largest class probability; in [1/C, 1]. Real images are clearly of one class.</param>
/// <param name="Balance">Entropy of the mean prediction; nats, in [0, ln C]. It is ln C if all classes are equally frequent.</param>
/// <param name="Uncertainty">Mean entropy of the predictions; nats, in [0, ln C]. It is 0 if every prediction is certain.</param>
/// <param name="FrechetDistance">
/// Fréchet distance to real examples in the classifier's features; ≥ 0. Comparable only with the same classifier and a similar
/// number of images.
/// </param>
public sealed record SampleQuality(int Count, double Confidence, double Balance, double Uncertainty, double FrechetDistance);

/// <summary>Measures the quality of generated images.</summary>
internal static class SampleQualities
{
    /// <summary>Measures generated images against real examples, at least 2 of each.</summary>
    /// <param name="classifier">The evaluation classifier.</param>
    /// <param name="images">[N, ...] flat; values in [0, 1].</param>
    /// <param name="real">Real examples, such as a test set.</param>
    /// <exception cref="VaeException">There are fewer than 2 images or real examples.</exception>
    public static SampleQuality Measure(ImageClassifier classifier, float[] images, Dataset real) =>
        Measure(classifier.Classify(images), classifier.Classify(real));

    /// <summary>Measures images that are classified already, so that many sets share one classification of real examples.</summary>
    /// <param name="images">Outputs for the images to rate; the quality of real images is the reference value.</param>
    /// <param name="real">Outputs of the same classifier for real examples.</param>
    /// <exception cref="VaeException">There are fewer than 2 images or real examples.</exception>
    public static SampleQuality Measure(ClassifierOutput images, ClassifierOutput real)
    {
        if (images.Features.Dims[0] < 2 || real.Features.Dims[0] < 2)
            throw new VaeException(
                "images: must be at least 2, with at least 2 real examples, to have a covariance, "
                + $"got {images.Features.Dims[0]} and {real.Features.Dims[0]}");
        var probabilities = images.Probabilities;
        return new(
            probabilities.Dims[0], ClassProbabilities.Confidence(probabilities), ClassProbabilities.Balance(probabilities),
            ClassProbabilities.Uncertainty(probabilities), Vae.FrechetDistance.Between(images.Features, real.Features));
    }
}
