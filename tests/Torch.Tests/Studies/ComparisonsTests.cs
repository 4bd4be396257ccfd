using System.Xml.Linq;
using TorchSharp;

namespace Vae.Torch.Tests;

public class ComparisonsTests
{
    private static readonly DataSplit Data = TinyRuns.Digits();

    private static readonly ComparisonOptions Little = new(Draws: 40, Codes: 60, Paths: 5, Steps: 4);

    private static Candidate Candidate(string group, ulong seed, Condition? condition = null, Posterior? posterior = null,
        int latent = 2) => new(
        $"{group}-{seed}", group, seed, new VaeModel(Zoo.Mlp(TinyRuns.Input, latent, 8)
            .With(condition: condition ?? Conditions.None, posterior: posterior), seed), Binarizations.None);

    private static void With(IReadOnlyList<Candidate> candidates, Action<IReadOnlyList<Candidate>> use)
    {
        use(candidates);
        foreach (var of in candidates)
            of.Model.Dispose();
    }

    [Fact]
    public void CodesOfExamplesThatTheModelDrewAreNormal()
    {
        // Under the exact posterior, the codes of draws from the model are draws from the prior.
        using var linear = new LinearModel([0.1, 0.07]);
        var drawn = linear.Draw(3000, 1);
        var figures = Comparisons.Run([new("exact", "exact", 1, linear.Model, Binarizations.None)], new(drawn, drawn.Take([]), drawn),
            new(Paths: 2)).Models[0];
        // 6,000 · KL is a χ² with 5 degrees of freedom, above 40 less than once in a million; values are rounded to bytes.
        Assert.InRange(figures.KlToNormal!.Value, 0, 0.008);
        Assert.InRange(figures.Discrepancy, -0.005, 0.005);
        Assert.InRange(figures.Variance, 0.85, 1.15);
        Assert.Equal((null, null), (figures.Uniform, figures.Normal));
        Assert.Equal(1, figures.LargestStep, 1e-3);
        Assert.Equal(1, figures.Straightness, 1e-5);
    }

    [Fact]
    public void NotesNameTheLikelihoodThatIsNotADensity()
    {
        IReadOnlyList<string> Notes(params Likelihood[] likelihoods) =>
            ComparedMetrics.Notes([.. likelihoods.Select(likelihood => Zoo.Mlp(TinyRuns.Input, 2, 8).With(likelihood: likelihood))], null);
        Assert.DoesNotContain(
            Notes(Likelihoods.Bernoulli, Likelihoods.ZeroInflatedNegativeBinomial()), note => note.Contains("not a density"));
        Assert.Contains(
            "A cross-entropy on soft targets between 0 and 1 is not a density, so −ELBO does not bound −ln p(x).",
            Notes(Likelihoods.CrossEntropy, Likelihoods.Bernoulli));
        var counts = Likelihoods.ZeroInflatedNegativeBinomial(library: true);
        var inflated = Notes(counts, counts);
        var note = Assert.Single(inflated, note => note.Contains("not a density"));
        Assert.StartsWith("The likelihood (zero-inflated negative binomial", note);
        Assert.DoesNotContain(inflated, note => note.Contains("cross-entropy"));
    }

    [Fact]
    public void TheSameModelTwiceDoesNotVary() => With([Candidate("one", 3), Candidate("one", 3)], candidates =>
    {
        var comparison = Comparisons.Run(candidates, Data, Little);
        Assert.Equal(comparison.Models[0], comparison.Models[1]);
        Assert.All(comparison.Metrics, figure => Assert.Equal(0, figure.Groups[0]!.Deviation, 1e-9));
        Assert.Equal(0, comparison.Metrics.Single(figure => figure.Name == "distance of clouds between seeds").Groups[0]!.High, 1e-9);
    });

