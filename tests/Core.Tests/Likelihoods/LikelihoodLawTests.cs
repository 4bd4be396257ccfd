using FsCheck.Xunit;

namespace Vae.Tests;

/// <summary>Every family is a density or a mass: it adds up to 1 over its support, and its mean is Σ x·p(x).</summary>
public class LikelihoodLawTests
{
    private const int Draws = 6;

    [Theory]
    [MemberData(nameof(SupportGrids.Supports), MemberType = typeof(SupportGrids))]
    public void ItAddsUpToOneAndItsMeanIsItsExpectation(string text, string support)
    {
        var likelihood = SupportGrids.Find(text);
        for (var seed = 0UL; seed < Draws; seed++)
        {
            var outputs = SupportGrids.Outputs(likelihood, support, 200 + seed);
            var mean = Likelihoods.Mean(likelihood, outputs, SupportGrids.State).Item;
            var grid = SupportGrids.Of(support, mean);
            var p = SupportGrids.Densities(likelihood, outputs, grid.Points);
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
            Likelihoods.NegLogDensity(SupportGrids.Find("negative-binomial"), logMeans, x, Families.Counts[0].State(x)),
            Likelihoods.NegLogDensity(
                SupportGrids.Find("zero-inflated"), NdArray.Concat(logMeans, none, 1), x, Families.Counts[0].State(x)), 1e-12);
    }

    [Fact]
    public void TheNegativeBinomialTendsToPoissonAtGreatDispersion()
    {
        NdArray logMeans = Noise.Normal(3, 5, 4), x = Families.Counts[0].Support(Noise.Normal(4, 5, 4));
        // The two differ by about ((x − μ)² − x) / 2r.
        Close(
            Likelihoods.NegLogDensity(SupportGrids.Find("poisson"), logMeans, x),
            Likelihoods.NegLogDensity(SupportGrids.Find("negative-binomial"), logMeans, x, new(_ => NdArray.Full(15, 4))), 1e-4);
    }

    [Fact]
    public void WithALibraryRatesAreSharesOfTheTotal()
    {
        NdArray outputs = Noise.Normal(3, 5, 4), x = Families.Counts[0].Support(Noise.Normal(4, 5, 4)) + 1;
        var shares = outputs - NdArray.Reshape(NdArray.LogSumExp(outputs, 1), 5, 1)
            + NdArray.Log(NdArray.Reshape(NdArray.SumEvent(x), 5, 1));
        foreach (var name in new[] { "poisson", "negative-binomial" })
            Close(Likelihoods.NegLogDensity(SupportGrids.Find(name), shares, x, Families.Counts[0].State(x)),
                Likelihoods.NegLogDensity(SupportGrids.Find($"{name}:library"), outputs, x, Families.Counts[0].State(x)), 1e-6);
        // The state has seen totals of 12 on average.
        Assert.All(NdArray.SumEvent(Likelihoods.Mean(SupportGrids.Find("poisson:library"), outputs, Families.Counts[0].State(x))).ToArray(),
            total => Assert.Equal(12, total, 1e-9));
    }

    private static void Close(NdArray expected, NdArray actual, double tolerance) =>
        Assert.All(expected.ToArray().Zip(actual.ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, tolerance * (1 + Math.Abs(pair.First))));
}
