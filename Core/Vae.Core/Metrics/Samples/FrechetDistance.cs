namespace Vae;

/// <summary>
/// How far two sets of features are apart, as normals of their means and covariances: ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁ Σ₂)^½).
/// In the feature space of a classifier, the figure of Heusel et al. 2017; its value depends on the classifier and, for few
/// features, on their number, so only figures of one classifier and one count compare.
/// </summary>
public static class FrechetDistance
{
    /// <summary>Between the normals that fit two sets of features, covariances divided by N − 1. [N, F], [M, F], N and M ≥ 2; the square of the features' unit, ≥ 0.</summary>
    public static double Between(NdArray a, NdArray b)
    {
        double[] first = PointClouds.Values(a, nameof(a), minCount: 2), second = PointClouds.Values(b, nameof(b), minCount: 2);
        var size = a.Dims[1];
        if (b.Dims[1] != size)
            throw new ArgumentException($"b: must have {size} dimensions as a has, got {b.Dims[1]}", nameof(b));
        double[] mean1 = PointClouds.Mean(first, size), mean2 = PointClouds.Mean(second, size);
        return BetweenNormals(
            mean1, PointClouds.Covariance(first, mean1, first.Length / size - 1),
            mean2, PointClouds.Covariance(second, mean2, second.Length / size - 1));
    }

    /// <summary>Between N(mean₁, covariance₁) and N(mean₂, covariance₂). F values, [F, F], twice; ≥ 0; Dowson &amp; Landau 1982.</summary>
    public static double BetweenNormals(double[] mean1, NdArray covariance1, double[] mean2, NdArray covariance2)
    {
        // (Σ₁ Σ₂)^½ has the trace of (Σ₁^½ Σ₂ Σ₁^½)^½, which is symmetric and positive semidefinite.
        var root = SymmetricMatrices.SquareRoot(covariance1);
        var between = SymmetricMatrices.Eigen(NdArray.MatMul(NdArray.MatMul(root, covariance2), root)).Values.Sum(value => Math.Sqrt(Math.Max(value, 0)));
        return Math.Max(0, PointClouds.SquaredDistance(mean1, mean2) + Trace(covariance1) + Trace(covariance2) - 2 * between);
    }

    private static double Trace(NdArray matrix) => matrix.ToArray().Where((_, at) => at % (matrix.Dims[0] + 1) == 0).Sum();
}
