namespace Vae;

/// <summary>The quality and diversity of generated images, from the class probabilities of a classifier.</summary>
internal static class ClassProbabilities
{
    /// <summary>
    /// The mean over images of the largest probability; 1 if every image clearly belongs to one class. [N, C], N ≥ 1 → in [1/C, 1].
    /// </summary>
    public static double Confidence(NdArray probabilities) => Rows(probabilities).Average(row => row.Max());

    /// <summary>
    /// The entropy of the mean prediction: ln C if all classes are equally frequent, 0 if there is one class. [N, C], N ≥ 1 → nats,
    /// in [0, ln C]; part of the inception score of Salimans et al. 2016.
    /// </summary>
    public static double Balance(NdArray probabilities)
    {
        var mean = PointClouds.Mean(PointClouds.Values(probabilities, nameof(probabilities), minCount: 1), probabilities.Dims[1]);
        return Entropy(mean);
    }

    /// <summary>
    /// The mean entropy of the predictions; 0 if each is certain. [N, C], N ≥ 1 → nats, in [0, ln C]; at most <see cref="Balance"/>.
    /// </summary>
    public static double Uncertainty(NdArray probabilities) => Rows(probabilities).Average(Entropy);

    private static double Entropy(double[] probabilities) => Math.Max(0, -probabilities.Sum(p => p > 0 ? p * Math.Log(p) : 0));

    private static IEnumerable<double[]> Rows(NdArray probabilities) =>
        PointClouds.Values(probabilities, nameof(probabilities), minCount: 1).Chunk(probabilities.Dims[1]);
}
