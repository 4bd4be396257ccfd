namespace Vae.Tests;

/// <summary>Which choices go together, and the errors for those that do not.</summary>
public class CombinationTests
{
    private static readonly VaeSpec Vector = Zoo.Mlp(Shape.Vector(6), 2, 5).With(likelihood: Likelihoods.Normal(1));
    private static readonly VaeSpec Image = Zoo.Mlp(Shape.Image(1, 4, 6), 2, 5);

    private static Experiment Run(VaeSpec model, Objective objective) =>
        TrainRecipes.Default(model, "digits").With(objective: objective);

    private static IEnumerable<string> Rules(VaeSpec spec) => Specs.Problems(spec).Select(problem => problem.ToString());

    [Fact]
    public void APointNeedsTheObjectiveOfReconstruction()
    {
        var point = Vector.With(posterior: Posteriors.Point);
        Assert.Equal([], Specs.Problems(Run(point, Objectives.Reconstruction)));
        Assert.Equal(
            ["objective: must be reconstruction, wae, rae or aae with the posterior point, which has no density and so no divergence from "
                + "a prior, got elbo"],
            Specs.Problems(Run(point, Objectives.Elbo)).Select(problem => problem.ToString()));
        Assert.EndsWith("got importance-weighted with 5 samples",
            Assert.Single(Specs.Problems(Run(point, Objectives.ImportanceWeighted(5)))).ToString());
    }

    [Fact]
    public void ADistributionMayBeTrainedByReconstructionAlone() =>
        Assert.Equal([], Specs.Problems(Run(Vector, Objectives.Reconstruction)));

    [Fact]
    public void APointHalvesWhatTheEncoderGives()
    {
        Assert.Equal(Shape.Vector(4), Wiring.EncoderOutput(Vector));
        Assert.Equal(Shape.Vector(2), Wiring.EncoderOutput(Vector.With(posterior: Posteriors.Point)));
    }

    [Fact]
    public void AConditionalPriorNeedsAConditionAndADistributionAndADivergence()
    {
        var prior = Vector.With(prior: Zoo.ConditionalPrior(4));
        Assert.Equal(["model.prior: conditional needs a model with a condition, got none"], Rules(prior));
        var sound = prior.With(condition: Conditions.Label(3));
        Assert.Equal([], Rules(sound));
        Assert.Equal(["model.prior"], Specs.Problems(sound.With(posterior: Posteriors.Point)).Select(problem => problem.Path));
        Assert.Equal(
            ["objective: must have a KL term to train the prior (conditional), got reconstruction"],
            Specs.Problems(Run(sound, Objectives.Reconstruction)).Select(problem => problem.ToString()));
    }

    [Fact]
    public void TheConditionalPriorsParametersAreNamedAfterIt()
    {
        var spec = Vector.With(prior: Zoo.ConditionalPrior(4), condition: Conditions.Label(3));
        var prior = Parameters.List(spec).Where(p => p.Name.StartsWith("prior.", StringComparison.Ordinal))
            .Select(p => $"{p.Name} {p.Shape}");
        Assert.Equal(["prior.1.weight 4×3", "prior.1.bias 4", "prior.3.weight 4×4", "prior.3.bias 4", "prior.5.weight 4×4",
            "prior.5.bias 4"], prior);
    }

    [Fact]
    public void AConditionalPriorsNetworkIsValidatedLikeAnyOther() => Assert.Equal(
        ["model.prior.network.layers[0].kernel", "model.prior.network.head"],
        Specs.Problems(Image.With(condition: Conditions.Quadrants(1),
            prior: Priors.Conditional(new([Layers.Conv2d(2, 0)], Heads.Conv2d(3))))).Select(p => p.Path)
            .Concat(Specs.Problems(Image.With(condition: Conditions.Quadrants(1),
                prior: Priors.Conditional(new([Layers.Conv2d(2, 3)], Heads.Conv2d(3))))).Select(p => p.Path)));

    [Theory]
    [InlineData(0), InlineData(4), InlineData(-1)]
    public void QuadrantsAreOneTwoOrThree(int observed) =>
        Assert.Equal([$"model.condition.observed: must lie in [1, 3], got {observed}"],
            Rules(Image.With(condition: Conditions.Quadrants(observed))));

    [Fact]
    public void QuadrantsNeedImages()
    {
        Assert.Equal(["model.condition: quadrants needs images of at least 2×2, got 6"],
            Rules(Vector.With(condition: Conditions.Quadrants(1))));
        Assert.Equal(["model.condition"], Specs.Problems(Zoo.Mlp(Shape.Image(1, 1, 8)).With(condition: Conditions.Quadrants(1)))
            .Select(p => p.Path));
    }

    [Fact]
    public void LabelsAreOneHotBlocks()
    {
        Assert.Equal(Shape.Vector(9), Conditions.Shape(Conditions.Labels([2, 3, 4]), Shape.Vector(1)));
        Assert.Equal(["model.condition.classes: must name at least one label, got none"],
            Rules(Vector.With(condition: Conditions.Labels([]))));
        Assert.Equal(["model.condition.classes[1]: must be at least 1, got 0"], Rules(Vector.With(condition: Conditions.Labels([2, 0]))));
    }

