namespace Vae.Torch.Tests;

public class AnomaliesTests
{
    private static readonly double[] Strengths = [0.12, 0.08];

    private static VaeModel Autoencoder() => new(Zoo.Mlp(TinyRuns.Input, 2, 8).With(posterior: Posteriors.Point), 5);

    [Fact]
    public void ScoresOfEachAddUpToTheFiguresOfAll()
    {
        using var linear = new LinearModel(Strengths, offset: 0.5);
        var data = linear.Draw(1003, 1);
        var evaluator = new Evaluator(linear.Model, data, Binarizations.None, 4);
        var scores = Anomalies.Scores(new(linear.Model, data, Binarizations.None, 4), 7);
        var terms = evaluator.Terms();
        Assert.Equal(Enumerable.Range(0, 1003), scores.Select(score => score.Index));
        Assert.Equal(terms.NegElbo!.Value, scores.Average(score => score.NegElbo!.Value), 1e-9);
        Assert.Equal(terms.Reconstruction, scores.Average(score => score.Reconstruction), 1e-9);
        Assert.Equal(evaluator.Nll(7), scores.Average(score => score.Nll!.Value), 1e-9);
    }

    [Fact]
    public void UnderTheExactPosteriorTheScoreOfAnExampleIsItsEvidence()
    {
        using var linear = new LinearModel(Strengths);
        var data = linear.Draw(40, 2);
        var scores = Anomalies.Scores(new(linear.Model, data, Binarizations.None), 3);
        for (var i = 0; i < 40; i++)
            Assert.Equal(linear.NegLogEvidence(data.Take([i])), scores[i].Best, 1e-3);
    }

    [Fact]
    public void WhatTheModelNeverDrawsStandsOut()
    {
        using var linear = new LinearModel(Strengths);
        var ordinary = Anomalies.Scores(new(linear.Model, linear.Draw(200, 3), Binarizations.None));
        // White vectors lie ten deviations of each axis away.
        var white = Dataset.Create("white", Shape.Vector(LinearModel.Size),
            Pixels.OfBytes(Enumerable.Repeat((byte)255, 10 * LinearModel.Size).ToArray()), ReadOnlyMemory<int>.Empty, []);
        var found = Anomalies.Detect("white", Anomalies.Scores(new(linear.Model, white, Binarizations.None)), ordinary);
        Assert.Equal(new Detection("white", 10, 200, 1, 1, 1), found);
        Assert.Equal(0.5, Anomalies.Detect("same", ordinary, ordinary).Nll);
    }

    [Fact]
    public void AnAutoencoderHasItsReconstructionAlone()
    {
        using var model = Autoencoder();
        var test = TinyRuns.Digits().Test;
        var scores = Anomalies.Scores(new(model, test, Binarizations.None));
        Assert.All(scores, score => Assert.True(score is { NegElbo: null, Nll: null } && score.Best == score.Reconstruction));
        Assert.Equal(test.Classes[test.Labels.Span[7]], scores[7].Class);
        var found = Anomalies.Detect("some", [.. scores.Take(9)], [.. scores.Skip(9)]);
        Assert.Equal((null, null), (found.NegElbo, found.Nll));
        var (originals, reconstructions) = Decodings.Reconstructed(model, test, Binarizations.None);
        int max = scores.MaxBy(score => score.Best)!.Index, min = scores.MinBy(score => score.Best)!.Index;
        float[] Of(float[] images, int at) => images[(at * 784)..((at + 1) * 784)];
        Assert.Equal(
            Pictures.Grid(
                [.. Of(originals, max), .. Of(reconstructions, max), .. Of(originals, min), .. Of(reconstructions, min)], test.Shape, 1,
                rowNames: ["most anomalous", "reconstruction", "most ordinary", "reconstruction"]),
            StudyPictures.Anomalies(model, test, Binarizations.None, scores, 1));
    }

    [Fact]
    public void AConditionalModelScoresUnderEachCondition()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, 2, 8).With(condition: Conditions.Label(10)), 5);
        var test = TinyRuns.Digits().Test;
        int[] order = [.. Enumerable.Range(0, test.Count).Reverse()];
        var scores = Anomalies.Scores(new(model, test, Binarizations.None), 2);
        Assert.Equal(test.Count, scores.Count);
        Assert.All(scores, score => Assert.True(double.IsFinite(score.Best)));
        Assert.Equal(test.Count, Anomalies.Scores(new(model, test.Take(order), Binarizations.None), 2).Count);
    }

    [Fact]
    public void WhatCannotBeScoredIsRefused()
    {
        using var linear = new LinearModel(Strengths);
        var data = linear.Draw(3, 8);
        Damage.Refused(() => Anomalies.Scores(new(linear.Model, data, Binarizations.None), 0),
            "importance-samples: must be 1 … 1000000, got 0");
        Damage.Refused(() => Anomalies.Detect("none", [], []), "anomalies: must be at least one example");
        using var model = Autoencoder();
        var test = TinyRuns.Digits().Test;
        Damage.Refused(() => StudyPictures.Anomalies(model, test, Binarizations.None, []),
            "scores: must be one for each of 128 examples, got 0");
        Damage.Refused(() => StudyPictures.Anomalies(model, test, Binarizations.None,
            Anomalies.Scores(new(model, test, Binarizations.None)), 0), "count: must be at least 1, got 0");
    }
}
