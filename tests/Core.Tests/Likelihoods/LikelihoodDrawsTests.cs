namespace Vae.Tests;

/// <summary>Draws have the distribution that −ln p says.</summary>
public class LikelihoodDrawsTests
{
    private const int Count = 3000;

    // √n·D lies beyond it with a probability of 2·exp(−2·2.8²) = 3e-7.
    private const double MaxDistance = 2.8;

    public static TheoryData<string> All => [.. Families.All.Select(family => family.Text)];

    [Theory]
    [MemberData(nameof(SupportGrids.Supports), MemberType = typeof(SupportGrids))]
    public void DrawsHaveTheMeanAndTheVarianceOfTheFamily(string text, string support)
    {
        var (likelihood, outputs, draws) = Drawn(text, support);
        var mean = Likelihoods.Mean(likelihood, outputs, SupportGrids.State).Item;
        var grid = SupportGrids.Of(support, mean);
        var masses = SupportGrids.Densities(likelihood, outputs, grid.Points).Zip(grid.Weights, (density, weight) => density * weight);
        Noise.AssertMean(mean, draws);
        Noise.AssertMean(
            masses.Zip(grid.Points, (mass, x) => mass * (x - mean) * (x - mean)).Sum(), [.. draws.Select(x => (x - mean) * (x - mean))]);
    }

    [Theory]
    [MemberData(nameof(SupportGrids.Supports), MemberType = typeof(SupportGrids))]
    public void DrawsHaveTheDistributionOfTheFamily(string text, string support)
    {
        var (likelihood, outputs, draws) = Drawn(text, support);
        if (support is "reals" or "heavy" or "unit" or "beta" or "positive")
            AssertContinuous(likelihood, outputs, support, draws);
        else
            AssertDiscrete(likelihood, outputs, support, draws);
    }

