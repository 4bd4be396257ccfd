namespace Vae;

/// <summary>The moments of one dimension over many codes; 0, 1, 0 and 0 for N(0, 1).</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Variance">The variance, with the divisor N; ≥ 0.</param>
/// <param name="Skewness">The third standardized moment; 0 for a constant dimension.</param>
/// <param name="ExcessKurtosis">The fourth standardized moment minus 3, ≥ −2; 0 for a constant dimension.</param>
public sealed partial record CodeMoments(double Mean, double Variance, double Skewness, double ExcessKurtosis);

/// <summary>The moments of a set of codes: unconstrained for an autoencoder, near those of N(0, I) for a VAE.</summary>
/// <param name="Count">Number of codes.</param>
/// <param name="Dimensions">The moments of each dimension; D.</param>
/// <param name="Correlations">D · D values in [−1, 1], row-major; 1 on the diagonal, else 0 for a constant dimension.</param>
/// <param name="KlToStandardNormal">
/// KL to N(0, I) of the normal with the mean and full covariance of the codes; nats, ≥ 0; ∞ if the covariance is singular, as it is for
/// fewer than D + 1 codes.
/// </param>
public sealed partial record LatentCloud(
    int Count, ValueList<CodeMoments> Dimensions, ValueList<double> Correlations, double KlToStandardNormal)
{
    /// <summary>The largest absolute correlation of two different dimensions; in [0, 1].</summary>
    public double LargestCorrelation =>
        Correlations.Where((_, at) => at % (Dimensions.Count + 1) != 0).Select(Math.Abs).DefaultIfEmpty(0).Max();
}

/// <summary>Computes moments of sets of codes.</summary>
public static class LatentClouds
{
    /// <summary>The moments of codes, each with the divisor N.</summary>
    /// <param name="codes">[N, D]; N ≥ 1.</param>
    /// <exception cref="ArgumentException">The codes are not [N, D], or there are none.</exception>
    public static LatentCloud Moments(NdArray codes)
    {
        var values = PointClouds.Values(codes, nameof(codes), minCount: 1);
        var size = codes.Dims[1];
        var mean = PointClouds.Mean(values, size);
        var covariance = PointClouds.Covariance(values, mean, values.Length / size);
        var dimensions = Enumerable.Range(0, size).Select(k => Moments(values, k, size, mean[k]));
        return new(
            values.Length / size, ValueList.From(dimensions), Correlations(covariance.ToArray(), size),
            KlToStandardNormal(mean, covariance));
    }

    /// <summary>KL(N(mean, covariance) ‖ N(0, I)); nats, ≥ 0; ∞ for a singular covariance; Kullback 1959, chapter 9.</summary>
    /// <param name="mean">D values.</param>
    /// <param name="covariance">[D, D], symmetric and positive semidefinite.</param>
    public static double KlToStandardNormal(double[] mean, NdArray covariance)
    {
        var values = covariance.ToArray();
        var trace = mean.Select((_, k) => values[k * (mean.Length + 1)]).Sum();
        return Math.Max(0, 0.5 * (trace + mean.Sum(m => m * m) - mean.Length - SymmetricMatrices.LogDeterminant(covariance)));
    }

    private static CodeMoments Moments(double[] values, int dimension, int size, double mean)
    {
        double second = 0, third = 0, fourth = 0, count = values.Length / size;
        for (var at = dimension; at < values.Length; at += size)
        {
            var off = values[at] - mean;
            second += off * off / count;
            third += off * off * off / count;
            fourth += off * off * off * off / count;
        }
        return second > 0 ? new(mean, second, third / (second * Math.Sqrt(second)), fourth / (second * second) - 3) : new(mean, 0, 0, 0);
    }

    private static ValueList<double> Correlations(double[] covariance, int size)
    {
        var correlations = new double[size * size];
        for (var at = 0; at < correlations.Length; at++)
        {
            double first = covariance[at / size * (size + 1)], second = covariance[at % size * (size + 1)];
            correlations[at] = at % (size + 1) == 0 ? 1
                : first > 0 && second > 0 ? Math.Clamp(covariance[at] / Math.Sqrt(first * second), -1, 1) : 0;
        }
        return new(correlations);
    }
}
