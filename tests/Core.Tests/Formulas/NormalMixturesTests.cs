using FsCheck.Xunit;

namespace Vae.Tests;

public class NormalMixturesTests
{
    private const int Draws = 20_000;

    // Covariances [[1, 0.6], [0.6, 2]] and [[0.5, 0], [0, 0.1]].
    private static readonly NormalMixture Two = new(
        [Math.Log(0.3), Math.Log(0.7)], [-2, 1, 3, 0], [1, 0, 0.6, Math.Sqrt(1.64), Math.Sqrt(0.5), 0, 0, Math.Sqrt(0.1)]);

    [Property(Replay = "251,253")]
    public void WithDiagonalFactorsItIsTheMixtureOfDiagonalNormals(ulong seed)
    {
        NdArray z = Noise.Normal(seed, 3, 2), weights = Noise.Normal(seed + 1, 3), means = Noise.Normal(seed + 2, 3, 2),
            logVariances = Noise.Normal(seed + 3, 3, 2);
        var total = NdArray.LogSumExp(weights, 0).Item;
        var deviations = NdArray.Exp(0.5 * logVariances).ToArray().Chunk(2);
        var full = new NormalMixture(ValueList.From(weights.ToArray().Select(w => w - total)), ValueList.From(means.ToArray()),
            ValueList.From(deviations.SelectMany(d => new[] { d[0], 0, 0, d[1] })));
        var diagonal = new PartState<NdArray>(name => name switch { "weights" => weights, "means" => means, _ => logVariances });
        Close(Priors.LogDensity(Priors.Mixture(3), z, diagonal), NormalMixtures.LogDensity(full, z));
        var noise = Noise.Normal(seed + 4, 5, 8);
        Close(Priors.Sample(Priors.Mixture(3), noise, diagonal), NormalMixtures.Sample(full, noise));
    }

    // By hand: (z − μ)ᵀ Σ⁻¹ (z − μ) and the determinant of 2 × 2 matrices.
    [Fact]
    public void ItsDensityIsThatOfTheFormula()
    {
        double Normal(double x, double y, double xx, double xy, double yy) =>
            Math.Exp(-0.5 * (yy * x * x - 2 * xy * x * y + xx * y * y) / (xx * yy - xy * xy)) / (
                2 * Math.PI * Math.Sqrt(xx * yy - xy * xy));
        var expected = 0.3 * Normal(2.5, -0.2, 1, 0.6, 2) + 0.7 * Normal(-2.5, 0.8, 0.5, 0, 0.1);
        Assert.Equal(Math.Log(expected), NormalMixtures.LogDensity(Two, NdArray.FromValues([0.5, 0.8], 1, 2)).Item, 1e-12);
    }

    [Fact]
    public void ItsDensityIntegratesToOne()
    {
        const int side = 160;
        const double step = 0.1;
        var grid = NdArray.FromValues([.. Enumerable.Range(0, side * side)
            .SelectMany(i => new[] { (i / side - side / 2) * step, (i % side - side / 2) * step })], side * side, 2);
        Assert.Equal(1, NormalMixtures.LogDensity(Two, grid).ToArray().Sum(Math.Exp) * step * step, 1e-6);
    }

    [Fact]
    public void DrawsHaveItsMoments()
    {
        var z = NormalMixtures.Sample(Two, Noise.Normal(5, Draws, NormalMixtures.Noise(Two))).ToArray().Chunk(2).ToArray();
        Noise.AssertMean(0.3 * -2 + 0.7 * 3, [.. z.Select(x => x[0])]);
        Noise.AssertMean(0.3 * (4 + 1) + 0.7 * (9 + 0.5), [.. z.Select(x => x[0] * x[0])]);
        Noise.AssertMean(0.3 * (1 + 2) + 0.7 * 0.1, [.. z.Select(x => x[1] * x[1])]);
        Noise.AssertMean(0.3 * (-2 + 0.6), [.. z.Select(x => x[0] * x[1])]);
    }

    [Property(Replay = "251,255")]
    public void ResponsibilitiesSumToOneHoweverFarACodeIs(ulong seed)
    {
        var of = NormalMixtures.Responsibilities(Two, 100.0 * Noise.Normal(seed, 4, 2));
        Assert.All(NdArray.Sum(of, 1).ToArray(), sum => Assert.Equal(1, sum, 1e-12));
        Assert.All(of.ToArray(), part => Assert.InRange(part, 0, 1));
    }

    [Fact]
    public void AClassIsDrawnAsOftenAsItsLogitImplies()
    {
        var drawn = Reparameterizations.Categorical(NdArray.FromValues([.. new[] { 0.2, 0.5, 0.3 }.Select(p => Math.Log(p) + 2)], 1, 3),
            Noise.Normal(7, Draws, 6)).ToArray().Chunk(3).ToArray();
        Assert.All(drawn, hot => Assert.Equal(1, hot.Sum()));
        foreach (var (p, k) in new[] { 0.2, 0.5, 0.3 }.Select((p, k) => (p, k)))
            Noise.AssertMean(p, [.. drawn.Select(hot => hot[k])]);
    }

    private static void Close(NdArray expected, NdArray actual) =>
        Assert.Equal(expected.ToArray(), actual.ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
}
