using TorchSharp;
using Vae.Tests;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>What is fitted to codes is drawn again.</summary>
public class SamplerFitsTests
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var pair in Combinations.OfSamplersAndModels.Where(pair => pair.IsAllowed))
                pairs.Add(pair.Column, pair.Row);
            return pairs;
        }
    }

    [Fact]
    public void EveryDistributionOfRealNumbersHasEverySampler()
    {
        string[] reals = ["diagonal", "full", "planar", "householder", "iaf", "coupling"];
        Assert.All(reals, posterior => Assert.Equal(Combinations.AllSamplers.Count, Pairs.Count(pair => (string)pair[0] == posterior)));
        Assert.Equal(3, Pairs.Count(pair => (string)pair[0] == "point"));
    }

    [Theory, MemberData(nameof(Pairs))]
    public void DrawsAreFiniteAndAFunctionOfTheSeed(string of, string sampler)
    {
        var pair = Combinations.OfSamplersAndModels.Single(pair => (pair.Column, pair.Row) == (of, sampler));
        using var scope = NewDisposeScope();
        using var model = new VaeModel(pair.Run.Model, 3);
        using FittedSampler first = model.Fit(pair.Sampler!, pair.Data.Train, seed: 1),
            again = model.Fit(pair.Sampler!, pair.Data.Train, seed: 1);
        var conditions = ConditionRows.ToTensor(pair.Data.Train, model.Spec.Condition, CPU)?.narrow(0, 0, 9);
        float[] codes = first.Codes(9, 5, conditions).ToFloats(), drawn = first.Sample(9, 5, conditions).ToFloats();
        Assert.Equal((9 * 4, 9 * 4), (codes.Length, drawn.Length));
        Assert.All([.. codes, .. drawn], value => Assert.True(float.IsFinite(value)));
        Assert.Equal(codes, again.Codes(9, 5, conditions).ToFloats());
        // Of a codebook, all examples may have the same codes.
        Assert.True(Posteriors.Support(model.Spec.Posterior).Classes > 0 || !codes.SequenceEqual(first.Codes(9, 6, conditions).ToFloats()));
        Assert.Equal([0, 4], first.Codes(0, 5, conditions?.narrow(0, 0, 0)).shape);
    }

    [Theory]
    [InlineData("mixture")]
    [InlineData("two-stage")]
    [InlineData("vamp")]
    public void DrawsOfAConditionalModelFollowTheirClass(string sampler)
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(ModelOf(sampler == "vamp" ? Posteriors.DiagonalNormal : Posteriors.Point)
            .With(condition: Conditions.Label(MadeData.Classes)), 3);
        using (no_grad())
            // Codes move with their class, far beyond what x does.
            model.Weights["encoder.1.weight"].narrow(1, 4, MadeData.Classes).mul_(Scalars.Get(20));
        var of = Combinations.AllSamplers[sampler] switch
        {
            Sampler.Mixture mixture => mixture.With(components: 1),
            Sampler.TwoStage two => two.With(training: CodeTrainings.Adam(epochs: 60, batch: 16, learningRate: 1e-2)),
            var other => other,
        };
        using var fitted = model.Fit(of, MadeData.Greyscale.Train, seed: 1);
        var codes = new Evaluator(model, MadeData.Greyscale.Train, Binarizations.None).Encode().Means.ToArray().Chunk(4).ToArray();
        for (var label = 0; label < MadeData.Classes; label++)
        {
            var condition = ConditionRows.OneHot([.. Enumerable.Repeat(label, 400)], MadeData.Classes, "label")
                .ToTensor(CPU, 400, MadeData.Classes);
            var drawn = fitted.Codes(400, 2, condition).ToDoubles().Chunk(4).ToArray();
            double Apart(int c) => Enumerable.Range(0, 4).Sum(d => Math.Pow(
                drawn.Average(z => z[d]) - codes.Where((_, i) => MadeData.Greyscale.Train.Labels.Span[i] == c).Average(z => z[d]), 2));
            Assert.Equal(label, Enumerable.Range(0, MadeData.Classes).MinBy(Apart));
        }
    }

    [Fact]
    public void ThePriorAsASamplerIsThatOfTheModel()
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(ModelOf(Posteriors.DiagonalNormal).With(prior: Priors.Mixture(3)), 3);
        using var prior = SamplerFits.OfPrior(model);
        Assert.Equal(model.Sample(20, 7).ToFloats(), prior.Sample(20, 7).ToFloats());
    }

    [Theory]
    [InlineData("mixture")]
    [InlineData("two-stage")]
    [InlineData("flow")]
    public void ConstantCodesAreDrawnAsTheyAre(string sampler)
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(ModelOf(Posteriors.Point), 3);
        using (no_grad())
            model.Weights["encoder.3.weight"].zero_();
        var code = model.Weights["encoder.3.bias"].ToDoubles();
        using var fitted = model.Fit(Combinations.AllSamplers[sampler], MadeData.Greyscale.Train);
        Assert.All(fitted.Codes(20, 1).ToDoubles().Chunk(4), z => Assert.Equal(code, z, (a, b) => Math.Abs(a - b) < 1e-4));
    }

    [Fact]
    public void AMixtureOnATensorIsThatOnAnArray()
    {
        using var scope = NewDisposeScope();
        var codes = Noise.Normal(1, 60, 2);
        var values = tensor(codes.ToArray(), ScalarType.Float64).view(60, 2);
        NormalMixture fitted = MixtureDraws.Fit(3, values, KeyedRandom.FromSeed(4)),
            onArrays = MixtureFits.Start(codes, 3, KeyedRandom.FromSeed(4));
        var (floor, last) = (MixtureFits.VarianceFloor(codes), double.NegativeInfinity);
        while (MixtureFits.Moments(onArrays, codes) is var moments && moments.LogLikelihood.Item / 60 - last >= 1e-4)
            (onArrays, last) = (MixtureFits.Maximum(moments, onArrays, floor), moments.LogLikelihood.Item / 60);
        Assert.Equal(onArrays.Means, fitted.Means, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(onArrays.Factors, fitted.Factors, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AMixtureHasAtLeastAsManyComponentsAsTheCodesHaveClusters(int clusters)
    {
        using var scope = NewDisposeScope();
        double[] values = [.. Noise.Normal(5, 300, 2).ToArray().Select((value, at) => value + (at / 2 % clusters == at % 2 + 1 ? 12 : 0))];
        var codes = tensor(values, ScalarType.Float64).view(300, 2);
        // Of sizes that predict equally well, the largest.
        Assert.InRange(MixtureSizes.Choose(20, codes, KeyedRandom.FromSeed(2), default), clusters, clusters + 6);
        Assert.Equal(1, MixtureSizes.Choose(1, codes, KeyedRandom.FromSeed(2), default));
    }

    // Of a linear model with data of its own, the codes' distribution is the prior itself.
    public static TheoryData<Sampler> Trained => [
        Samplers.Mixture(1), Samplers.Mixture(3), Samplers.Vamp(400), Samplers.TwoStage(32, CodeTrainings.Adam(epochs: 12, batch: 64)),
        Samplers.Flow(Flows.Repeat(2, Flows.MaskedAutoregressive(16)), CodeTrainings.Adam(epochs: 6, batch: 64))];

    [Theory, MemberData(nameof(Trained))]
    public void CodesThatAreStandardNormalStaySo(Sampler sampler)
    {
        using var scope = NewDisposeScope();
        using var linear = new LinearModel([0.05, 0.12, 0.08]);
        using var fitted = linear.Model.Fit(sampler, linear.Draw(1000, 1), seed: 2);
        var drawn = fitted.Codes(4000, 3);
        var cloud = LatentClouds.Moments(NdArray.FromValues(drawn.ToDoubles(), 4000, 3));
        Assert.InRange(cloud.KlToStandardNormal, 0, 0.05);
        Assert.All(cloud.Dimensions, d => Assert.InRange(d.ExcessKurtosis, -0.5, 0.7));
    }

    [Fact]
    public void AMixtureOfTwoClustersPutsNothingBetweenThemAndThePriorDoes()
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(Zoo.Mlp(Shape.Vector(1), 1, 4).With(encoder: new([], Heads.Dense), posterior: Posteriors.Point), 1);
        using (no_grad())
        {
            model.Weights["encoder.0.weight"].fill_(Scalars.Get(10));
            model.Weights["encoder.0.bias"].fill_(Scalars.Get(-5));
        }
        // Codes near −5 and 5.
        var data = Dataset.Create("two", Shape.Vector(1), Pixels.OfBytes(
            Enumerable.Range(0, 200).Select(i => (byte)(i % 2 == 0 ? i % 13 : 255 - i % 13)).ToArray()), ReadOnlyMemory<int>.Empty, []);
        using var fitted = model.Fit(Samplers.Mixture(2), data);
        var z = fitted.Codes(500, 1).ToDoubles();
        Assert.All(z, code => Assert.True(Math.Abs(code) > 3, $"{code}"));
        Assert.InRange(z.Count(code => code > 0), 180, 320);
    }

    [Fact]
    public void OptionsThatDoNotFitAreReported()
    {
        using var model = new VaeModel(ModelOf(Posteriors.DiagonalNormal), 3);
        using var point = new VaeModel(ModelOf(Posteriors.Point), 3);
        var count = MadeData.Greyscale.Train.Count;
        void Refused(string sentence, Action fit) =>
            Assert.StartsWith(sentence, Assert.Throws<VaeException>(fit).Message, StringComparison.Ordinal);
        Refused($"sampler.components: must be at most {count / 5} for {count} codes of 4 numbers, 5 each, got 30",
            () => model.Fit(Samplers.Mixture(30), MadeData.Greyscale.Train));
        Refused($"sampler.components: must be at most the {count} codes, got 99",
            () => model.Fit(Samplers.Vamp(99), MadeData.Greyscale.Train));
        Refused("sampler: must be fitted to codes", () => point.Fit(Samplers.Prior, MadeData.Greyscale.Train));
        Refused("sampler: must be fitted to codes", () => SamplerFits.OfPrior(point));
        Refused("data: must have the shape 4 of the model's input, got 6", () => model.Fit(Samplers.Vamp(2), LinearDraws()));
        using var fitted = model.Fit(Samplers.Vamp(2), MadeData.Greyscale.Train);
        Refused("count: must be at least 0, got -1", () => fitted.Codes(-1, 1));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => model.Fit(Samplers.TwoStage(4), MadeData.Greyscale.Train, stop: stop.Token));
    }

    private static Dataset LinearDraws()
    {
        using var linear = new LinearModel([0.1]);
        return linear.Draw(10, 1);
    }

    private static VaeSpec ModelOf(Posterior posterior) =>
        Zoo.Mlp(MadeData.Greyscale.Train.Shape, 4, 8).With(posterior: posterior, prior: Priors.Default(posterior));
}