    [Theory]
    [MemberData(nameof(SupportGrids.Supports), MemberType = typeof(SupportGrids))]
    public void NoValueHasAGreaterDensityThanTheMode(string text, string support)
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            var likelihood = SupportGrids.Find(text);
            var outputs = SupportGrids.Outputs(likelihood, support, 500 + seed);
            double[] points = SupportGrids.Of(support, Likelihoods.Mean(likelihood, outputs, SupportGrids.State).Item).Points;
            // The density of a beta, which reaches beyond 0 and 1, is not to be compared there.
            double[] within = support == "beta" ? [.. points.Where(x => x is >= 0 and <= 1)] : points;
            var greatest = SupportGrids.Densities(likelihood, outputs, within).Max();
            var mode = Likelihoods.Mode(likelihood, outputs, SupportGrids.State).Item;
            Assert.True(SupportGrids.Densities(likelihood, outputs, [mode])[0] >= greatest * (1 - 1e-6), $"{mode}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void DrawsAndModesHaveTheShapeOfTheMeanAndAreFinite(string text)
    {
        var family = Families.All.First(family => family.Text == text);
        foreach (var size in new[] { 0, 1, 100, 1e6 })
        {
            var (outputs, uniforms) = (size * Noise.Normal(7, 5, family.Outputs), Uniform(family.Likelihood, family.Input, 5));
            var state = family.State(outputs);
            foreach (var drawn in new[] {
                Likelihoods.Draw(family.Likelihood, outputs, uniforms, state), Likelihoods.Mode(family.Likelihood, outputs, state) })
            {
                Assert.Equal(Likelihoods.Mean(family.Likelihood, outputs, state).Dims, drawn.Dims);
                Assert.All(drawn.ToArray(), value => Assert.True(double.IsFinite(value)));
            }
        }
    }

    [Fact]
    public void ImagesAreDrawnValueByValue()
    {
        var image = Shape.Image(2, 3, 4);
        foreach (var text in new[] { "normal:learned", "beta", "categorical:3", "discretized-logistic:3:5", "poisson" })
        {
            var likelihood = SupportGrids.Find(text);
            var outputs = Noise.Normal(3, [5, .. likelihood.Formulas().Outputs(image).Dims]);
            var uniforms = Uniform(likelihood, image, 5);
            // As a vector, channels and pixels have the same order.
            Assert.Equal(
                Likelihoods.Draw(likelihood, Flat(outputs), Flat(uniforms)).ToArray(),
                Likelihoods.Draw(likelihood, outputs, uniforms).ToArray());
        }
    }

    [Fact]
    public void MaskedFamiliesDrawAllValues()
    {
        foreach (var family in Families.All.Where(family => family.Formulas.IsSeparable))
        {
            var (masked, outputs) = (Likelihoods.Masked(family.Likelihood), Noise.Normal(3, 5, family.Outputs));
            var uniforms = Uniform(masked, Shape.Vector(2 * Family.Values), 5);
            Assert.Equal(
                Likelihoods.Draw(family.Likelihood, outputs, uniforms, family.State(outputs)).ToArray(),
                Likelihoods.Draw(masked, outputs, uniforms, family.State(outputs)).ToArray());
        }
    }

    [Fact]
    public void ColumnsAreDrawnEachByItsOwnFamily()
    {
        var table = Likelihoods.OfColumns([Columns.Continuous(10, 3), Columns.Binary, Columns.Categorical(3), Columns.Count]);
        NdArray outputs = Noise.Normal(3, 5, 8), uniforms = Uniform(table, Shape.Vector(4), 5);
        var drawn = Likelihoods.Draw(table, outputs, uniforms);
        foreach (var (column, at, width, i) in new[] {
            (Columns.Continuous(10, 3), 0, 2, 0), (Columns.Binary, 2, 1, 1), (Columns.Categorical(3), 3, 3, 2), (Columns.Count, 6, 2, 3) })
            Assert.Equal(
                Likelihoods.Draw(Likelihoods.OfColumns([column]), NdArray.Slice(outputs, 1, at, width), NdArray.Slice(uniforms, 1, i, 1))
                    .ToArray(),
                NdArray.Slice(drawn, 1, i, 1).ToArray());
    }

    [Fact]
    public void ALikelihoodWithoutDrawsSaysSo()
    {
        var (cauchy, some) = (Likelihoods.Custom(new Cauchy(1)), NdArray.Full(0.5, 1, 1));
        Assert.Equal("likelihood: must implement ILikelihood.Draw to be drawn from, got cauchy",
            Assert.Throws<NotSupportedException>(() => Likelihoods.Draw(cauchy, some, some)).Message);
        Assert.Equal("likelihood: must implement ILikelihood.Mode to have a mode, got cauchy",
            Assert.Throws<NotSupportedException>(() => Likelihoods.Mode(cauchy, some)).Message);
    }

    private static (Likelihood Likelihood, NdArray Outputs, double[] Draws) Drawn(string text, string support)
    {
        var likelihood = SupportGrids.Find(text);
        var outputs = SupportGrids.Outputs(likelihood, support, 300);
        return (likelihood, outputs, Likelihoods.Draw(
            likelihood, NdArray.Full(1, Count, 1) * outputs, Uniform(likelihood, Shape.Vector(1), Count), SupportGrids.State).ToArray());
    }

    private static NdArray Uniform(Likelihood likelihood, Shape input, int count) =>
        Likelihoods.Uniforms(likelihood, input, count, KeyedRandom.FromSeed(77));

    private static NdArray Flat(NdArray x) => NdArray.Reshape(x, x.Dims[0], x.ToArray().Length / x.Dims[0]);

    private static void AssertContinuous(Likelihood likelihood, NdArray outputs, string support, double[] draws)
    {
        // The mass below the least draw, and trapezoids from there to the greatest.
        var (low, high) = (draws.Min(), draws.Max());
        var all = SupportGrids.Of(support, low);
        var below = SupportGrids.Densities(likelihood, outputs, all.Points).Zip(all.Weights, (density, weight) => density * weight)
            .Zip(all.Points).Where(pair => pair.Second < low).Sum(pair => pair.First);
        double[] points = [.. Enumerable.Range(0, 20_001).Select(i => low + (high - low) * i / 20_000)];
        var density = SupportGrids.Densities(likelihood, outputs, points);
        var cdf = new double[points.Length];
        cdf[0] = below;
        for (var i = 1; i < points.Length; i++)
            cdf[i] = cdf[i - 1] + 0.5 * (density[i - 1] + density[i]) * (points[i] - points[i - 1]);
        Assert.InRange(Noise.KolmogorovSmirnov(draws, x => cdf[(int)Math.Round((x - low) / (high - low) * 20_000)]), 0, MaxDistance);
    }

    private static void AssertDiscrete(Likelihood likelihood, NdArray outputs, string support, double[] draws)
    {
        var grid = SupportGrids.Of(support, 0);
        var masses = SupportGrids.Densities(likelihood, outputs, grid.Points);
        var places = grid.Points.Select((x, i) => (x, i)).ToDictionary(pair => Math.Round(pair.x, 9), pair => pair.i);
        var counts = new double[masses.Length];
        foreach (var draw in draws)
            counts[places[Math.Round(draw, 9)]]++;
        // Rare values share a cell.
        var rare = masses.Select(mass => mass * draws.Length < 8).ToArray();
        double statistic = 0, rareMass = 0, rareCount = 0;
        for (var i = 0; i < masses.Length; i++)
            if (rare[i])
                (rareMass, rareCount) = (rareMass + masses[i], rareCount + counts[i]);
            else
                statistic += Math.Pow(counts[i] - masses[i] * draws.Length, 2) / (masses[i] * draws.Length);
        if (rareMass * draws.Length >= 8)
            statistic += Math.Pow(rareCount - rareMass * draws.Length, 2) / (rareMass * draws.Length);
        // Wilson & Hilferty 1931, at 5.5 standard deviations.
        double freedom = Math.Max(1, rare.Count(few => !few)), spread = 2 / (9 * freedom);
        Assert.InRange(statistic, 0, freedom * Math.Pow(1 - spread + 5.5 * Math.Sqrt(spread), 3));
    }
}
