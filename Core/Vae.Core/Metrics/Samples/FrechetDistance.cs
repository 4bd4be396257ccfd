namespace Vae;

/// <summary>
/// The Fréchet distance of two sets of features, as normals with their means and covariances: ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁ Σ₂)^½).
/// In the feature space of a classifier it is the metric of Heusel et al. 2017. Its value depends on the classifier and, for small sets,
/// on the number of features, so only values with the same classifier and number are comparable.
/// </summary>
internal static class FrechetDistance
{
    /// <summary>
    /// The distance of two sets of features, whose covariances have the divisor N − 1; in the square of the features' unit, ≥ 0.
    /// </summary>
    /// <param name="a">[N, F]; N ≥ 2.</param>
    /// <param name="b">[M, F]; M ≥ 2.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static double Between(NdArray a, NdArray b)
    {
        double[] first = PointClouds.Values(a, nameof(a), minCount: 2), second = PointClouds.Values(b, nameof(b), minCount: 2);
        var size = a.Dims[1];
        if (b.Dims[1] != size)
            throw new ArgumentException($"b: must have {size} dimensions, as many as a, got {b.Dims[1]}", nameof(b));
        double[] mean1 = PointClouds.Mean(first, size), mean2 = PointClouds.Mean(second, size);
        return BetweenNormals(
            mean1, PointClouds.Covariance(first, mean1, first.Length / size - 1),
            mean2, PointClouds.Covariance(second, mean2, second.Length / size - 1));
    }

    /// <summary>The distance of N(μ₁, Σ₁) and N(μ₂, Σ₂); ≥ 0; Dowson &amp; Landau 1982.</summary>
    /// <param name="mean1">μ₁; F values.</param>
    /// <param name="covariance1">Σ₁; [F, F].</param>
    /// <param name="mean2">μ₂; F values.</param>
    /// <param name="covariance2">Σ₂; [F, F].</param>
    public static double BetweenNormals(double[] mean1, NdArray covariance1, double[] mean2, NdArray covariance2)
    {
        // (Σ₁ Σ₂)^½ has the trace of (Σ₁^½ Σ₂ Σ₁^½)^½, which is symmetric and positive semidefinite.
        var root = SymmetricMatrices.SquareRoot(covariance1);
        var product = NdArray.MatMul(NdArray.MatMul(root, covariance2), root);
        var between = SymmetricMatrices.Eigen(product).Values.Sum(value => Math.Sqrt(Math.Max(value, 0)));
        return Math.Max(0, PointClouds.SquaredDistance(mean1, mean2) + Trace(covariance1) + Trace(covariance2) - 2 * between);
    }

    private static double Trace(NdArray matrix) => matrix.ToArray().Where((_, at) => at % (matrix.Dims[0] + 1) == 0).Sum();
}
