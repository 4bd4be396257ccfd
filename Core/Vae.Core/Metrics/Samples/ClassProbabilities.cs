namespace Vae;

/// <summary>What a classifier's probabilities say about a set of pictures: each clear, and all kinds present.</summary>
internal static class ClassProbabilities
{
    /// <summary>The mean over pictures of the largest probability: 1 where every picture is clearly of one class. [N, C], N ≥ 1 → in [1/C, 1].</summary>
    public static double Confidence(NdArray probabilities) => Rows(probabilities).Average(row => row.Max());

    /// <summary>The entropy of the mean prediction: ln C where all classes are equally present, 0 where all pictures are of one. [N, C], N ≥ 1 → nats, in [0, ln C]; a part of the score of Salimans et al. 2016.</summary>
    public static double Balance(NdArray probabilities)
    {
        var mean = PointClouds.Mean(PointClouds.Values(probabilities, nameof(probabilities), minCount: 1), probabilities.Dims[1]);
        return Entropy(mean);
    }

    /// <summary>The mean entropy of a prediction: 0 where each is certain. [N, C], N ≥ 1 → nats, in [0, ln C]; at most <see cref="Balance"/>.</summary>
    public static double Uncertainty(NdArray probabilities) => Rows(probabilities).Average(Entropy);

    private static double Entropy(double[] probabilities) => Math.Max(0, -probabilities.Sum(p => p > 0 ? p * Math.Log(p) : 0));

    private static IEnumerable<double[]> Rows(NdArray probabilities) =>
        PointClouds.Values(probabilities, nameof(probabilities), minCount: 1).Chunk(probabilities.Dims[1]);
}
