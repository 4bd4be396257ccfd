namespace Vae.Tests;

/// <summary>What validation says of models of several levels.</summary>
public class HierarchyProblemsTests
{
    private static readonly Network Small = new([Layers.Linear(3)], Heads.Dense);
    private static readonly Hierarchy Plain = Hierarchies.BottomUp(Shape.Vector(2), [new(Shape.Vector(1), Small, Small)]);

    private static VaeSpec Hierarchical(Hierarchy levels, Prior? prior = null, int? latent = null) =>
        Zoo.Mlp(Shape.Vector(6), latent ?? Hierarchies.Latent(levels), 5)
        .With(likelihood: Likelihoods.Normal(1), posterior: Posteriors.Hierarchical(levels), prior: prior ?? Priors.Hierarchical(levels));

    private static IEnumerable<string> Reported(VaeSpec spec) => Specs.Problems(spec).Select(problem => problem.ToString());

    public static TheoryData<string> Named => ["burda2", "ladder", "top-down"];

    [Theory, MemberData(nameof(Named))]
    public void TheNamedOnesAreSoundForImagesOfAnySize(string name)
    {
        foreach (var shape in new[] { Shape.Image(1, 28, 28), Shape.Image(3, 32, 32), Shape.Image(1, 7, 5), Shape.Image(2, 4, 4),
            Shape.Image(1, 9, 14) })
            Assert.Equal([], Zoo.Find(name, shape).Match(Reported, problems => problems.Select(problem => $"{problem}")));
    }

    [Fact]
    public void BurdasHasTheSizesOfThePaper()
    {
        var spec = Zoo.Burda2(Shape.Image(1, 28, 28));
        Assert.Equal("[100, 50]", $"{Hierarchies.Latents(((Posterior.Hierarchical)spec.Posterior).Hierarchy)}");
        var weights = Parameters.List(spec).Where(p => p.Name.EndsWith(".weight", StringComparison.Ordinal))
            .ToDictionary(p => p.Name, p => $"{p.Shape}");
        Assert.Equal("200×784", weights["encoder.1.weight"]);
        Assert.Equal("200×200", weights["encoder.5.weight"]);
        Assert.Equal(["100×100", "100×100", "100×100"],
            [weights["posterior.up.2.0.weight"], weights["posterior.up.2.2.weight"], weights["posterior.up.2.4.weight"]]);
        Assert.Equal(["100×50", "100×100", "200×100"],
            [weights["prior.down.1.0.weight"], weights["prior.down.1.2.weight"], weights["prior.down.1.4.weight"]]);
        Assert.Equal("200×100", weights["decoder.0.weight"]);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(6)]
    public void AnyNumberOfLevelsIsSound(int levels)
    {
        var deep = Zoo.TopDown(Shape.Image(1, 8, 8), 2, levels, levels);
        Assert.Equal([], Reported(deep));
        Assert.Equal(2 * levels + 1, Hierarchies.Latents(((Posterior.Hierarchical)deep.Posterior).Hierarchy).Count);
        Assert.Equal([], Reported(
            Hierarchical(
                Hierarchies.Ladder(Shape.Vector(2), [.. Enumerable.Repeat(new LadderLayer(Shape.Vector(2), 2, Small, Small), levels)]))));
        Assert.Equal([], Reported(
            Hierarchical(
                Hierarchies.BottomUp(Shape.Vector(2), [.. Enumerable.Repeat(new BottomUpLayer(Shape.Vector(2), Small, Small), levels)]))));
    }

    [Fact]
    public void LatentsMustBeThoseOfTheModelTogether() =>
        Assert.Equal(["model.posterior.hierarchy: must have 5 latent values in total, as many as the model, got 3"],
            Reported(Hierarchical(Plain, latent: 5)));

    [Fact]
    public void BothMustHaveTheSameLevels()
    {
        var other = Hierarchies.BottomUp(Shape.Vector(1), [new(Shape.Vector(2), Small, Small)]);
        Assert.Equal(
            ["model.prior.hierarchy: must be the hierarchy of the posterior, "
                + "got another (hierarchical of 2 stochastic layers, the top one standard normal)"],
            Reported(Hierarchical(Plain, Priors.Hierarchical(other))));
        Assert.Equal(
            ["model.prior: must be hierarchical, with the hierarchy of the posterior "
                + "hierarchical of 2 stochastic layers, got standard normal"],
            Reported(Hierarchical(Plain, Priors.StandardNormal)));
        Assert.Equal(
            ["model.prior: must not be hierarchical with the posterior diagonal normal, "
                + "which has one stochastic layer, got hierarchical of 2 stochastic layers, the top one standard normal"],
            Reported(Hierarchical(Plain).With(posterior: Posteriors.DiagonalNormal)));
    }

