namespace Vae.Tests;

/// <summary>Which posteriors and priors go together, and the errors for those that do not.</summary>
public class LatentPairsTests
{
    private static readonly VaeSpec Model = Zoo.Mlp(Shape.Vector(6), 4, 5).With(likelihood: Likelihoods.Normal(1));
    private static readonly Posterior Categorical = Posteriors.Categorical(2), Quantized = Posteriors.VectorQuantized(5, 2);

    private static readonly Dictionary<string, Posterior> OfReals = new()
    {
        ["diagonal"] = Posteriors.DiagonalNormal,
        ["full"] = Posteriors.FullNormal,
        ["planar"] = Posteriors.Transformed(Flows.Repeat(2, Flows.Planar)),
        ["Householder"] = Posteriors.Transformed(Flows.Repeat(2, Flows.Householder)),
        ["inverse autoregressive"] = Posteriors.Transformed(Flows.Repeat(2, Flows.InverseAutoregressive(3))),
        ["coupling"] = Posteriors.Transformed(Flows.Repeat(2, Flows.AffineCoupling(3))),
    };

    private static readonly Prior[] PriorsOfReals = [
        Priors.StandardNormal, Priors.LearnedNormal, Priors.Mixture(3), Priors.Transformed([Flows.MaskedAutoregressive(3)]),
        Priors.Transformed([Flows.AffineCoupling(3), Flows.Householder])];

    private static IEnumerable<string> Problems(Posterior posterior, Prior prior, Condition? condition = null) =>
        Specs.Problems(Model.With(posterior: posterior, prior: prior, condition: condition)).Select(problem => problem.ToString());

    [Fact]
    public void EveryPosteriorOfRealNumbersGoesWithEveryPriorOfThem()
    {
        foreach (var posterior in OfReals.Values)
        {
            Assert.All(PriorsOfReals, prior => Assert.Empty(Problems(posterior, prior)));
            Assert.Empty(Problems(posterior, Zoo.ConditionalPrior(3), Conditions.Label(2)));
        }
    }

    [Fact]
    public void OnASphereTheOnlyPriorIsUniform()
    {
        Assert.Empty(Problems(Posteriors.VonMisesFisher, Priors.Uniform(Supports.Sphere)));
        foreach (var prior in PriorsOfReals.Append(Priors.Vamp(3)).Append(Priors.Uniform(Supports.Categories(2))))
            Assert.Equal(
                ["model.prior: must be a distribution on the support of the posterior von Mises–Fisher, the unit sphere, "
                    + $"got {Priors.Name(prior)}"],
                Problems(Posteriors.VonMisesFisher, prior));
    }

    [Fact]
    public void ClassesAndCodesGoWithPriorsOfAsManyOfThem()
    {
        foreach (var posterior in new[] { Categorical, Quantized })
        {
            var support = Posteriors.Support(posterior);
            Assert.Empty(Problems(posterior, Priors.Uniform(support)));
            Assert.Empty(Problems(posterior, Priors.AutoregressiveCodebook(support, 3)));
            foreach (var prior in PriorsOfReals
                    .Append(Priors.Uniform(Supports.Sphere)).Append(Priors.Uniform(Supports.Categories(4)))
                    .Append(Priors.AutoregressiveCodebook(Supports.Codes(7, 2))))
                Assert.Equal(
                    [$"model.prior: must be a distribution on the support of the posterior {Posteriors.Name(posterior)}, {support.Name}, "
                        + $"got {Priors.Name(prior)}"],
                    Problems(posterior, prior));
        }
        Assert.All(OfReals.Values, posterior => Assert.Single(Problems(posterior, Priors.Uniform(Supports.Sphere))));
    }

