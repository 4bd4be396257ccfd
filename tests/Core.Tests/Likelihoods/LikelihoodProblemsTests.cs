namespace Vae.Tests;

/// <summary>What each family asks of its numbers, of the model and of the data.</summary>
public class LikelihoodProblemsTests
{
    private static readonly DataFacts Bytes = new DataFacts(Shape.Vector(4), 10, 0, false)
        .With(values: ValueFacts.Intensities.With(levels: 256));
    private static readonly DataFacts Counts = Bytes.With(values: new(0, 9, true, 0, 3, 2));

    [Theory]
    [InlineData("normal:0", "model.likelihood.scale.sigma: must be greater than 0")]
    [InlineData("laplace:-1", "model.likelihood.scale.sigma: must be greater than 0")]
    [InlineData("student-t:1:1", "model.likelihood.freedom: must be greater than 1 and finite, got 1")]
    [InlineData("student-t:optimal", "model.likelihood.scale: must be fixed, learned or shared with a Student-t, got optimal")]
    [InlineData("ordinal:1", "model.likelihood.levels: must lie in [2, 256], got 1")]
    [InlineData("beta-binomial:0", "model.likelihood.trials: must lie in [1, 10000], got 0")]
    [InlineData("columns:continuous*3,ordinal-257", "model.likelihood.items[3].levels: must lie in [2, 256], got 257")]
    [InlineData("categorical:1", "model.likelihood.levels: must be at least 2, got 1")]
    [InlineData("discretized-logistic:0", "model.likelihood.components: must be at least 1, got 0")]
    [InlineData("columns:binary", "model.likelihood.items: must be one column for each value of a vector, 4, got 1")]
    [InlineData("columns:binary*3,categorical-1", "model.likelihood.items[3].classes: must be at least 2, got 1")]
    [InlineData("masked:normal:optimal", "model.likelihood.inner: must be a family whose values can be left out one by one")]
    [InlineData("masked:poisson:library", "model.likelihood.inner: must be a family whose values can be left out one by one")]
    public void NumbersAreValidated(string text, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Specs.Problems(Zoo.Mlp(Shape.Vector(4), 2, 3).With(likelihood: Find(text)))).ToString());

    [Fact]
    public void WhatHasNoMeaningIsRefused()
    {
        var model = Zoo.Mlp(Shape.Vector(3), 2, 3);
        Assert.StartsWith("model.likelihood: masked needs an even number of channels",
            Assert.Single(Specs.Problems(model.With(likelihood: Find("masked:normal")))).ToString());
        Assert.Equal("model.likelihood.library: needs at least 2 counts an example, since the share of a single one is always 1, got 1",
            Assert.Single(Specs.Problems(Zoo.Mlp(Shape.Vector(1), 2, 3).With(likelihood: Likelihoods.Poisson(library: true)))).ToString());
        Assert.Empty(Specs.Problems(Zoo.Mlp(Shape.Vector(2), 2, 3).With(likelihood: Likelihoods.NegativeBinomial(library: true))));
        var nested = Enumerable.Range(0, 100_000).Aggregate(Likelihoods.Normal(), (inner, _) => Likelihoods.Masked(inner));
        Assert.Equal("model.likelihood.inner: must be a family of values, got another mask",
            Assert.Single(Specs.Problems(model.With(likelihood: nested))).ToString());
        Assert.Equal(["model.likelihood.margin"], Specs.Problems(model.With(likelihood: Likelihoods.Beta(0.5))).Select(p => p.Path));
        Assert.Equal(["model.likelihood.items[0].mean", "model.likelihood.items[0].deviation"],
            Specs.Problems(Zoo.Mlp(Shape.Vector(1), 2, 3).With(likelihood: Likelihoods.OfColumns([Columns.Continuous(double.NaN, 0)])))
                .Select(p => p.Path));
        Assert.StartsWith("model.likelihood: must be a family of independent values, with a condition that shows some",
            Assert.Single(Specs.Problems(
                Zoo.Quadrants(Shape.Image(2, 4, 4), hidden: 3).With(likelihood: Find("masked:normal")))).ToString());
    }

    [Theory]
    [InlineData("normal", "")]
    [InlineData("cross-entropy", "model.likelihood: cross-entropy is for values in [0, 1], got 0 to 9")]
    [InlineData("beta", "model.likelihood: beta is for values in [0, 1], got 0 to 9")]
    [InlineData("categorical:5", "model.likelihood: categorical is for values k/4, k = 0 … 4, got others, 0 to 9")]
    [InlineData("discretized-logistic", "model.likelihood: discretized logistic is for values k/255")]
    [InlineData("poisson", "")]
    [InlineData("zero-inflated", "")]
    [InlineData("log-normal", "model.likelihood: log-normal is for values greater than 0, got 0 to 9")]
    [InlineData("gamma", "model.likelihood: gamma is for values greater than 0, got 0 to 9")]
    [InlineData("ordinal:10", "")]
    [InlineData("ordinal:9", "model.likelihood: must hold whole numbers in 0 … 8, got 0 to 9")]
    [InlineData("beta-binomial:9", "")]
    [InlineData("beta-binomial:8", "model.likelihood: must hold whole numbers in 0 … 8, got 0 to 9")]
    public void CountsAreFor(string text, string problem) => Expect(problem, text, Counts);

    [Theory]
    [InlineData("laplace:learned", "")]
    [InlineData("beta", "")]
    [InlineData("categorical", "")]
    [InlineData("categorical:5", "model.likelihood: categorical is for values k/4, k = 0 … 4, got values k/255")]
    [InlineData("discretized-logistic:4", "")]
    [InlineData("poisson", "model.likelihood: Poisson is for counts 0, 1, 2, … (raw values, not intensities), got fractions, 0 to 1")]
    [InlineData("masked:normal",
        "model.likelihood: masked needs data with a mask of observed values (data.masked), got normal, σ = 1, of observed values")]
    public void BytesAreFor(string text, string problem) => Expect(problem, text, Bytes);

    [Fact]
    public void BinarizedDataHaveTwoLevels()
    {
        var run = TrainRecipes.Default(Model("categorical:4"), "any").With(data: new("any", Binarizations.Stochastic));
        Assert.Equal([], Specs.Problems(run, Bytes));
        Assert.Equal(["data.binarization"], Specs.Problems(run.With(data: run.Data.With(rawValues: true))).Select(p => p.Path));
    }

    [Fact]
    public void AColumnIsHeldToItsKind()
    {
        ValueFacts fractions = new(-1, 2.5, false, 0, 1, 2), whole = new(0, 3, true, 0, 1, 1);
        var facts = new DataFacts(Shape.Vector(4), 10, 0, false).With(columns: [fractions, fractions, whole, fractions]);
        var run = TrainRecipes.Default(Model("columns:continuous,binary,categorical-3,count"), "any");
        Assert.Equal([
            "model.likelihood.items[1]: must hold whole numbers in 0 … 1, got fractions, -1 to 2.5",
            "model.likelihood.items[2]: must hold whole numbers in 0 … 2, got 0 to 3",
            "model.likelihood.items[3]: a column of counts is for counts 0, 1, 2, … (raw values, not intensities), got fractions, -1 to "
                + "2.5"],
            Specs.Problems(run, facts).Select(problem => problem.ToString()));
    }

    [Fact]
    public void AMaskAndAMaskedFamilyGoTogether()
    {
        var masked = Bytes.With(shape: Shape.Vector(8), isMasked: true);
        var model = Zoo.Mlp(Shape.Vector(8), 2, 3);
        Assert.Equal([], Specs.Problems(TrainRecipes.Default(model.With(likelihood: Find("masked:categorical")), "any"), masked));
        Assert.Equal(["model.likelihood: must be masked with data that has a mask of observed values, got normal, σ = 1"],
            Specs.Problems(TrainRecipes.Default(model.With(likelihood: Find("normal")), "any"), masked).Select(problem => problem.ToString()));
    }

    [Fact]
    public void ContinuousColumnsAreStandardizedByTheData()
    {
        var facts = new DataFacts(Shape.Vector(4), 10, 0, false)
            .With(columns: [.. Enumerable.Range(0, 4).Select(i => new ValueFacts(0, 1, true, 2, i, i + 1))]);
        Assert.Equal(
            Likelihoods.Masked(Likelihoods.OfColumns([Columns.Continuous(0, 1), Columns.Binary, Columns.Continuous(2, 3), Columns.Count])),
            Likelihoods.Standardized(Find("masked:columns:continuous,binary,continuous,count"), facts));
        Assert.Equal(Likelihoods.Bernoulli, Likelihoods.Standardized(Likelihoods.Bernoulli, facts));
    }

    [Fact]
    public void EncodersAreShownWhatNetworksLike()
    {
        var likelihood = Likelihoods.OfColumns([Columns.Continuous(10, 2), Columns.Categorical(3), Columns.Categorical(3), Columns.Count]);
        var x = NdArray.FromValues([12, 2, 0, Math.E - 1], 1, 4);
        Assert.Equal(Shape.Vector(8), Wiring.EncoderInput(Zoo.Mlp(Shape.Vector(4), 2, 3).With(likelihood: likelihood)));
        // Classes beside each other: level 0 of both, then level 1 of both.
        Assert.Equal([1, 0, 1, 0, 0, 1, 0, 1], likelihood.Formulas().ForEncoder(x).ToArray().Select(value => Math.Round(value, 12)));
        var masked = Likelihoods.Masked(likelihood).Formulas().ForEncoder(NdArray.FromValues([0, 2, 0, 0, 0, 1, 0, 0], 1, 8));
        Assert.Equal([0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0], masked.ToArray());
    }

    private static void Expect(string problem, string text, DataFacts facts)
    {
        var problems = Specs.Problems(TrainRecipes.Default(Model(text), "any"), facts);
        Assert.Equal(problem.Length == 0 ? 0 : 1, problems.Count);
        Assert.All(problems, found => Assert.StartsWith(problem, found.ToString()));
    }

    private static VaeSpec Model(string text) => Zoo.Mlp(Shape.Vector(4), 2, 3).With(likelihood: Find(text));

    private static Likelihood Find(string text) =>
        SpecText.Likelihood(text).Match(found => found, problems => throw new ArgumentException($"{problems}"));
}
