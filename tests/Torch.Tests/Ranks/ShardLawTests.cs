using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>The gradient in shards is that of the batch, and evaluation on ranks is that of one process.</summary>
public class ShardLawTests
{
    [Theory]
    [InlineData(StepRoute.Autograd)]
    [InlineData(StepRoute.Compiled)]
    public void ShardsHaveTheGradientOfTheBatch(StepRoute route)
    {
        // A point draws no noise, which shards would draw by other keys.
        var experiment = Samples.Tiny.With(
            model: Samples.Tiny.Model.With(posterior: Posteriors.Point), objective: Objectives.Reconstruction,
            train: Samples.Tiny.Train.With(batch: 16, optimizer: Optimizers.Sgd()));
        using var scope = NewDisposeScope();
        var x = Samples.Inputs(experiment.Model, 13);
        var whole = Step(1);
        foreach (var shards in new[] { 2, 3, 16 })
            Assert.True(Samples.LargestGap(whole, Step(shards)) < 1e-6 * whole.abs().max().ToDoubles()[0] + 1e-8);

        Tensor Step(int shards)
        {
            using var model = new VaeModel(experiment.Model, 1, CPU);
            using var state = new OptimizerState(model.Weights);
            var run = experiment.With(train: experiment.Train.With(shards: shards));
            using var step = ShardedSteps.Choose(
                model, state, run, new(route, "default", Precision.Float32), 13, Torch.Ranks.Single).Step;
            step.Run(x, null, Samples.At(0));
            Assert.Equal(13, step.Collect().Examples);
            return model.Weights.Gradient.clone();
        }
    }

    [Fact]
    public void ShardsAreAllRowsOnce() => Assert.All(
        from count in Enumerable.Range(0, 20) from shards in Enumerable.Range(1, 9) select (count, shards),
        at => Assert.Equal(
            Enumerable.Range(0, at.count).Select(row => (long)row),
            Enumerable.Range(0, at.shards).Select(shard => new Shard(shard, at.shards).Rows(at.count))
                .SelectMany(rows => Enumerable.Range(0, (int)rows.Count).Select(i => rows.First + i))));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void EvaluationOnRanksIsThatOfOneProcess(int count)
    {
        var spec = Samples.Tiny.Model.With(likelihood: Likelihoods.Normal(0.3));
        var data = Samples.Data(spec, train: 1, test: 1300).Test;
        using var model = new VaeModel(spec, 1, CPU);
        var expected = Measured(Torch.Ranks.Single);
        Assert.All(RankThreads.Run(count, Measured), actual => Assert.Equal(expected, actual));

        (Evaluation, ValueList<double>, BidirectionalBounds) Measured(RankGroup ranks)
        {
            var input = new EvaluationInput(model, data, Binarizations.None, 3) { Ranks = ranks };
            var few = input with { Data = data.Take([.. Enumerable.Range(0, 40)]) };
            var annealing = new AnnealingOptions(Temperatures: 3, Chains: 64, Leapfrogs: 1);
            return (new Evaluator(input).Evaluate(importanceSamples: 5), AnnealedImportanceSampling.LogLikelihoods(few, annealing),
                AnnealedImportanceSampling.OnSimulated(model, 40, annealing, 3, ranks));
        }
    }
}
