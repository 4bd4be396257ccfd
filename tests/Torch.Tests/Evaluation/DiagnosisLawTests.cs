namespace Vae.Torch.Tests;

public class DiagnosisLawTests
{
    private static readonly double[] Strengths = [0.05, 0.12, 0.08];

    [Fact]
    public void AHealthyModelHasNoFindings()
    {
        using var linear = new LinearModel(Strengths);
        var diagnosis = Diagnose(linear, Entry(1, 100), Entry(2, 90));
        Assert.Empty(diagnosis.Findings);
        Assert.Equal(3, diagnosis.ActiveUnits);
        // The strongest direction carries most: order by KL is order by strength.
        Assert.Equal([1, 2, 0], diagnosis.Dimensions.Select(d => d.Index));
        Assert.Equal(diagnosis.Gap!.Value, diagnosis.Dimensions.Sum(d => d.Gap!.Value), 1e-9);
        Assert.All(diagnosis.Dimensions, d => Assert.Equal(0, d.Saturated));
    }

    [Fact]
    public void ACollapsedPosteriorIsFound()
    {
        using var linear = new LinearModel(Strengths);
        linear.Fill("encoder.0.weight", 0, 6, 0);
        linear.Fill("encoder.0.bias", 0, 6, 0);
        var diagnosis = Diagnose(linear);
        Assert.StartsWith("posterior collapse", Assert.Single(diagnosis.Findings), StringComparison.Ordinal);
        Assert.All(diagnosis.Dimensions, d => Assert.Equal(0, d.Kl!.Value, 1e-9));
    }

    [Fact]
    public void InactiveDimensionsAreFound()
    {
        using var linear = new LinearModel(Strengths);
        foreach (var dimension in new[] { 0, 2 })
        {
            linear.Fill("encoder.0.weight", dimension, 1, 0);
            linear.Fill("encoder.0.bias", dimension, 1, 0);
            linear.Fill("encoder.0.bias", 3 + dimension, 1, 0);
        }
        var diagnosis = Diagnose(linear);
        Assert.StartsWith("2 of 3 latent dimensions are inactive", Assert.Single(diagnosis.Findings), StringComparison.Ordinal);
        Assert.Equal(1, diagnosis.Dimensions[0].Index);
    }

    [Fact]
    public void LogVariancesWithoutBoundAreFound()
    {
        using var linear = new LinearModel(Strengths);
        linear.Fill("encoder.0.bias", 3, 1, -20);
        var diagnosis = Diagnose(linear);
        Assert.StartsWith("1 of 3 dimensions have log-variances outside", Assert.Single(diagnosis.Findings), StringComparison.Ordinal);
        Assert.Equal(1, diagnosis.Dimensions.Single(d => d.Index == 0).Saturated);
    }

    [Fact]
    public void AnAggregatePosteriorFarFromThePriorIsFound()
    {
        using var linear = new LinearModel(Strengths);
        linear.Fill("encoder.0.bias", 0, 1, 30);
        Assert.Contains(
            Diagnose(linear).Findings,
            finding => finding.StartsWith("the aggregate posterior's moments alone are", StringComparison.Ordinal));
    }

    [Fact]
    public void OverfittingAndBrokenTermsAreFound()
    {
        using var linear = new LinearModel(Strengths);
        Assert.Contains("90.00 at its best and is 92.00 now: overfitting",
            Assert.Single(Diagnose(linear, Entry(1, 100), Entry(2, 90), Entry(3, 92)).Findings), StringComparison.Ordinal);
        Assert.EndsWith("first in epoch 2", Assert.Single(Diagnose(linear, Entry(1, 100), Entry(2, double.NaN)).Findings),
            StringComparison.Ordinal);
    }

    private static Diagnosis Diagnose(LinearModel linear, params HistoryEntry[] history) =>
        Diagnoses.Diagnose(new(linear.Model, linear.Draw(400, 1), Binarizations.None), ValueList.From(history));

    private static HistoryEntry Entry(int epoch, double detached) =>
        new(epoch, epoch, 1, 1, 1, 1, new(95, 90, 5), new(detached, detached - 5, 5));
}
