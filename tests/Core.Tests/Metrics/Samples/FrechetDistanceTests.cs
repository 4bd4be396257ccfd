namespace Vae.Tests;

public class FrechetDistanceTests
{
    [Fact]
    public void CommutingCovariancesMeetTheClosedForm()
    {
        // Of one set of axes: ‖μ₁ − μ₂‖² + Σ (√a − √b)².
        double[] a = [4, 1, 0.25, 0], b = [1, 9, 0.25, 2], mean1 = [1, 2, 3, 4], mean2 = [1, 0, 3, 5];
        var axes = SymmetricMatrices.Eigen(Points.Covariance(4, 1)).Vectors;
        NdArray In(double[] variances) => Points.Product(axes, Points.Diagonal(variances), NdArray.Transpose(axes));
        Assert.Equal(5 + 1 + 4 + 0 + 2, FrechetDistance.BetweenNormals(mean1, Points.Diagonal(a), mean2, Points.Diagonal(b)), 1e-12);
        Assert.Equal(5 + 1 + 4 + 0 + 2, FrechetDistance.BetweenNormals(mean1, In(a), mean2, In(b)), 1e-6);
    }

    [Fact]
    public void CovariancesInThePlaneMeetTheClosedForm()
    {
        // For 2 × 2, tr (Σ₁ Σ₂)^½ = √(tr Σ₁Σ₂ + 2 √(det Σ₁ det Σ₂)), commuting or not.
        NdArray a = NdArray.FromValues([2, 0.9, 0.9, 1], 2, 2), b = NdArray.FromValues([1, -0.5, -0.5, 3], 2, 2);
        var product = NdArray.MatMul(a, b).ToArray();
        var root = Math.Sqrt(product[0] + product[3] + 2 * Math.Sqrt((2 - 0.81) * (3 - 0.25)));
        Assert.Equal(3 + 4 - 2 * root, FrechetDistance.BetweenNormals([0, 0], a, [0, 0], b), 1e-12);
    }

    [Fact]
    public void AShiftCostsItsSquare()
    {
        var features = NdArray.MatMul(Points.Normal(200, 6, 2), Points.Covariance(6, 3));
        Assert.Equal(6 * 0.49, FrechetDistance.Between(features, features + 0.7), 1e-9);
        Assert.Equal(0, FrechetDistance.Between(features, features), 1e-9);
    }

    [Fact]
    public void ItIsSymmetricAndNotNegative()
    {
        NdArray a = Points.Normal(40, 5, 4), b = NdArray.MatMul(Points.Normal(60, 5, 5), Points.Covariance(5, 6));
        var there = FrechetDistance.Between(a, b);
        Assert.True(there > 0);
        Assert.Equal(there, FrechetDistance.Between(b, a), 1e-9);
    }

    [Fact]
    public void FeaturesThatNeverFireAreAllowed()
    {
        var dead = NdArray.FromValues([.. Points.Normal(50, 3, 7).ToArray().Select((value, at) => at % 3 == 1 ? 0 : value)], 50, 3);
        Assert.Equal(3 * 0.25, FrechetDistance.Between(dead, dead + 0.5), 1e-9);
    }

    [Fact]
    public void CovariancesAreUnbiased() =>
        // −1, 1 has variance 2 and −3, 3 has 18: (√18 − √2)² = 8.
        Assert.Equal(8, FrechetDistance.Between(NdArray.FromValues([-1, 1], 2, 1), NdArray.FromValues([-3, 3], 2, 1)), 1e-12);
}
