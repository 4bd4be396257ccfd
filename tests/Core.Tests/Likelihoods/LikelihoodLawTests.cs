using FsCheck.Xunit;

namespace Vae.Tests;

/// <summary>Every family is a density or a mass: it adds up to 1 over its support, and its mean is Σ x·p(x).</summary>
public class LikelihoodLawTests
{
    private const int Draws = 6;

    // Points and weights of an integral, or the values of a sum with weight 1.
    private sealed record Grid(double[] Points, double[] Weights);

    public static TheoryData<string, string> Supports => new()
    {
        { "normal:0.3", "reals" }, { "normal:learned", "reals" }, { "normal:shared", "reals" }, { "normal:optimal", "reals" },
        { "laplace", "reals" }, { "laplace:learned", "reals" }, { "laplace:shared", "reals" }, { "laplace:optimal", "reals" },
        { "columns:continuous", "reals" }, { "beta", "beta" }, { "continuous-bernoulli", "unit" }, { "bernoulli", "2" },
        { "categorical:2", "2" }, { "categorical:7", "7" }, { "categorical", "256" },
        { "discretized-logistic:1:2", "2" }, { "discretized-logistic:1:7", "7" }, { "discretized-logistic", "256" },
        { "discretized-logistic:4", "256" },
        { "poisson", "counts" }, { "negative-binomial", "counts" }, { "zero-inflated", "counts" },
        { "columns:count", "counts" }, { "columns:binary", "2" }, { "columns:categorical-5", "classes" },
    };

    [Theory]
    [MemberData(nameof(Supports))]
    public void ItAddsUpToOneAndItsMeanIsItsExpectation(string text, string support)
    {
        var likelihood = Find(text);
        var width = likelihood.Formulas().Outputs(Shape.Vector(1)).Channels;
        for (var seed = 0UL; seed < Draws; seed++)
        {
            // A beta density with poles is for other rules of integration.
            var outputs = Noise.Normal(200 + seed, 1, width);
            outputs = support == "beta" ? NdArray.Abs(outputs) : outputs;
            var mean = Likelihoods.Mean(likelihood, outputs, State).Item;
            var grid = SupportGrid(support, mean);
            var p = Densities(likelihood, outputs, grid.Points);
            Assert.Equal(1, p.Zip(grid.Weights, (density, weight) => density * weight).Sum(), 1e-9);
            Assert.Equal(mean, p.Zip(grid.Weights, (density, weight) => density * weight).Zip(grid.Points, (mass, x) => mass * x).Sum(),
                1e-8 * (1 + Math.Abs(mean)));
        }
    }

    [Property(Replay = "191,193", MaxTest = 30)]
    public void MaskedWithAllKnownIsThePlainFamily(ulong seed)
    {
        foreach (var family in Families.Images.Concat(Families.Tables).Where(family => family.Formulas.IsSeparable))
        {
            NdArray outputs = Noise.Normal(seed, 5, family.Outputs), x = family.Support(Noise.Normal(seed + 1, 5, Family.Values));
            var all = NdArray.Concat(x, NdArray.Full(1, 5, Family.Values), 1);
            var masked = Likelihoods.Masked(family.Likelihood);
            Assert.Equal(
                Likelihoods.NegLogDensity(family.Likelihood, outputs, x, family.State(x)).ToArray(),
                Likelihoods.NegLogDensity(masked, outputs, all, family.State(x)).ToArray());
            Assert.Equal(Likelihoods.Mean(family.Likelihood, outputs, family.State(x)).ToArray(),
                Likelihoods.Mean(masked, outputs, family.State(x)).ToArray());
        }
    }

    [Property(Replay = "191,195", MaxTest = 30)]
    public void WhatIsNotKnownIsNotLookedAt(ulong seed)
    {
        foreach (var family in Families.Masked)
        {
            var (outputs, x) = (Noise.Normal(seed, 5, family.Outputs), family.Support(Noise.Normal(seed + 1, 5, Family.Values)));
            var other = NdArray.Slice(x, 1, 0, Family.Values) + NdArray.FromValues([0, 1, 0, 0], 1, Family.Values);
            var changed = NdArray.Concat(other, NdArray.Slice(x, 1, Family.Values, Family.Values), 1);
            Assert.Equal(
                Likelihoods.NegLogDensity(family.Likelihood, outputs, x, family.State(x)).ToArray(),
                Likelihoods.NegLogDensity(family.Likelihood, outputs, changed, family.State(x)).ToArray());
            Assert.Equal(family.Formulas.ForEncoder(x).ToArray(), family.Formulas.ForEncoder(changed).ToArray());
        }
    }

