using Vae.Tests;

namespace Vae.Torch.Tests;

public class MeasuresTests
{
    [Fact]
    public void ThePartsOfTheRateAddUpToIt()
    {
        using var linear = new LinearModel([0.05, 0.12, 0.08]);
        var data = linear.Draw(700, 1);
        var measured = Measures.Information(new(linear.Model, data, Binarizations.None, 3));
        var terms = new Evaluator(linear.Model, data, Binarizations.None, 3).Terms();
        Assert.Equal((terms.Kl!.Value, terms.Reconstruction, 700), (measured.Rate, measured.Distortion, measured.Examples));
        var sum = measured.MutualInformation + measured.TotalCorrelation + measured.DimensionWiseKl;
        Assert.InRange(sum, measured.Rate - 5 * measured.StandardError, measured.Rate + 5 * measured.StandardError);
        Assert.Equal(measured.TotalCorrelation + measured.DimensionWiseKl, measured.MarginalKl, 1e-12);
        // Data drawn from the model: codes fill the prior, but for those that 700 of them leave out.
        Assert.InRange(measured.MarginalKl, 0, 0.4);
    }

    [Fact]
    public void BlocksGiveWhatOneFormulaGives()
    {
        using var linear = new LinearModel([0.05, 0.12]);
        var data = linear.Draw(150, 2);
        var encodings = new Evaluator(linear.Model, data, Binarizations.None).Encode();
        using var noise = new KeyedNoise(0, TorchSharp.torch.CPU);
        using var eps = TorchSharp.torch.empty(150, 2);
        noise.Normal(eps, Purpose.Evaluate, 0);
        var expected = KlDecompositions.Estimate(encodings.Means, encodings.LogVariances, NdArray.FromValues(eps.ToDoubles(), 150, 2));
        var measured = Measures.Information(new(linear.Model, data, Binarizations.None));
        Assert.Equal(expected.MutualInformation, measured.MutualInformation, 1e-4);
        Assert.Equal(expected.TotalCorrelation, measured.TotalCorrelation, 1e-4);
        Assert.Equal(expected.DimensionWiseKl, measured.DimensionWiseKl, 1e-4);
    }

    [Fact]
    public void TheAnnealedEstimateIsNearTheTruthAndReportsItsError()
    {
        using var linear = new LinearModel([0.05, 0.12]);
        var data = linear.Draw(30, 4);
        var measured = Measures.Annealed(new(linear.Model, data, Binarizations.None, 1), 20, new(200, 4, 5));
        var truth = linear.NegLogEvidence(data.Take([.. Enumerable.Range(0, 20)]));
        Assert.Equal(20, measured.Examples);
        Assert.InRange(measured.Nll, truth - 0.1, truth + 0.2);
        Assert.InRange(measured.Gap!.Value, -0.05, 0.3);
        Assert.Equal(truth, measured.ImportanceSampledNll, 1e-3);
    }

    [Fact]
    public void SpritesComeWithTheirFactors()
    {
        var test = EmbeddedSprites.Load(new(Limit: 1)).Test;
        var factors = Measures.Factors(test);
        Assert.Equal(["shape", "scale", "orientation", "position x", "position y"], factors.Select(factor => factor.Name));
        Assert.Equal(test.Labels.ToArray(), factors[0].Values);
        for (var n = 0; n < 50; n++)
        {
            var drawn = Sprites.Draw(Sprites.IndexOf(ValueList.From(factors.Select(factor => factor.Values[n]))));
            Assert.Equal(drawn.Select(b => b / 255f),
                test.Take([n]).Pixels.Match(bytes => bytes.ToArray().Select(b => b / 255f), floats => floats.ToArray()));
        }
        Assert.Equal([false, true, true, true, true], factors.Select(factor => factor.Ordered));
    }

    [Fact]
    public void FactorsOfCustomDataAreWholeNumbers()
    {
        var data = Samples.Data(Samples.Tiny.Model).Test;
        Assert.Empty(Measures.Factors(data));
        var factors = Measures.Factors(data.WithConditions(new float[] { 0, 3, 1, 3, 0, 4, 1, 4, 2, 3 }, 2));
        Assert.Equal([[0, 1, 0, 1, 2], [3, 3, 4, 4, 3]], factors.Select(factor => factor.Values.ToArray()));
        Assert.Empty(Measures.Factors(data.WithConditions(new float[] { 0, 0.5f, 1, 3, 0, 4, 1, 4, 2, 3 }, 2)));
    }

    [Fact]
    public void ACodeThatIsItsFactorsIsDisentangled()
    {
        // The means are the axes themselves, and the axes the factors.
        using var linear = new LinearModel([0.2, 0.2]);
        var random = KeyedRandom.FromSeed(1);
        int[][] places =
            [.. Enumerable.Range(0, 2).Select(k => Enumerable.Range(0, 800).Select(n => random.Fold(k).Below(6, n)).ToArray())];
        var bytes = new byte[800 * LinearModel.Size];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = i % LinearModel.Size < 2 ? (byte)(100 + 10 * places[i % LinearModel.Size][i / LinearModel.Size]) : (byte)128;
        var data = Dataset.Create("places", Shape.Vector(LinearModel.Size), Pixels.OfBytes(bytes), ReadOnlyMemory<int>.Empty, []);
        var scores = Measures.Disentanglement(new(linear.Model, data, Binarizations.None),
            ValueList.From(places.Select((values, k) => new KnownFactor($"{k}", ValueList.From(values)))));
        Assert.InRange(scores.Mig, 0.98, 1);
        Assert.InRange(scores.FactorVae, 0.999, 1);
    }

    [Fact]
    public void DrawsOfAnUntrainedModelAreNotTakenForDigits()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, 2, 16), 1);
        var measured = Measures.Samples(model, TinyRuns.Digits(2000), 1);
        Assert.Equal(128, measured.Examples);
        Assert.InRange(measured.Overlap.Recall, 0, 0.05);
        Assert.InRange(measured.Overlap.Coverage, 0, 0.3);
        Assert.True(measured.Quality.FrechetDistance > 0.01);
    }

    [Fact]
    public void WhatAModelDoesNotHaveIsRefused()
    {
        using var point = new VaeModel(Samples.Tiny.Model.With(posterior: Posteriors.Point));
        var data = Samples.Data(Samples.Tiny.Model);
        void Refused(string message, Action act) =>
            Assert.StartsWith(message, Assert.Throws<VaeException>(act).Message, StringComparison.Ordinal);
        Refused("model: must have a latent with a diagonal normal posterior",
            () => Measures.Information(new(point, data.Test, Binarizations.None)));
        Refused("model.posterior: must be a distribution", () => Measures.Samples(point, data));
        Refused("factors: must be at least 2", () => Measures.Disentanglement(new(point, data.Test, Binarizations.None), []));
        Refused("annealing.examples: must be at least 1, got 0", () => Measures.Annealed(new(point, data.Test, Binarizations.None), 0));
    }
}