    [Fact]
    public void FiguresOfAGroupAreThoseOfItsModels() => With(
        [Candidate("autoencoder", 1, posterior: Posteriors.Point), Candidate("autoencoder", 2, posterior: Posteriors.Point),
            Candidate("vae", 1)], candidates =>
    {
        var comparison = Comparisons.Run(candidates, Data, Little);
        Assert.Equal(["autoencoder", "vae"], comparison.Groups);
        ComparedMetric Figure(string name) => comparison.Metrics.Single(figure => figure.Name == name);
        Assert.Equal(Summaries.Summarize(comparison.Models[0].Straightness, comparison.Models[1].Straightness),
            Figure("straightness").Groups[0]);
        Assert.Equal(new(1, comparison.Models[2].Test.Kl!.Value, 0, comparison.Models[2].Test.Kl!.Value,
            comparison.Models[2].Test.Kl!.Value), Figure("KL to the prior, nats").Groups[1]);
        Assert.Null(Figure("KL to the prior, nats").Groups[0]);
        Assert.Equal(comparison.Models[2].Dimensions[1].Variance, Figure("variance of z₂").Groups[1]!.Mean);
        Assert.Null(Figure("distance of clouds between seeds").Groups[1]);
        Assert.InRange(Figure("uniform draws: confidence").Real!.Value, 0.1, 1);
        Assert.InRange(comparison.Accuracy!.Value, 0, 1);
        Assert.Equal(40, comparison.Models[0].Normal!.Count);
        Assert.Equal(comparison.Metrics, Comparisons.Run(candidates, Data, Little).Metrics);
    });

    [Fact]
    public void CodesOfAnAutoencoderAreItsEncodings() => With([Candidate("autoencoder", 1, posterior: Posteriors.Point)], candidates =>
        Assert.Equal(new Evaluator(candidates[0].Model, Data.Test, Binarizations.None).Encode().Means.ToArray(),
            Comparisons.Codes(candidates[0], Data.Test).ToArray()));

    [Fact]
    public void UniformDrawsFillTheBoxOfTheCodes()
    {
        var codes = NdArray.FromValues([-1, 5, 3, 6, 0, 5.5], 3, 2);
        var draws = Comparisons.Uniform(codes, 4000, 1).ToArray().Chunk(2).ToArray();
        Assert.All(draws, of => Assert.True(of[0] is >= -1 and <= 3 && of[1] is >= 5 and <= 6));
        // The deviation of a mean of 4,000 is 4 / √48,000 = 0.018, and a quarter of that.
        Assert.InRange(draws.Average(of => of[0]), 1 - 0.11, 1 + 0.11);
        Assert.InRange(draws.Average(of => of[1]), 5.5 - 0.03, 5.5 + 0.03);
    }

    [Fact]
    public void AFigureIsDrawnByItsTitle() => With([Candidate("vae", 1), Candidate("vae", 2)], candidates =>
    {
        Assert.All(ComparisonPictures.Draw(candidates, Data.Test), figure => Assert.Equal(
            figure.Picture.ToPng(), ComparisonPictures.Titled(figure.Title, candidates, Data.Test).ToPng()));
        Assert.StartsWith("title: must be one of Codes, Other initial weights, Uniform draws",
            Assert.Throws<VaeException>(() => ComparisonPictures.Titled("Clouds", candidates, Data.Test)).Message, StringComparison.Ordinal);
    });

    [Fact]
    public void AnEvaluatorDecodesAsCandidatesDo() => With([Candidate("conditional", 1, Conditions.Label(10))], candidates =>
    {
        var evaluator = new Evaluator(candidates[0].Model, Data.Test, candidates[0].Binarization);
        var codes = evaluator.Encode().Means;
        Assert.Equal(Comparisons.Decode(candidates[0], codes, Data.Test), evaluator.Decode(codes));
        Damage.Refused(() => evaluator.Decode(NdArray.FromValues([1, 2, 3], 1, 3)), "codes: must be [N, 2], got [1, 3]");
    });

    [Fact]
    public void ConditionalModelsReceiveTheConditionsOfTheData() =>
        With([Candidate("conditional", 1, Conditions.Label(10)), Candidate("conditional", 2, Conditions.Label(10))], candidates =>
    {
        Assert.Equal(2, Comparisons.Run(candidates, Data, Little).Models.Count);
        Assert.Equal(5, ComparisonPictures.Draw(candidates, Data.Test).Count);
    });

