using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Every posterior with every prior that fits it is trained, stored, measured and shown.</summary>
public sealed class LatentRunTests : IDisposable
{
    private readonly TempFolder folder = new();
    private static readonly Lazy<DataSplit> Digits = new(() => TinyRuns.Digits());

    public void Dispose() => folder.Dispose();

    // A point has no density: its runs are those of autoencoders.
    private static readonly IReadOnlyDictionary<string, Posterior> Q =
        Combinations.AllPosteriors.Where(named => named.Value is not Posterior.Point).ToDictionary();
    private static readonly IReadOnlyDictionary<string, Prior> P = Combinations.AllPriors;

    private static VaeSpec Spec(string posterior, string prior) => Zoo.Mlp(TinyRuns.Input, 4, 16).With(
        posterior: Q[posterior], prior: P[prior], condition: prior == "conditional" ? Conditions.Label(10) : null);

    private static Experiment Run(string posterior, string prior, int epochs = 2, Objective? objective = null)
    {
        var run = TinyRuns.Of(Spec(posterior, prior), objective, epochs);
        return run.With(train: run.Train.With(batch: 25, learningRate: Schedules.Constant(3e-3)));
    }

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var posterior in Q.Keys)
                foreach (var prior in P.Keys.Where(prior => Specs.Problems(Spec(posterior, prior)).Count == 0))
                    pairs.Add(posterior, prior);
            return pairs;
        }
    }

    [Fact]
    public void EveryPosteriorAndEveryPriorIsInSomePair()
    {
        Assert.Equal(Q.Keys.Order(), Pairs.Select(pair => (string)pair[0]).Distinct().Order());
        Assert.Equal(P.Keys.Order(), Pairs.Select(pair => (string)pair[1]).Distinct().Order());
        Assert.Equal(6 * 6 + 1 + 1 + 2 + 2 + 3, Pairs.Count);
    }

    [Theory, MemberData(nameof(Pairs))]
    public void EveryPairThatIsAllowedTrainsAndComesBackEqual(string posterior, string prior)
    {
        var result = TinyRuns.Train(Run(posterior, prior), Digits.Value, folder["run"]);
        Assert.True(result.History.All(entry => entry.Train.AreFinite && entry.Validation.AreFinite));
        Assert.True(result.History[^1].Validation.NegElbo < result.History[0].Validation.NegElbo,
            $"{result.History[0].Validation} {result.History[^1].Validation}");
        using var model = RunFolder.Open(folder["run"]).LoadModel();
        using var again = RunFolder.Open(folder["run"]).LoadModel();
        using var labels = Digits.Value.Test.Labels.Length > 0 && prior == "conditional" ? zeros(5, 10) : null;
        using Tensor one = model.Sample(5, 3, labels), other = again.Sample(5, 3, labels);
        Assert.Equal(one.ToFloats(), other.ToFloats());
        Assert.All(one.ToFloats(), value => Assert.InRange(value, 0, 1));
        var evaluation = new Evaluator(model, Digits.Value.Test.Take([.. Enumerable.Range(0, 20)]), Binarizations.None).Evaluate(16);
        // The bound of more samples is no worse, but for what 20 examples leave to chance.
        Assert.True(evaluation.Nll < evaluation.NegElbo + 3, $"{evaluation}");
    }

    public static TheoryData<string, string> Shown => new()
    {
        { "full", "mixture" }, { "iaf", "maf" }, { "diagonal", "vamp" }, { "sphere", "uniform sphere" },
        { "categorical", "autoregressive classes" }, { "quantized", "autoregressive codebook" },
    };

    [Theory, MemberData(nameof(Shown))]
    public void WhatARunShowsIsThereAndWhatHasNoMeaningIsNot(string posterior, string prior)
    {
        var run = Run(posterior, prior, epochs: 1);
        var result = TinyRuns.Train(run, Digits.Value, folder["run"]);
        RunReports.Write(RunFolder.Open(folder["run"]), result, Digits.Value);
        foreach (var file in new[] { "samples.png", "reconstructions.png", "latents.png", "report.html" })
            Assert.True(File.Exists(Path.Combine(folder["run"], file)), file);
        var isReal = posterior is "full" or "iaf" or "diagonal";
        Assert.Equal(isReal, File.Exists(Path.Combine(folder["run"], "traversals.png")));
        Assert.Equal(isReal || posterior == "sphere", File.Exists(Path.Combine(folder["run"], "interpolation.png")));
        using var model = RunFolder.Open(folder["run"]).LoadModel();
        var facts = Diagnoses.Diagnose(new(model, Digits.Value.Test, Binarizations.None), []).Dimensions;
        Assert.All(facts, fact => Assert.Null(fact.Gap));
        Assert.All(facts, fact => Assert.Equal(isReal, fact.Saturated is not null));
        if (!isReal)
            Assert.Contains("model.posterior: must be real-valued for latent traversals, got",
                Assert.Throws<VaeException>(
                () => LatentPictures.Traversals(model, Digits.Value.Test, Binarizations.None)).Message);
    }

    [Fact]
    public void TheLatentPlaneIsOneOfRealNumbers()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, 2, 8).With(posterior: Q["categorical"], prior: P["uniform classes"]));
        var message =
            "model.posterior: must be real-valued for {0}, got categorical, 2 classes, whose z is of one-hot blocks of 2";
        var test = Digits.Value.Test;
        Assert.Equal(string.Format(message, "a grid over the latent plane"),
            Assert.Throws<VaeException>(() => LatentPictures.Manifold(model, 3)).Message);
        Assert.Equal(string.Format(message, "an interpolation between codes"),
            Assert.Throws<VaeException>(() => LatentPictures.Interpolation(model, test, Binarizations.None, 0, 1)).Message);
        Assert.Equal(string.Format(message, "a scatter plot of codes"),
            Assert.Throws<VaeException>(() => LatentPictures.Scatter(model, test, Binarizations.None)).Message);
    }

    [Theory]
    [InlineData("quantized", "autoregressive codebook")]
    [InlineData("categorical", "uniform classes")]
    [InlineData("diagonal", "vamp")]
    [InlineData("iaf", "maf")]
    public void AResumedRunEqualsOneOfAllEpochs(string posterior, string prior)
    {
        var run = Run(posterior, prior, 3);
        TinyRuns.Train(run, Digits.Value, folder["whole"]);
        TinyRuns.Train(run.With(train: run.Train.With(epochs: 1)), Digits.Value, folder["parts"]);
        Trainer.Train(run, Digits.Value, new(folder["parts"], Resume: true, Threads: 1));
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["whole"], "model.safetensors")),
            File.ReadAllBytes(Path.Combine(folder["parts"], "model.safetensors")));
    }

    [Theory]
    [InlineData("iaf", "standard")]
    [InlineData("full", "mixture")]
    [InlineData("sphere", "uniform sphere")]
    [InlineData("quantized", "uniform codebook")]
    public void TheImportanceWeightedBoundIsTrainedToo(string posterior, string prior)
    {
        var result = TinyRuns.Train(Run(posterior, prior, objective: Objectives.ImportanceWeighted(3)), Digits.Value, folder["run"]);
        Assert.True(result.History[^1].Validation.NegElbo < result.History[0].Validation.NegElbo);
    }

    [Fact]
    public void TheCodebookMovesAndManyCodesAreUsed()
    {
        TinyRuns.Train(Run("quantized", "uniform codebook", epochs: 3), Digits.Value, folder["run"]);
        using var model = RunFolder.Open(folder["run"]).LoadModel();
        Assert.True(model.Weights["posterior.counts"].ToFloats().Count(count => count > 0.1) >= 4);
        using var scope = NewDisposeScope();
        var z = new Evaluator(model, Digits.Value.Test, Binarizations.None).Encode().Means.ToArray().Chunk(2)
            .Select(code => (code[0], code[1])).Distinct();
        Assert.InRange(z.Count(), 3, 8);
    }
}
