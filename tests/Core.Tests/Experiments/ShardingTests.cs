using System.Text.Json.Nodes;

namespace Vae.Tests;

/// <summary>What can be trained in several shards, and why the rest cannot.</summary>
public class ShardingTests
{
    private static readonly Experiment Sound = TrainRecipes.Default(
        Zoo.Mlp(Shape.Vector(6), 2, 5).With(likelihood: Likelihoods.Normal(1)), "digits", epochs: 2);

    private static readonly Dictionary<string, (Experiment Run, string Rule)> Coupled = new()
    {
        ["capacity"] = (Of(Objectives.Beta(Schedules.Constant(4), Capacities.Target(1))),
            "must be 1 with the objective elbo with a capacity, whose loss couples the examples of a batch"),
        ["free bits"] = (Of(Objectives.Beta(Schedules.Constant(1), Capacities.FreeBits(1))),
            "must be 1 with the objective elbo with 1 free nats a latent, whose loss couples the examples of a batch"),
        ["β-tc"] = (Of(Objectives.TotalCorrelation(6)),
            "must be 1 with the objective β-tc 6, whose loss couples the examples of a batch"),
        ["dip"] = (Of(Objectives.Regularized(Regularizers.DipI(1, 1))),
            "must be 1 with the objective dip-i, whose loss couples the examples of a batch"),
        ["mmd"] = (Of(Objectives.Wasserstein(10)), "must be 1 with the objective mmd 10, whose loss couples the examples of a batch"),
        ["factor"] = (Of(Objectives.Factor(6)), "must be 1 with the objective factor 6, whose loss couples the examples of a batch"),
        ["aae"] = (Of(Objectives.Adversarial(6)), "must be 1 with the objective adversarial 6, whose loss couples the examples of a batch"),
        ["vae-gan"] = (Of(Objectives.VaeGan(1)), "must be 1 with the objective vae-gan, whose loss couples the examples of a batch"),
        ["batch normalization"] = (
            Sound.With(model: Sound.Model.With(encoder: new([Layers.Residual([Layers.BatchNorm()])], Heads.Dense))),
            "must be 1 with the layer batchNorm, which couples the examples of a batch"),
        ["codebook"] = (
            Sound.With(model: Sound.Model.With(
                posterior: Posteriors.VectorQuantized(8, 2), prior: Priors.Default(Posteriors.VectorQuantized(8, 2)))),
            "must be 1 with the posterior vector-quantized, 8 codes, which follows statistics of a batch"),
        ["optimal σ"] = (Sound.With(model: Sound.Model.With(likelihood: Likelihoods.Normal(Scales.Optimal))),
            "must be 1 with the likelihood normal, optimal σ, which follows statistics of a batch"),
    };

    public static TheoryData<string> Cases => [.. Coupled.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void WhatCouplesExamplesNeedsWholeBatches(string name)
    {
        var (run, rule) = Coupled[name];
        Assert.Equal([], Specs.Problems(run));
        Assert.Equal([new Problem("train.shards", rule, "4")], Specs.Problems(In(run, 4)));
    }

    [Fact]
    public void WhatTreatsExamplesApartMayHaveShards() => Assert.All(
        new[]
        {
            Objectives.Elbo, Objectives.Beta(4), Objectives.ImportanceWeighted(5), Objectives.Reconstruction, Objectives.Code(0.1),
            Objectives.Beta(Schedules.Constant(1), gradient: EncoderGradients.StickingTheLanding),
        },
        objective => Assert.Equal([], Specs.Problems(In(Of(objective), 4))));

    [Theory]
    [InlineData(0, "must be at least 1")]
    [InlineData(129, "must be at most the 128 examples of a batch")]
    public void ShardsAreBetweenOneAndTheBatch(int shards, string rule) => Assert.Equal(
        [new Problem("train.shards", rule, $"{shards}")], Specs.Problems(In(Sound.With(train: Sound.Train.With(batch: 128)), shards)));

    [Fact]
    public void AFileWithoutShardsHasOne()
    {
        var file = JsonNode.Parse(SpecJson.Write(In(Sound, 1)))!;
        Assert.True(file["train"]!.AsObject().Remove("shards"));
        Assert.Equal(1, SpecJson.ReadExperiment(file.ToJsonString()).Match(
            run => run.Train.Shards, problems => throw new ArgumentException($"{problems}")));
    }

    private static Experiment Of(Objective objective) => Sound.With(objective: objective);

    private static Experiment In(Experiment run, int shards) => run.With(train: run.Train.With(shards: shards));
}
