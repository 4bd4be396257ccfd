using FsCheck.Xunit;

namespace Vae.Tests;

public class SamplersTests
{
    private static readonly VaeSpec Model = Zoo.Mlp(Shape.Vector(6), 3, 5);

    private static readonly ValueList<Sampler> All = [
        Samplers.Prior, Samplers.Mixture(2), Samplers.TwoStage(4), Samplers.Flow(Flows.Repeat(2, Flows.AffineCoupling(4))),
        Samplers.Vamp(5)];

    [Property(Replay = "271,273", MaxTest = 60, Arbitrary = [typeof(Generators)])]
    public void AGeneratedSamplerFitsAModelOfRealNumbers(Sampler sampler) =>
        Assert.Equal([], Samplers.Problems(sampler, Model.With(latent: 2), codes: 60));

    [Fact]
    public void EverySamplerSuitsAPlainModelAndOnlyThoseOfCodesAPoint()
    {
        Assert.All(All, sampler => Assert.Equal([], Samplers.Problems(sampler, Model, 100)));
        Assert.Equal([false, true, true, true, false],
            All.Select(sampler => Samplers.Problems(sampler, Model.With(posterior: Posteriors.Point)).Count == 0));
    }

    [Fact]
    public void CodesThatAreNotRealNumbersAreSampledFromPosteriorsOnly() =>
        Assert.All(
            [Posteriors.VonMisesFisher, Posteriors.Categorical(3), Posteriors.VectorQuantized(4, 3)],
            posterior => Assert.Equal([true, false, false, false, true], All.Select(
                sampler => Samplers.Problems(sampler, Model.With(posterior: posterior, prior: Priors.Default(posterior))).Count == 0)));

    [Fact]
    public void SamplersAreFittedToNoConditionButALabel()
    {
        bool[] Fit(Condition condition) =>
            [.. All.Select(sampler => Samplers.Problems(sampler, Model.With(condition: condition)).Count == 0)];
        Assert.Equal([true, true, true, false, true], Fit(Conditions.Label(3)));
        Assert.Equal([true, false, false, false, false], Fit(Conditions.Vector(3)));
    }

    [Fact]
    public void TablesHaveAMixtureWhereCodesAreRealNumbers()
    {
        Assert.Equal(Samplers.BestMixture(), Samplers.OfTable(Model));
        Assert.Equal([], Samplers.Problems(Samplers.BestMixture(), Model, 4));
        Assert.NotEmpty(Samplers.Problems(Samplers.BestMixture(), Model, 3));
        Assert.Equal(Samplers.Prior, Samplers.OfTable(Model.With(
            posterior: Posteriors.VonMisesFisher, prior: Priors.Default(Posteriors.VonMisesFisher))));
        Assert.Equal(Samplers.Prior, Samplers.OfTable(Model.With(condition: Conditions.Vector(2))));
    }

    public static TheoryData<Sampler, VaeSpec, int, string> Refused => new()
    {
        { Samplers.Mixture(0), Model, 100, "sampler.components: must be at least 1, got 0" },
        { Samplers.Mixture(26), Model, 100, "sampler.components: must be at most 25 for 100 codes of 3 numbers, 4 each, got 26" },
        { Samplers.Mixture(2), Model.With(condition: Conditions.Label(3)), 7,
            "sampler.components: must be at most 1 for 7 codes of the rarest class of 3 numbers, 4 each, got 2" },
        { Samplers.Vamp(0), Model, 100, "sampler.components: must be at least 1, got 0" },
        { Samplers.Vamp(101), Model, 100, "sampler.components: must be at most the 100 codes, got 101" },
        { Samplers.Prior, Model.With(posterior: Posteriors.Point), 100,
            "sampler: must be fitted to codes (mixture, two-stage or flow) with a point: "
                + "an autoencoder learns no distribution of codes, got the prior" },
        { Samplers.Vamp(3), Model.With(posterior: Posteriors.Point), 100,
            "sampler: must not be vamp with a point: "
                + "it would return the codes of training examples, got the posteriors of 3 training examples" },
        { Samplers.Flow([Flows.Planar]), Model, 100,
            "sampler.steps[0]: must have a density in one pass in a prior (masked autoregressive and affine coupling do), "
                + "got planar, whose inverse has no closed form" },
        { Samplers.Flow([Flows.Householder], CodeTrainings.Adam(epochs: 0)), Model, 100,
            "sampler.training.epochs: must be at least 1, got 0" },
        { Samplers.TwoStage(0), Model, 100, "sampler.encoder.layers[0].width: must be at least 1, got 0" },
        { Samplers.TwoStage(4, CodeTrainings.Adam(batch: 0)), Model, 100, "sampler.training.batch: must be at least 1, got 0" },
        { Samplers.Mixture(2), Model.With(posterior: Posteriors.Categorical(3)), 100,
            "sampler: must be the prior or vamp with the posterior" },
        { Samplers.Mixture(2), Model.With(condition: Conditions.Vector(2)), 100,
            "sampler: must be the prior in a model with a condition that is not a label" },
        { Samplers.Flow([Flows.Householder]), Model.With(condition: Conditions.Label(2)), 100,
            "sampler: must not be a flow in a model with a condition: flows of codes are not conditioned" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void ARefusalHasItsReason(Sampler sampler, VaeSpec model, int codes, string sentence) =>
        Assert.StartsWith(sentence, Samplers.Problems(sampler, model, codes)[0].ToString(), StringComparison.Ordinal);

    [Property(Replay = "271,275", MaxTest = 30)]
    public void StandardizedCodesAreRestored(ulong seed)
    {
        var codes = NdArray.Concat(3.0 + 2.0 * Noise.Normal(seed, 20, 2), NdArray.Full(7, 20, 1), 1);
        var scale = CodeScales.Fit(codes);
        var standard = CodeScales.Standardized(scale, codes);
        Assert.Equal(codes.ToArray(), CodeScales.Restored(scale, standard).ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([1, 1, 0], CodeScales.Fit(standard).Deviations, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(CodeScales.Fit(standard).Means, mean => Assert.Equal(0, mean, 1e-9));
    }

    // z' = x̂ + σ ε with σ = e^0 before training.
    [Fact]
    public void ADrawOfTheSecondStageIsItsMeanAndNoise()
    {
        NdArray outputs = Noise.Normal(1, 4, 3), noise = Noise.Normal(2, 4, 3), none = NdArray.Full(0, 1);
        var sigma = 1 / Math.Exp(-Likelihoods.NegLogDensity(Likelihoods.Normal(Scales.Shared), outputs, outputs, new(_ => none))
            .ToArray()[0] / 3) / Math.Sqrt(2 * Math.PI);
        Assert.Equal((outputs + sigma * noise).ToArray(), Samplers.SecondStageDraw(outputs, new(_ => none), noise).ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-9);
    }
}