    [Fact]
    public void WithoutLabelsTheReportStatesThatThereIsNoEvaluationClassifier() => With([Candidate("vae", 1, latent: 4)], candidates =>
    {
        Dataset Plain(Dataset data) => Dataset.Create("plain", data.Shape, data.Pixels, ReadOnlyMemory<int>.Empty, []);
        var data = new DataSplit(Plain(Data.Train), Data.Validation, Plain(Data.Test));
        var comparison = Comparisons.Run(candidates, data, Little);
        Assert.Null(comparison.Accuracy);
        Assert.DoesNotContain(comparison.Metrics, figure => figure.Name.Contains("confidence", StringComparison.Ordinal)
            || figure.Real is not null);
        Assert.Equal(3, ComparisonPictures.Draw(candidates, data.Test).Count);
        Assert.Contains("The data have no labels", ComparisonPage.Html("x", comparison, []), StringComparison.Ordinal);
    });

    [Fact]
    public void ThePageIsWellFormedAndHasAllFiguresAndPictures() =>
        With([Candidate("<autoencoder>", 1, posterior: Posteriors.Point), Candidate("vae", 1), Candidate("vae", 2)], candidates =>
    {
        var (comparison, figures) = (Comparisons.Run(candidates, Data, Little), ComparisonPictures.Draw(candidates, Data.Test));
        var html = ComparisonPage.Html("<autoencoder> and vae", comparison, figures);
        var page = XDocument.Parse(html);
        Assert.Equal("<autoencoder> and vae", page.Descendants("h1").Single().Value);
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "iframe");
        Assert.Equal(5, page.Descendants("img").Count());
        Assert.All(page.Descendants("img").Attributes("src"),
            src => Assert.StartsWith("data:image/png;base64,", src.Value, StringComparison.Ordinal));
        var rows = page.Descendants("table").First().Descendants("tr").Skip(1).ToList();
        Assert.Equal(comparison.Metrics.Select(figure => figure.Name), rows.Select(row => row.Elements().First().Value));
        Assert.All(comparison.Metrics.Zip(rows),
            of => Assert.Contains(ComparisonPage.Short(of.First.Groups[1]), of.Second.Value, StringComparison.Ordinal));
    });

    [Fact]
    public void NoTensorIsLeftBehind() =>
        With([Candidate("vae", 1, Conditions.Label(10)), Candidate("autoencoder", 1, posterior: Posteriors.Point)], candidates =>
    {
        _ = Comparisons.Run(candidates, Data, Little);
        var before = Samples.HeldTensors();
        _ = Comparisons.Run(candidates, Data, Little);
        _ = ComparisonPictures.Draw(candidates, Data.Test);
        Assert.Equal(before, torch.Tensor.TotalCount);
    });

    [Fact]
    public void WhatCannotBeComparedIsRefused() => With([Candidate("vae", 1)], candidates =>
    {
        Damage.Refused(() => Comparisons.Run([], Data), "models: must be at least one to compare, got none");
        Damage.Refused(() => Comparisons.Run(candidates, Data, new(Draws: 1)), "draws: must be at least 2, got 1");
        Damage.Refused(() => Comparisons.Run(candidates, Data, new(Paths: 0)), "paths: must be at least 1, got 0");
        Damage.Refused(() => Comparisons.Run(candidates, Data, new(Steps: 1)), "steps: must be at least 2, got 1");
        Damage.Refused(() => Comparisons.Run(candidates, Data, new(Codes: 1)), "codes: must be at least 2, got 1");
        Damage.Refused(() => Comparisons.Run(candidates, Data with { Test = Data.Test.Take([0]) }),
            "data.test: must have at least two examples, got 1");
        using var none = new VaeModel(Zoo.QuadrantsBaseline(TinyRuns.Input, 1, 8));
        Damage.Refused(() => Comparisons.Run([new("flat", "flat", 1, none, Binarizations.None)], Data),
            "flat: must have a latent space to be compared");
        using var linear = new LinearModel([0.1]);
        Damage.Refused(() => Comparisons.Run([new("line", "line", 1, linear.Model, Binarizations.None)], Data),
            "line: must be a model of examples of shape 1×28×28");
    });
}
