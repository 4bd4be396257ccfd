namespace Vae.Tests;

public class RemarksTests
{
    private static DataFacts Facts(bool isBinary, params ValueFacts[] columns) => new(
        Shape.Vector(columns.Length), 100, 0, isBinary, 0,
        new(columns.Min(c => c.Min), columns.Max(c => c.Max), columns.All(c => c.AreWhole), columns.Max(c => c.Levels), 0, 1), [.. columns], false);

    private static ValueFacts Numbers(double max, double mean = 0, double deviation = 1) => new(-2, max, false, 0, mean, deviation);

    private static Experiment Of(Likelihood likelihood, DataFacts facts, DataSpec? data = null) => new(
        Zoo.Mlp(facts.Shape).With(likelihood: likelihood), Objectives.Elbo, data ?? new("any", Binarizations.None, RawValues: true),
        TrainRecipes.Default(Zoo.Mlp(facts.Shape), "any").Train);

    [Fact]
    public void ColumnsFarFromOneAreNamedUntilTheyAreStandardized()
    {
        var facts = Facts(false, Numbers(2), Numbers(1000, 5, 70));
        var remark = Assert.Single(Specs.Remarks(Of(Likelihoods.Normal(Scales.Learned), facts), facts));
        Assert.StartsWith("column 2 reaches 1000 (mean 5, deviation 70)", remark, StringComparison.Ordinal);
        var advised = remark.Split("model.likelihood=")[1].Split(' ')[0];
        var read = SpecText.Likelihood(advised).Match(read => read, problems => throw new ArgumentException($"{problems[0]}"));
        Assert.Empty(Specs.Remarks(Of(Likelihoods.Standardized(read, facts), facts), facts));
    }

    [Fact]
    public void AColumnIsNamedAsItsTableNamesIt()
    {
        var facts = Facts(false, Numbers(1000), Numbers(1));
        var schema = new TableSchema([new("height", new ColumnKind.Continuous(ColumnTransforms.None)), new("b", new ColumnKind.Continuous(ColumnTransforms.None))]);
        var spec = new DataSpec("t.csv", Binarizations.None, RawValues: true, Schema: schema);
        Assert.StartsWith("column 1 (height) reaches 1000",
            Assert.Single(Specs.Remarks(Of(Likelihoods.Laplace(Scales.Learned), facts, spec), facts)), StringComparison.Ordinal);
    }

    [Fact]
    public void AValueFarBeyondItsStandardizedColumnIsNamed()
    {
        var facts = Facts(false, Numbers(1000, 0, 5));
        Assert.Contains("quantile",
            Assert.Single(Specs.Remarks(Of(Likelihoods.OfColumns([Columns.Continuous(0, 5)]), facts), facts)), StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheFirstOfManyColumnsAreNamed()
    {
        var facts = Facts(false, [.. Enumerable.Repeat(Numbers(100), 20)]);
        var remarks = Specs.Remarks(Of(Likelihoods.Normal(), facts), facts);
        Assert.Equal(4, remarks.Count);
        Assert.Equal("17 more columns reach beyond 30 too", remarks[^1]);
    }

    [Theory]
    [InlineData(false, 0, 16 / 255.0, 256, "values are intensities: whole numbers 0 to 16, divided by 255. Are they counts or measurements? "
        + "Then data.rawValues=true takes them as they are")]
    [InlineData(false, 0, 0.75, 0, "values are intensities, 0 to 0.75")]
    [InlineData(false, 0, 1, 2, "values are 0 and 1")]
    [InlineData(true, 0, 16, 0, "values are numbers as they are, 0 to 16, all of them whole: are they counts? "
        + "Then model.likelihood=negative-binomial fits them")]
    [InlineData(true, -2.5, 3, 0, "values are numbers as they are, -2.5 to 3")]
    public void WhatTheValuesOfAFileMeanIsSaid(bool raw, double min, double max, int levels, string said)
    {
        var values = new ValueFacts(min, max, min == Math.Floor(min) && (raw || levels == 2), levels, 0, 1);
        var facts = Facts(levels == 2, values);
        var spec = new DataSpec("counts.NPY", Binarizations.None, RawValues: raw);
        Assert.Equal([said], Specs.Remarks(Of(Likelihoods.Normal(), facts, spec), facts));
        Assert.Empty(Specs.Remarks(Of(Likelihoods.Normal(), facts, spec.With(source: "digits")), facts));
    }

    [Fact]
    public void ALikelihoodThatMakesTheModelLargeIsNamedAndTheAdviceMakesItSmaller()
    {
        var facts = new DataFacts(Shape.Image(1, 28, 28), 100, 0, false);
        var large = Of(Likelihoods.Categorical(256), facts);
        var remark = Assert.Single(Specs.Remarks(large, facts));
        Assert.Contains($"{Parameters.Count(large.Model):N0} parameters", remark, StringComparison.Ordinal);
        var read = SpecText.Likelihood(remark.Split("model.likelihood=")[1].Split(' ')[0]).Match(read => read, problems => large.Model.Likelihood);
        Assert.Empty(Specs.Remarks(Of(read, facts), facts));
    }
}