    [Fact]
    public void WithoutALatentThereIsACondition()
    {
        var baseline = Zoo.QuadrantsBaseline(Shape.Image(1, 4, 6), hidden: 3);
        Assert.Equal([], Specs.Problems(Run(baseline, Objectives.Elbo)));
        Assert.Equal([], Wiring.EncoderLayers(baseline));
        Assert.All(Parameters.List(baseline), p => Assert.StartsWith("decoder.", p.Name));
        Assert.Equal(["model.latent: must be at least 1, got 0"], Rules(baseline.With(condition: Conditions.None)));
        Assert.Equal(["model.latent"], Specs.Problems(baseline.With(encoder: new([Layers.Flatten], Heads.Dense))).Select(p => p.Path));
        Assert.Equal(["model.prior"], Specs.Problems(baseline.With(prior: Zoo.ConditionalPrior())).Select(p => p.Path));
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(9, 1)]
    public void AConditionIsAppendedInItsOwnWidth(int width, int problems)
    {
        var conv = Zoo.Conv(Shape.Image(1, 8, 8)).With(condition: Conditions.Label(10));
        var at = conv.Decoder.Layers.ToList().FindIndex(layer => layer is Layer.Reshape) + 1;
        var joined = conv.With(decoder: conv.Decoder
            .With(layers: [.. conv.Decoder.Layers.Take(at), Layers.ConcatenateCondition(width), .. conv.Decoder.Layers.Skip(at)]));
        Assert.Equal(problems, Specs.Problems(joined).Count);
        Assert.All(Rules(joined),
            text => Assert.Equal("model.decoder.layers[5].width: must be 10, what the condition 10 adds to 64×2×2, got 9", text));
        Assert.Equal(Parameters.Count(conv) + (problems == 0 ? 10 * 32 * 16 : Parameters.Count(joined) - Parameters.Count(conv)),
            Parameters.Count(joined));
    }

    [Fact]
    public void AnImageIsAppendedWhereItsBlocksFit()
    {
        VaeSpec With(int height, int width) => Image.With(condition: Conditions.Quadrants(2), decoder: new(
            [Layers.Linear(2 * height * width), Layers.Reshape(Shape.Image(2, height, width)), Layers.ConcatenateCondition(1),
                Layers.Conv2d(1, 1)], Heads.Dense));
        Assert.Equal([], Rules(With(2, 3)));
        Assert.Equal([], Rules(With(4, 6)));
        Assert.Equal(["model.decoder.layers[2]: needs an image whose height and width divide those of the condition 1×4×6, got 2×3×3"],
            Rules(With(3, 3)));
    }

    [Fact]
    public void AppendingNeedsACondition() => Assert.Equal(
        ["model.encoder.layers[0].body[0]: needs a model with a condition, got none"],
        Rules(Vector.With(encoder: new([Layers.Residual([Layers.ConcatenateCondition(2), Layers.Linear(6)])], Heads.Dense))));

    [Fact]
    public void DataMustGiveWhatAConditionIsMadeOf()
    {
        var facts = new DataFacts(Shape.Vector(6), 10, 0, false);
        string[] Fit(Condition condition, int given) =>
            [.. Specs.Problems(Run(Vector.With(condition: condition), Objectives.Elbo), facts.With(conditionValues: given))
                .Select(p => p.ToString())];
        Assert.Equal([], Fit(Conditions.Vector(3), 3));
        Assert.Equal([], Fit(Conditions.Labels([4, 5]), 2));
        Assert.Equal(["model.condition.width: must be the 2 condition values of the data, got 3"], Fit(Conditions.Vector(3), 2));
        Assert.Equal(
            ["model.condition.classes: needs data with condition values (the key c of an .npz, or set with the data), got 2"],
            Fit(Conditions.Labels([4, 5]), 0));
    }

    // Lower left; then the left half; then all but the lower right: of a 3×5 image, whose middle row is lower and middle column right.
    [Theory]
    [InlineData(1, "00000 11000 11000")]
    [InlineData(2, "11000 11000 11000")]
    [InlineData(3, "11111 11000 11000")]
    public void QuadrantsAreObservedInThePublishedOrder(int observed, string rows)
    {
        var seen = Conditions.Observed(Conditions.Quadrants(observed), Shape.Image(2, 3, 5));
        var plane = rows.Replace(" ", "").Select(digit => (double)(digit - '0')).ToArray();
        Assert.Equal([1, 2, 3, 5], seen.Dims);
        Assert.Equal([.. plane, .. plane], seen.ToArray());
    }

    [Theory]
    [InlineData("quadrants"), InlineData("quadrants-baseline")]
    public void TheModelsOfTheQuadrantTableAreSound(string name)
    {
        var spec = Zoo.Find(name, Shape.Image(1, 28, 28))
            .Match(found => found, problems => throw new InvalidOperationException($"{problems}"));
        Assert.Equal([], Specs.Problems(spec));
        Assert.Equal(spec, SpecJson.ReadModel(SpecJson.Write(spec))
            .Match(read => read, problems => throw new InvalidOperationException($"{problems}")));
    }

    [Fact]
    public void ImagesAreRequiredByName() => Assert.Equal(
        "model: quadrants needs images [channels, height, width], got 10",
        Zoo.Find("quadrants", Shape.Vector(10)).Match(_ => "", problems => $"{problems[0]}"));
}
