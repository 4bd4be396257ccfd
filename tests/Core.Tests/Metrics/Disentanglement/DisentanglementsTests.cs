namespace Vae.Tests;

public class DisentanglementsTests
{
    private static readonly ValueList<KnownFactor> Factors = FactorSamples.Grid;

    [Fact]
    public void OneDimensionForEachFactorReachesOneByEveryMeasure()
    {
        var scores = Disentanglements.Compute(FactorSamples.Perfect(Factors), Factors);
        Assert.All(All(scores), score => Assert.InRange(score, 1 - 1e-9, 1 + 1e-9));
    }

    [Fact]
    public void TheOrderTheScaleAndTheSignOfDimensionsDoNotMatter()
    {
        // Factors mixed with noise: no score is at either end.
        var codes = FactorSamples.Perfect(Factors) + 1.5 * FactorSamples.Noise(FactorSamples.Count, 4, 3);
        double[] before = All(Disentanglements.Compute(codes, Factors)), after = All(Disentanglements.Compute(
            FactorSamples.Rearranged(codes, [2, 0, 3, 1], [4, 0.25, 64, 2]), Factors));
        Assert.All(before, score => Assert.InRange(score, 0.02, 0.999));
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 2e-3));
        var turned = All(Disentanglements.Compute(-codes, Factors));
        // A value on the edge of two bins falls into the other one.
        Assert.All(before.Zip(turned), pair => Assert.Equal(pair.First, pair.Second, 0.02));
    }

    [Fact]
    public void ADimensionOfNoiseBesideThoseOfFactorsCostsLittle()
    {
        var factors = FactorSamples.Repeated(4);
        var noise = FactorSamples.Noise(4 * FactorSamples.Count, 1).ToArray();
        var codes = FactorSamples.Fill(noise.Length, 5, (n, d) => d == 4 ? noise[n] : factors[d].Values[n]);
        var scores = Disentanglements.Compute(codes, factors);
        Assert.All(new[] { scores.Mig, scores.Sap, scores.Disentanglement, scores.Completeness, scores.Informativeness, scores.FactorVae,
            scores.BetaVae },
            score => Assert.InRange(score, 0.97, 1));
        // These count every dimension alike, and one of five is of no factor.
        Assert.InRange(scores.Irs, 0.8, 0.85);
        Assert.InRange(scores.Modularity, 0.9, 0.98);
    }

    [Fact]
    public void NoiseReachesNothingOrWhatGuessingReaches()
    {
        var factors = FactorSamples.Repeated(4);
        var scores = Disentanglements.Compute(FactorSamples.Noise(4 * FactorSamples.Count, 6), factors);
        Assert.All(new[] { scores.Mig, scores.Sap, scores.Informativeness }, score => Assert.InRange(score, 0, 0.02));
        Assert.All(new[] { scores.Disentanglement, scores.Completeness, scores.Irs }, score => Assert.InRange(score, 0, 0.1));
        // What counting finds in noise grows with the values that a factor takes, here 3 to 10.
        Assert.InRange(scores.Modularity, 0, 0.8);
        // 800 votes of which a quarter is right by chance: five deviations are 0.077.
        Assert.All(new[] { scores.FactorVae, scores.BetaVae }, score => Assert.InRange(score, 0.25 - 0.077, 0.25 + 0.077));
    }

    [Fact]
    public void ATurnedCodeScoresLessThanOneAlongItsFactors()
    {
        var factors = ValueList.From(Factors.Skip(1));
        var perfect = FactorSamples.Fill(FactorSamples.Count, 3, (n, d) => factors[d].Values[n] / (double)FactorSamples.Sizes[d + 1]);
        var turned = NdArray.MatMul(perfect, SymmetricMatrices.Eigen(NdArray.Full(1, 3, 3) + Points.Diagonal([1, 2, 3])).Vectors);
        DisentanglementScores straight = Disentanglements.Compute(perfect, factors), skew = Disentanglements.Compute(turned, factors);
        foreach (var score in new Func<DisentanglementScores, double>[] { s => s.Mig, s => s.Sap, s => s.Modularity, s => s.Disentanglement,
            s => s.Completeness, s => s.Irs })
            Assert.InRange(score(skew), 0, score(straight) - 0.1);
        // All is still there to be predicted.
        Assert.InRange(skew.Informativeness, 0.85, 1);
    }

    [Fact]
    public void TheSameSeedGivesTheSameScores()
    {
        var codes = FactorSamples.Noise(FactorSamples.Count, 3);
        Assert.Equal(Disentanglements.Compute(codes, Factors, 5), Disentanglements.Compute(codes, Factors, 5));
    }

    [Fact]
    public void WhatDoesNotBelongTogetherIsRefused()
    {
        var codes = FactorSamples.Perfect(Factors);
        void Refused(string message, NdArray given, ValueList<KnownFactor> factors) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Disentanglements.Compute(given, factors)).Message,
                StringComparison.Ordinal);
        Refused("codes: must be [N, D] with N ≥ 2", NdArray.Full(0, 5), Factors);
        Refused("codes[0, 0]: must be finite, got NaN", codes * double.NaN, Factors);
        Refused("factors: must be at least 2, got 1", codes, [Factors[0]]);
        Refused("factors[1].values: must be one for each of 1440 codes, got 3", codes, [Factors[0], new("short", [0, 1, 2])]);
        Refused("factors[0].values: must take at least 2 values, got 1", codes,
            [Factors[0].With(values: ValueList.From(new int[FactorSamples.Count])), Factors[1]]);
        Refused("codes: must be at least 40", NdArray.Full(0, 4, 2), [new("a", [0, 1, 0, 1]), new("b", [0, 0, 1, 1])]);
    }

    private static double[] All(DisentanglementScores s) =>
        [s.Mig, s.Sap, s.Modularity, s.Disentanglement, s.Completeness, s.Informativeness, s.FactorVae, s.BetaVae, s.Irs];
}
