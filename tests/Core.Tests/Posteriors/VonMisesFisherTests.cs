namespace Vae.Tests;

public class VonMisesFisherTests
{
    private const int Draws = 2000;
    private static readonly Posterior Q = Posteriors.VonMisesFisher;
    private static readonly Prior P = Priors.Uniform(Supports.Sphere);

    public static TheoryData<Case> Cases =>
        [.. from size in new[] { 2, 3, 10 } from kappa in new[] { 0.05, 2, 60 } select new Case(size, kappa)];

    public static TheoryData<Case> Orders =>
        [.. from size in new[] { 2, 3, 4, 10, 41, 80 } from kappa in new[] { 0.05, 1, 8, 25, 60 } select new Case(size, kappa)];

    public sealed record Case(int Size, double Kappa);

    [Theory]
    [MemberData(nameof(Orders))]
    public void TheDivergenceIsThatOfTheSeries(Case at)
    {
        var (size, kappa) = at;
        var order = size / 2.0 - 1;
        double log = LogBessel(order, kappa), mean = Math.Exp(LogBessel(order + 1, kappa) - log);
        var expected = kappa * mean + order * Math.Log(kappa) - size / 2.0 * Math.Log(2 * Math.PI) - log + LogArea(size);
        Assert.Equal(expected, Kl(size, kappa), 1e-7 * (1 + kappa));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void DrawsLieOnTheSphereAroundTheirDirectionWithTheKnownMeanLength(Case at)
    {
        var (size, kappa) = at;
        var outputs = Outputs(size, kappa, Draws);
        var draw = Posteriors.Draw(Q, outputs, Noise.Normal(3, Draws, Q.Formulas().Noise(size)));
        var mu = Posteriors.Mean(Q, outputs);
        Assert.All(NdArray.Sum(NdArray.Square(draw.Z), 1).ToArray(), squares => Assert.Equal(1, squares, 1e-9));
        Noise.AssertMean(Math.Exp(LogBessel(size / 2.0, kappa) - LogBessel(size / 2.0 - 1, kappa)), NdArray.Sum(mu * draw.Z, 1).ToArray());
        var (z, variances) = (draw.Z.ToArray(), NdArray.Exp(Posteriors.LogVariance(Q, Outputs(size, kappa, 1))).ToArray());
        for (var k = 0; k < 2; k++)
        {
            var coordinate = Enumerable.Range(0, Draws).Select(n => z[n * size + k]).ToArray();
            var centre = coordinate.Average();
            Noise.AssertMean(variances[k], [.. coordinate.Select(value => (value - centre) * (value - centre))]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheDivergenceIsTheMeanOverDrawsAndNeverNegative(Case at)
    {
        var (size, kappa) = at;
        var outputs = Outputs(size, kappa, Draws);
        var draw = Posteriors.Draw(Q, outputs, Noise.Normal(4, Draws, Q.Formulas().Noise(size)));
        Noise.AssertMean(Kl(size, kappa), Divergences.MonteCarloKl(P, draw).ToArray());
        Assert.True(Kl(size, kappa) >= 0);
        Assert.Equal(Posteriors.LogDensity(Q, outputs, draw.Z)!.Value.ToArray(), draw.LogDensity.ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-9 * (1 + kappa));
    }

    // F(w) = (e^(κw) − e^(−κ)) / (e^κ − e^(−κ)) on the sphere in ℝ³; Kolmogorov's distance beyond 2.8 has a chance of 3e-7.
    [Theory]
    [InlineData(0.5)]
    [InlineData(7)]
    public void HeightsOnTheSphereOfThreeDimensionsHaveTheKnownDistribution(double kappa)
    {
        var outputs = Outputs(3, kappa, 2 * Draws);
        var draw = Posteriors.Draw(Q, outputs, Noise.Normal(6, 2 * Draws, Q.Formulas().Noise(3)));
        var heights = NdArray.Sum(Posteriors.Mean(Q, outputs) * draw.Z, 1).ToArray();
        Assert.InRange(Noise.KolmogorovSmirnov(
            heights, w => Math.Exp(kappa * (w - 1)) * (1 - Math.Exp(-kappa * (w + 1))) / (1 - Math.Exp(-2 * kappa))), 0, 2.8);
    }

    // dw/dκ at a fixed F of the same: w = 1 + ln(F + (1 − F) e^(−2κ)) / κ.
    [Theory]
    [InlineData(0.5)]
    [InlineData(7)]
    [InlineData(40)]
    public void ADrawMovesWithKappaAsItsQuantileDoes(double kappa)
    {
        var (heights, slopes) = Slopes(3, kappa, 200);
        for (var i = 0; i < heights.Length; i++)
        {
            var place = Math.Exp(kappa * (heights[i] - 1)) * (1 - Math.Exp(-kappa * (heights[i] + 1))) / (1 - Math.Exp(-2 * kappa));
            var inner = place + (1 - place) * Math.Exp(-2 * kappa);
            var slope = -Math.Log(inner) / (kappa * kappa) - 2 * (1 - place) * Math.Exp(-2 * kappa) / inner / kappa;
            Assert.Equal(slope, slopes[i], 1e-6);
        }
    }

    // dA/dκ = 1 − A² − (D − 1) A/κ.
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheMeanSlopeOfDrawsIsTheSlopeOfTheMean(Case at)
    {
        var (size, kappa) = at;
        var mean = Math.Exp(LogBessel(size / 2.0, kappa) - LogBessel(size / 2.0 - 1, kappa));
        Noise.AssertMean(1 - mean * mean - (size - 1) * mean / kappa, Slopes(size, kappa, Draws).Slopes);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void WithoutConcentrationItIsUniform(int size)
    {
        Assert.Equal(0, Kl(size, 1e-9), 1e-7);
        var z = Priors.Sample(P, Noise.Normal(9, 5, size));
        Assert.Equal(Priors.LogDensity(P, z).ToArray(), Posteriors.LogDensity(Q, Outputs(size, 1e-9, 5), z)!.Value.ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-7);
    }

    [Theory]
    [InlineData(2, 6.283185307179586)]
    [InlineData(3, 12.566370614359172)]
    [InlineData(4, 19.739208802178716)]
    public void TheUniformDensityIsOneOverTheArea(int size, double area) =>
        Assert.Equal(-Math.Log(area), Priors.LogDensity(P, Priors.Sample(P, Noise.Normal(1, 1, size))).Item, 1e-12);

    [Fact]
    public void ALargeConcentrationStaysFinite()
    {
        var outputs = Outputs(10, 1e6, 100);
        var draw = Posteriors.Draw(Q, outputs, Noise.Normal(2, 100, Q.Formulas().Noise(10)));
        Assert.All(draw.LogDensity.ToArray().Concat(draw.Z.ToArray()), value => Assert.True(double.IsFinite(value)));
        // Near the pole it is a normal distribution in the tangent plane: −(9/2) ln(2π/κ) less half of χ² with 9 degrees.
        Noise.AssertMean(4.5 * Math.Log(1e6 / (2 * Math.PI)) - 4.5, draw.LogDensity.ToArray());
    }

    private sealed record Moved(double[] Heights, double[] Slopes);

    private static Moved Slopes(int size, double kappa, int draws)
    {
        var outputs = Outputs(size, kappa, draws);
        // softplus has the slope 1 − e^(−κ) at κ.
        var along = NdArray.Concat(NdArray.Full(0, draws, size), NdArray.Full(1 / (1 - Math.Exp(-kappa)), draws, 1), 1);
        var z = Posteriors.Draw(Q, new Dual<NdArray>(outputs, along),
            Dual<NdArray>.Constant(Noise.Normal(8, draws, Q.Formulas().Noise(size)))).Z;
        var mu = Posteriors.Mean(Q, outputs);
        return new(NdArray.Sum(mu * z.Value, 1).ToArray(), NdArray.Sum(mu * z.Tangent, 1).ToArray());
    }

    private static double Kl(int size, double kappa) => Divergences.Kl(Q, P, Outputs(size, kappa, 1))!.Value.Item;

    // A direction of the length 3, and κ before softplus.
    private static NdArray Outputs(int size, double kappa, int rows)
    {
        var direction = Noise.Normal(1, 1, size).ToArray();
        return NdArray.Full(0, rows, size + 1)
            + NdArray.FromValues([.. direction, kappa > 30 ? kappa : Math.Log(Math.Exp(kappa) - 1)], 1, size + 1);
    }

    private static double LogArea(int size) => Math.Log(2) + size / 2.0 * Math.Log(Math.PI) - LogGamma(size / 2.0);

    /// <summary>ln I_ν(κ) by the terms of its series, (κ/2)^(2m + ν) / (m! Γ(m + ν + 1)).</summary>
    private static double LogBessel(double order, double kappa)
    {
        var (term, terms) = (order * Math.Log(kappa / 2) - LogGamma(order + 1), new List<double>());
        for (var m = 1; m <= 200; m++)
        {
            terms.Add(term);
            term += 2 * Math.Log(kappa / 2) - Math.Log(m) - Math.Log(m + order);
        }
        var max = terms.Max();
        return max + Math.Log(terms.Sum(t => Math.Exp(t - max)));
    }

    private static double LogGamma(double x) => x > 1 ? Math.Log(x - 1) + LogGamma(x - 1) : x == 1 ? 0 : x == 0.5 ? 0.5 * Math.Log(Math.PI)
        : throw new ArgumentException("x: must be a half or a whole number");
}