    [Fact]
    public void TheTopsPriorNeedsNothingOfTheEncoder()
    {
        foreach (var top in new[] { Priors.Vamp(3), Zoo.ConditionalPrior(3), Priors.Hierarchical(Plain), Priors.Uniform(Supports.Sphere) })
            Assert.Equal("model.prior.top", Assert.Single(Specs.Problems(Hierarchical(Plain, Priors.Hierarchical(Plain, top)))).Path);
        Assert.Equal(["model.prior.top.components: must be at least 1, got 0"],
            Reported(Hierarchical(Plain, Priors.Hierarchical(Plain, Priors.Mixture(0)))));
    }

    [Fact]
    public void NetworksMustFitWhatIsAroundThem()
    {
        var bad = Hierarchies.BottomUp(Shape.Vector(2),
            [new(Shape.Vector(1), Small.With(layers: [Layers.Conv2d(1, 3)]), Small.With(head: Heads.Conv2d(3)))]);
        Assert.Equal(["model.posterior.hierarchy.above[0].up.layers[0]", "model.prior.hierarchy.above[0].down.head"],
            Specs.Problems(Hierarchical(bad)).Select(problem => problem.Path));
        var numbers = Hierarchies.Ladder(Shape.Vector(0), [new(Shape.Vector(1), 0, Small.With(layers: [Layers.Linear(0)]), Small)]);
        Assert.Equal(
            ["model.posterior.hierarchy.first", "model.posterior.hierarchy.above[0].features",
                "model.posterior.hierarchy.above[0].up.layers[0].width"],
            Specs.Problems(Hierarchical(numbers, latent: 1)).Select(problem => problem.Path));
        TopDownStage stage = new(Shape.Image(1, 2, 2), [], Small, Small, []);
        Assert.Equal("model.posterior.hierarchy.top.posterior: needs features of the height and width of the state 1×2×2, got 1×3×3",
            Assert.Single(Reported(Hierarchical(Hierarchies.TopDown(Shape.Image(1, 3, 3), Shape.Image(1, 2, 2), [],
                stage.With(posterior: Small.With(layers: [Layers.Flatten]), project: Small.With(layers: [Layers.Flatten])))))));
        var block = stage.With(posterior: new([Layers.Flatten], Heads.Dense), project: new([], Heads.Conv2d(1)), block: [Layers.Linear(3)]);
        Assert.Contains("model.prior.hierarchy.top.block[0]: linear needs a vector (put a flatten before it), got 1×2×2",
            Reported(Hierarchical(Hierarchies.TopDown(Shape.Image(1, 2, 2), Shape.Image(1, 2, 2), [], block))));
    }

    [Fact]
    public void TooManyLevelsAreRefused() => Assert.Contains(
        "model.posterior.hierarchy: must have at most 256 stochastic layers, got 301",
        Reported(Hierarchical(
            Hierarchies.BottomUp(Shape.Vector(1), [.. Enumerable.Repeat(new BottomUpLayer(Shape.Vector(1), Small, Small), 300)]))));

    [Fact]
    public void WhatTrainsTheEncoderByAnotherLossNeedsNetworksOfItsOwn()
    {
        var dreg = Objectives.ImportanceWeighted(3, gradient: EncoderGradients.DoublyReparameterized);
        Assert.Equal([], Specs.Problems(TrainRecipes.Default(Hierarchical(Plain), "digits").With(objective: dreg)));
        var ladder = Hierarchies.Ladder(Shape.Vector(2), [new(Shape.Vector(1), 2, Small, Small)]);
        Assert.Equal("objective.gradient",
            Assert.Single(Specs.Problems(TrainRecipes.Default(Hierarchical(ladder), "digits").With(objective: dreg))).Path);
        Assert.Equal([], Specs.Problems(TrainRecipes.Default(Hierarchical(ladder), "digits")
            .With(objective: Objectives.Beta(Schedules.Constant(1), gradient: EncoderGradients.StickingTheLanding))));
    }
}
