namespace Vae;

/// <summary>The sufficient statistics of an expectation–maximization step; those of two sets of codes add up.</summary>
/// <param name="Counts">Σ rₖ, [K].</param>
/// <param name="Sums">Σ rₖ z, [K, D].</param>
/// <param name="Products">Σ rₖ z zᵀ, [K, D · D].</param>
/// <param name="LogLikelihood">Σ ln p(z), [1]; nats.</param>
internal readonly record struct MixtureMoments<T>(T Counts, T Sums, T Products, T LogLikelihood) where T : struct, ITensor<T>;

/// <summary>
/// Fits mixtures of normal distributions to codes by expectation–maximization; Dempster et al. 1977, Bishop 2006, section 9.2.
/// </summary>
internal static class MixtureFits
{
    // A fraction of the mean variance: a component thinner than this lies in a plane and has no density in D dimensions.
    private const double MinVariance = 1e-6;
    private const double MinVarianceOfConstants = 1e-12;
    private const double MinCount = 1e-10;
    private const int Rounds = 5;

    /// <summary>
    /// The lower bound of a component's variance in any direction, for codes [N, D]: components have a density even if codes are
    /// constant; &gt; 0.
    /// </summary>
    public static double VarianceFloor(NdArray codes)
    {
        var (values, size) = (PointClouds.Values(codes, nameof(codes), minCount: 1), codes.Dims[1]);
        var mean = PointClouds.Mean(values, size);
        return Math.Max(
            MinVariance * values.Select((value, at) => (value - mean[at % size]) * (value - mean[at % size])).Average(),
            MinVarianceOfConstants);
    }

    /// <summary>
    /// The initial mixture: the centres of k-means, seeded by k-means++ (Arthur &amp; Vassilvitskii 2007), all with the covariance
    /// within clusters. Codes [N, D]; N ≥ K.
    /// </summary>
    public static NormalMixture Start(NdArray codes, int components, KeyedRandom random)
    {
        var (values, size) = (PointClouds.Values(codes, nameof(codes), components), codes.Dims[1]);
        var centres = KMeans.Seeds(values, size, components, random);
        for (var round = 0; round < Rounds; round++)
            centres = KMeans.Centres(values, size, centres, KMeans.Nearest(values, size, centres));
        var clusters = KMeans.Nearest(values, size, centres);
        double[] within = [.. values.Select((value, at) => value - centres[clusters[at / size] * size + at % size])];
        var covariance = PointClouds.Covariance(within, new double[size], clusters.Length);
        var factor = SymmetricMatrices.Cholesky(SymmetricMatrices.Raised(covariance, VarianceFloor(codes)))!.Value.ToArray();
        double[] counts = [.. Enumerable.Range(0, components).Select(k => Math.Max(clusters.Count(cluster => cluster == k), 1.0))];
        return new(
            ValueList.From(counts.Select(count => Math.Log(count / counts.Sum()))), ValueList.From(centres),
            ValueList.From(Enumerable.Repeat(factor, components).SelectMany(values => values)));
    }

    /// <summary>The expectation step: the statistics of codes. z [B, D].</summary>
    public static MixtureMoments<T> Moments<T>(NormalMixture mixture, T z) where T : struct, ITensor<T>
    {
        var ((of, density), size) = (NormalMixtures.Explained(mixture, z), mixture.Size);
        T Product(int k) => T.Reshape(T.MatMul(T.Transpose(T.Slice(of, 1, k, 1) * z), z), 1, size * size);
        var products = Enumerable.Range(1, mixture.Components - 1).Aggregate(Product(0), (all, k) => T.Concat(all, Product(k), 0));
        return new(T.Sum(of, 0), T.MatMul(T.Transpose(of), z), products, T.Reshape(T.Sum(density, 0), 1));
    }

    /// <summary>
    /// The maximization step: the mixture of maximum likelihood for these statistics, with no variance below the floor; a component
    /// without codes is unchanged.
    /// </summary>
    public static NormalMixture Maximum(MixtureMoments<NdArray> moments, NormalMixture before, double floor)
    {
        var counts = moments.Counts.ToArray();
        var size = before.Size;
        var total = counts.Sum();
        var parts = counts.Select((count, k) => count > MinCount
            ? Component(
                NdArray.Slice(moments.Sums, 0, k, 1) / count,
                NdArray.Reshape(NdArray.Slice(moments.Products, 0, k, 1), size, size) / count, floor)
            : new([.. before.Means.Skip(k * size).Take(size)], [.. before.Factors.Skip(k * size * size).Take(size * size)])).ToList();
        return new(
            ValueList.From(counts.Select(count => Math.Log(Math.Max(count, MinCount) / total))),
            ValueList.From(parts.SelectMany(part => part.Mean)), ValueList.From(parts.SelectMany(part => part.Factor)));
    }

    private sealed record Normal(double[] Mean, double[] Factor);

    // Among normals with no variance below the floor, the maximum likelihood is at the covariance with its eigenvalues raised to it.
    private static Normal Component(NdArray mean, NdArray second, double floor)
    {
        var covariance = second - NdArray.MatMul(NdArray.Transpose(mean), mean);
        return new(mean.ToArray(), SymmetricMatrices.Cholesky(SymmetricMatrices.Raised(covariance, floor))!.Value.ToArray());
    }
}