    [Fact]
    public void WithoutFurtherZerosItIsTheNegativeBinomial()
    {
        NdArray logMeans = Noise.Normal(3, 5, 4), x = Families.Counts[0].Support(Noise.Normal(4, 5, 4)), none = NdArray.Full(-60, 5, 4);
        Close(
            Likelihoods.NegLogDensity(Find("negative-binomial"), logMeans, x, Families.Counts[0].State(x)),
            Likelihoods.NegLogDensity(Find("zero-inflated"), NdArray.Concat(logMeans, none, 1), x, Families.Counts[0].State(x)), 1e-12);
    }

    [Fact]
    public void TheNegativeBinomialTendsToPoissonAtGreatDispersion()
    {
        NdArray logMeans = Noise.Normal(3, 5, 4), x = Families.Counts[0].Support(Noise.Normal(4, 5, 4));
        // The two differ by about ((x − μ)² − x) / 2r.
        Close(
            Likelihoods.NegLogDensity(Find("poisson"), logMeans, x),
            Likelihoods.NegLogDensity(Find("negative-binomial"), logMeans, x, new(_ => NdArray.Full(15, 4))), 1e-4);
    }

    [Fact]
    public void WithALibraryRatesAreSharesOfTheTotal()
    {
        NdArray outputs = Noise.Normal(3, 5, 4), x = Families.Counts[0].Support(Noise.Normal(4, 5, 4)) + 1;
        var shares = outputs - NdArray.Reshape(NdArray.LogSumExp(outputs, 1), 5, 1)
            + NdArray.Log(NdArray.Reshape(NdArray.SumEvent(x), 5, 1));
        foreach (var name in new[] { "poisson", "negative-binomial" })
            Close(Likelihoods.NegLogDensity(Find(name), shares, x, Families.Counts[0].State(x)),
                Likelihoods.NegLogDensity(Find($"{name}:library"), outputs, x, Families.Counts[0].State(x)), 1e-6);
        // The state has seen totals of 12 on average.
        Assert.All(NdArray.SumEvent(Likelihoods.Mean(Find("poisson:library"), outputs, Families.Counts[0].State(x))).ToArray(),
            total => Assert.Equal(12, total, 1e-9));
    }

    private static PartState<NdArray> State { get; } = new(name => name switch
    {
        "logScale" => NdArray.Full(0.4, 1),
        "spread" => NdArray.FromValues([0.6, 0.5], 2),
        _ => NdArray.Full(-0.3, 1),
    });

    private static Likelihood Find(string text) =>
        SpecText.Likelihood(text).Match(found => found, problems => throw new ArgumentException($"{problems}"));

    private static double[] Densities(Likelihood likelihood, NdArray outputs, double[] x) => NdArray.Exp(-Likelihoods.NegLogDensity(
        likelihood, NdArray.Full(1, x.Length, 1) * outputs, NdArray.FromValues(x, x.Length, 1), State)).ToArray();

    private static Grid SupportGrid(string support, double mean)
    {
        const double margin = 1.0 / 512;
        return support switch
        {
            "reals" => Joined(Between(mean - 400, mean), Between(mean, mean + 400)),
            "beta" => Between(-margin / (1 - 2 * margin), 1 + margin / (1 - 2 * margin)),
            "unit" => Between(0, 1),
            "counts" => Sum(4000, 1),
            "classes" => Sum(5, 1),
            _ => int.Parse(support) is var levels ? Sum(levels, 1 / (levels - 1.0)) : throw new ArgumentException(support),
        };
    }

    private static Grid Sum(int count, double step) =>
        new([.. Enumerable.Range(0, count).Select(k => k * step)], [.. Enumerable.Repeat(1.0, count)]);

    private static Grid Joined(Grid a, Grid b) => new([.. a.Points, .. b.Points], [.. a.Weights, .. b.Weights]);

    // Takahasi & Mori 1974: points crowd at both ends, so kinks and narrow peaks there do no harm.
    private static Grid Between(double low, double high)
    {
        double[] t = [.. Enumerable.Range(-384, 769).Select(i => i / 128.0)];
        double Inner(double s) => Math.PI / 2 * Math.Sinh(s);
        return new(
            [.. t.Select(s => s < 0 ? low + (high - low) / (1 + Math.Exp(-2 * Inner(s)))
                : high - (high - low) / (1 + Math.Exp(2 * Inner(s))))],
            [.. t.Select(s => (high - low) / 2 * Math.PI / 2 * Math.Cosh(s) / Math.Pow(Math.Cosh(Inner(s)), 2) / 128)]);
    }

    private static void Close(NdArray expected, NdArray actual, double tolerance) =>
        Assert.All(expected.ToArray().Zip(actual.ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, tolerance * (1 + Math.Abs(pair.First))));
}
