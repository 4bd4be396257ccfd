using FsCheck.Xunit;

namespace Vae.Tests;

public class CodePenaltiesTests
{
    // Two columns without correlation, each of variance 1.
    private static readonly NdArray White = NdArray.FromValues([1, 1, 1, -1, -1, 1, -1, -1], 4, 2);

    [Fact]
    public void WhiteCodesCostNothing()
    {
        Assert.Equal(0, CodePenalties.Covariance(White + 3, 0 * White, 7, 5).Item, 1e-14);
        Assert.Equal(0, CodePenalties.Covariance(Math.Sqrt(0.5) * White, 0 * White + 0.5, 7, 5).Item, 1e-14);
    }

    [Property(Replay = "191,193")]
    public void CovariancesAreThoseOfLoops(ulong seed)
    {
        const int batch = 7, size = 3;
        NdArray codes = Noise.Normal(seed, batch, size), variances = NdArray.Square(Noise.Normal(seed + 1, batch, size));
        var (z, s) = (codes.ToArray().Chunk(size).ToArray(), variances.ToArray().Chunk(size).ToArray());
        double Mean(Func<int, double> of) => Enumerable.Range(0, batch).Average(of);
        var expected = 0.0;
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
            {
                var covariance = Mean(b => z[b][i] * z[b][j]) - Mean(b => z[b][i]) * Mean(b => z[b][j]) + (i == j ? Mean(b => s[b][i]) : 0);
                expected += i == j ? 5 * (covariance - 1) * (covariance - 1) : 2 * covariance * covariance;
            }
        Assert.Equal(expected, CodePenalties.Covariance(codes, variances, 2, 5).Item, 1e-10 * (1 + expected));
    }

    [Property(Replay = "191,195")]
    public void TheDiscrepancyIsTheMetric(ulong seed)
    {
        NdArray a = Noise.Normal(seed, 6, 2), b = Noise.Normal(seed + 1, 5, 2) + 0.5;
        // 2 σ² = s · 2 D and c = s · 2 D.
        Assert.Equal(MaximumMeanDiscrepancy.RadialBasis(a, b, Math.Sqrt(0.7 * 2)),
            CodePenalties.MeanDiscrepancy(a, b, Kernels.RadialBasis(0.7)).Item, 1e-12);
        Assert.Equal(
            MaximumMeanDiscrepancy.InverseMultiquadratic(a, b, 0.4) + MaximumMeanDiscrepancy.InverseMultiquadratic(a, b, 8),
            CodePenalties.MeanDiscrepancy(a, b, Kernels.InverseMultiquadratic([0.1, 2])).Item, 1e-12);
    }

    [Fact]
    public void DrawsOfOneDistributionHaveNoDiscrepancyOnAverage()
    {
        double[] Of(double shift) => [.. Enumerable.Range(0, 2000).Select(i => CodePenalties.MeanDiscrepancy(
            Noise.Normal((ulong)(2 * i), 8, 2), Noise.Normal((ulong)(2 * i + 1), 8, 2) + shift, Kernels.InverseMultiquadratic()).Item)];
        Noise.AssertMean(0, Of(0));
        Assert.Contains(Of(0), value => value < 0);
        var (mean, error) = Noise.Mean(Of(1));
        Assert.True(mean > Noise.Sigmas * error);
    }

    [Fact]
    public void ASingleCodeHasNoDiscrepancy() =>
        Assert.Equal(0, CodePenalties.MeanDiscrepancy(Noise.Normal(1, 1, 2), Noise.Normal(2, 1, 2), Kernels.RadialBasis()).Item);

    [Fact]
    public void ACodeCostsHalfItsSquare() =>
        Assert.Equal([12.5, 0.5], CodePenalties.HalfSquare(NdArray.FromValues([3, 4, 0, 1], 2, 2)).ToArray());
}