    [Fact]
    public void AVampPriorMixesDiagonalNormalsOfModelsWithoutACondition()
    {
        Assert.Empty(Problems(Posteriors.DiagonalNormal, Priors.Vamp(3)));
        Assert.Equal(
            ["model.prior: must not be vamp with the posterior full-covariance normal: "
                + "vamp is a mixture of diagonal normal posteriors, got VampPrior of 3 examples"],
            Problems(Posteriors.FullNormal, Priors.Vamp(3)));
        Assert.Equal(
            ["model.prior: must not be vamp in a model with a condition: its learned examples have none, got VampPrior of 3 examples"],
            Problems(Posteriors.DiagonalNormal, Priors.Vamp(3), Conditions.Label(2)));
    }

    [Fact]
    public void AFlowStandsWhereItTakesOnePass()
    {
        Assert.Equal(["model.posterior.steps[1]: must draw in one pass in a posterior (inverse autoregressive does), got masked "
            + "autoregressive, which takes a pass for each dimension"],
            Problems(Posteriors.Transformed([Flows.Planar, Flows.MaskedAutoregressive()]), Priors.StandardNormal));
        Assert.Equal([
            "model.prior.steps[0]: must have a density in one pass in a prior (masked autoregressive and affine coupling do), got planar, "
                + "whose inverse has no closed form",
            "model.prior.steps[1]: must have a density in one pass in a prior (masked autoregressive and affine coupling do), got inverse "
                + "autoregressive, which takes a pass for each dimension"],
            Problems(Posteriors.DiagonalNormal, Priors.Transformed([Flows.Planar, Flows.InverseAutoregressive()])));
        Assert.Equal(["model.posterior.steps: must be 1 to 1000 flows, got 0"],
            Problems(Posteriors.Transformed([]), Priors.StandardNormal));
        Assert.Equal(["model.prior.steps[0]: needs at least 2 latent dimensions: one half transforms the other, got 1"],
            Specs.Problems(Model.With(latent: 1, prior: Priors.Transformed([Flows.AffineCoupling()]))).Select(p => p.ToString()));
    }

    [Fact]
    public void NumbersOutOfRangeAreAllNamed()
    {
        Assert.Equal(["model.posterior.classes", "model.posterior.temperature.to"],
            Specs.Problems(Model.With(posterior: Posteriors.Categorical(3, Schedules.Linear(1, 0, 5)),
                prior: Priors.Uniform(Supports.Categories(3)))).Select(p => p.Path).Distinct().Where(p => p.Contains("posterior")));
        Assert.Equal(["model.posterior.codes", "model.posterior.embedding", "model.posterior.commitment", "model.posterior.decay"],
            Specs.Problems(Model.With(posterior: new Posterior.VectorQuantized(1, 3, -1, 1), prior: Priors.Uniform(Supports.Codes(1, 3))))
                .Select(p => p.Path).Where(p => p.Contains("posterior")));
        Assert.Equal(["model.prior.components: must be at least 1, got 0"], Problems(Posteriors.DiagonalNormal, Priors.Mixture(0)));
        Assert.Equal(["model.posterior: needs at least 2 latent dimensions: with 1 the sphere is two points, got 1"],
            Specs.Problems(Model.With(latent: 1, posterior: Posteriors.VonMisesFisher, prior: Priors.Uniform(Supports.Sphere)))
                .Select(p => p.ToString()));
    }

    [Fact]
    public void APriorThatLearnsNeedsADivergence() => Assert.All(PriorsOfReals[1..].Append(Priors.Vamp(2)), prior => Assert.Equal(
        [$"objective: must have a KL term to train the prior ({Priors.Name(prior)}), got reconstruction"],
        Specs.Problems(TrainRecipes.Default(Model.With(prior: prior), "digits").With(objective: Objectives.Reconstruction))
            .Select(p => p.ToString())));

    [Fact]
    public void TheSimplestPriorOfEachPosteriorFitsIt() => Assert.All(
        OfReals.Values.Concat([Posteriors.Point, Posteriors.VonMisesFisher, Categorical, Quantized]), posterior =>
            Assert.Empty(Problems(posterior, Priors.Default(posterior))));
}
