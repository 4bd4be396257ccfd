namespace Vae.Torch.Tests;

/// <summary>Pictures of models without a prior, without a latent, or with a condition that is not a label.</summary>
public sealed class CombinationPicturesTests
{
    private static readonly DataSplit Data = TinyRuns.Digits(32);

    private static void Refused(string message, Func<object> ask) => Assert.Equal(message, Assert.Throws<VaeException>(ask).Message);

    [Fact]
    public void AManifoldWithoutAStandardPriorNeedsACloud()
    {
        const string message = "cloud: must be given for a model whose prior is not N(0, I), got none";
        using var point = new VaeModel(Zoo.Mlp(TinyRuns.Input, 2, 8).With(posterior: Posteriors.Point));
        using var learned =
            new VaeModel(Zoo.Mlp(TinyRuns.Input, 2, 8).With(condition: Conditions.Label(10), prior: Zoo.ConditionalPrior(4)));
        Refused(message, () => LatentPictures.Manifold(point, 2));
        Refused(message, () => LatentPictures.Manifold(learned, 2, label: 1));
        var codes = new Evaluator(point, Data.Test, Binarizations.None).Encode().Means;
        Assert.Equal(LatentPictures.Manifold(point, 2, LatentClouds.Moments(codes)),
            LatentPictures.Manifold(point, 2, LatentClouds.Moments(codes)));
        _ = LatentPictures.Traversals(point, Data.Test, Binarizations.None, columns: 3);
    }

    [Fact]
    public void WithoutALatentThereIsNothingToTraverse()
    {
        using var model = new VaeModel(Zoo.QuadrantsBaseline(TinyRuns.Input, hidden: 4));
        Refused("model.latent: must be at least 1 for a picture of latent space, got 0",
            () => LatentPictures.Traversals(model, Data.Test, Binarizations.None));
    }

    [Fact]
    public void SamplesOfVectorsNeedExamplesThatHaveThem()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, 2, 8).With(condition: Conditions.Vector(1)));
        Refused("condition: must be given, by examples that have it or as an argument of VaeModel.Sample, got none",
            () => RunPictures.Samples(model, 4, 1));
        Refused("label: must be left out for a model whose condition is not a label, got 3", () => RunPictures.Samples(model, 4, 1, label: 3));
        var conditioned = Data.Test.WithConditions(new float[Data.Test.Count], 1);
        Assert.Equal(RunPictures.Samples(model, 4, 1, like: conditioned), RunPictures.Samples(model, 4, 1, like: conditioned));
    }

    [Fact]
    public void CompletionsAreAFunctionOfTheSeed()
    {
        using var model = new VaeModel(Zoo.Quadrants(TinyRuns.Input, 2, 2, 8));
        var picture = RunPictures.Completions(model, Data.Test, Binarizations.Threshold(), 3, 2, 1);
        Assert.Equal(RunPictures.Completions(model, Data.Test, Binarizations.Threshold(), 3, 2, 1), picture);
        Assert.NotEqual(RunPictures.Completions(model, Data.Test, Binarizations.Threshold(), 3, 2, 5), picture);
        using var plain = new VaeModel(Zoo.Mlp(TinyRuns.Input, 2, 8));
        Refused("model.condition: must be quadrants of the image for completions, got another",
            () => RunPictures.Completions(plain, Data.Test, Binarizations.None, 3, 2, 1));
    }
}
