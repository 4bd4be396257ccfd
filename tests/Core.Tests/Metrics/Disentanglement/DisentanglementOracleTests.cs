namespace Vae.Tests;

/// <summary>Each measure of disentanglement against numbers worked out by hand.</summary>
public class DisentanglementOracleTests
{
    private static readonly ValueList<KnownFactor> Two = [
        new("a", ValueList.From(Enumerable.Range(0, 400).Select(n => n % 4))),
        new("b", ValueList.From(Enumerable.Range(0, 400).Select(n => n / 4 % 4)))];

    [Fact]
    public void AFactorInTwoDimensionsHasNoGap()
    {
        // a stands in both, b in none.
        var codes = FactorSamples.Fill(400, 2, (n, _) => Two[0].Values[n]);
        Assert.Equal(0, MutualInformationGap.Compute(codes, Two), 1e-12);
        Assert.Equal(0, SeparatedAttributePredictability.Compute(codes, Two), 1e-12);
        Assert.Equal(1, Modularity.Compute(codes, Two), 1e-12);
        var dci = DisentanglementCompleteness.Compute(codes, Two);
        // Each tree begins with another dimension, so both are needed alike.
        Assert.InRange(dci.Completeness, 0, 0.05);
        Assert.InRange(dci.Informativeness, 0.45, 0.55);
    }

    [Fact]
    public void TheGapIsThatOfInformation()
    {
        // Half of a's two bits in the second dimension, all of it in the first; b in none.
        var codes = FactorSamples.Fill(400, 2, (n, d) => d == 0 ? Two[0].Values[n] : Two[0].Values[n] / 2);
        Assert.Equal((1 - 0.5) / 2, MutualInformationGap.Compute(codes, Two), 1e-12);
    }

    [Fact]
    public void ADimensionOfTwoFactorsIsNotModular()
    {
        // The place on both axes at once: two bits of each.
        var codes = FactorSamples.Fill(400, 1, (n, _) => n % 16);
        Assert.Equal(0, Modularity.Compute(codes, Two), 1e-12);
        Assert.Equal(1, MutualInformationGap.Compute(codes, Two), 1e-12);
    }

    [Fact]
    public void TheScoreOfALineIsTheSquareOfItsCorrelation()
    {
        // z = a + b has ρ² = 1/2 with each; the second dimension has none.
        var codes = FactorSamples.Fill(400, 2, (n, d) => d == 0 ? Two[0].Values[n] + Two[1].Values[n] : 0);
        Assert.Equal(0.5, SeparatedAttributePredictability.Compute(codes, Two), 1e-12);
    }

    [Fact]
    public void RobustnessIsOneLessTheDeviationThatIsLeft()
    {
        // z = 3 a + b: with a held it moves by 1.5 about its mean, in all by 6.
        var codes = FactorSamples.Fill(400, 1, (n, _) => 3 * Two[0].Values[n] + Two[1].Values[n]);
        Assert.Equal(1 - 1.5 / 6, InterventionalRobustness.Compute(codes, Two), 1e-12);
    }

    [Fact]
    public void ACodeThatNeverChangesKnowsNothing()
    {
        var codes = NdArray.Full(2, 400, 3);
        Assert.Equal(new(0, 0, 0, 0, 0, 0, 0.5, 0.5, 0), Disentanglements.Compute(codes, Two));
    }
}
