namespace Vae.Torch.Tests;

/// <summary>What a run does when it goes wrong, and when it has had enough.</summary>
public class GuardLawTests
{
    private static readonly Experiment Wild = Samples.Tiny.With(
        model: Samples.Tiny.Model.With(likelihood: Likelihoods.Normal(0.1)),
        train: Samples.Tiny.Train.With(optimizer: Optimizers.Sgd(), learningRate: Schedules.Constant(1e6), epochs: 5));

    [Fact]
    public void ADivergedRunNamesTermAndStepAndKeepsTheLastGoodCheckpoint()
    {
        using var folder = new TemporaryFolder();
        TrainEvent.NotFinite? received = null;
        var result = Trainer.Train(Wild, Samples.Data(Wild.Model), new(folder.Run()),
            new Each(e => received = e as TrainEvent.NotFinite ?? received));
        Assert.Equal(Outcome.Diverged, result.Outcome);
        Assert.NotNull(received);
        Assert.Contains(received.Term, result.Note, StringComparison.Ordinal);
        Assert.Contains($"at step {received.Step}", result.Note, StringComparison.Ordinal);
        using var model = RunFolder.Open(folder.Run()).LoadModel();
        Assert.True(model.Weights.AreFinite);
        Assert.True(result.Test.AreFinite);
        Assert.Equal(Outcome.Diverged, Trainer.Train(Wild, Samples.Data(Wild.Model), new(folder.Run(), Resume: true)).Outcome);
    }

    [Fact]
    public void NoCheckpointIsTakenOfBrokenWeightsBetweenTwoMeasuredSteps()
    {
        foreach (var pace in new[] { Pace.EachStep, new(TimeSpan.Zero, TimeSpan.MaxValue) })
        {
            var ruined = Wild.With(train: Wild.Train.With(learningRate: Schedules.Constant(1e38)));
            using var folder = new TemporaryFolder();
            using var stop = new CancellationTokenSource();
            var result = Trainer.Train(ruined, Samples.Data(ruined.Model), new(folder.Run()), pace,
                new Each(received => { if (received is TrainEvent.Progressed) stop.Cancel(); }), stop.Token);
            Assert.Equal(Outcome.Diverged, result.Outcome);
            using var model = RunFolder.Open(folder.Run()).LoadModel();
            Assert.True(model.Weights.AreFinite);
        }
    }

    [Fact]
    public void AHeldOutBoundThatIsNotFiniteIsDivergence()
    {
        // One step a pass: its own loss is finite, and the weights after it are so too, but no square of theirs.
        var ruined = Wild.With(train: Wild.Train.With(learningRate: Schedules.Constant(1e20), batch: 100, epochs: 1));
        using var folder = new TemporaryFolder();
        var result = Trainer.Train(ruined, Samples.Data(ruined.Model), new(folder.Run()));
        Assert.Equal(Outcome.Diverged, result.Outcome);
        Assert.Contains("validation", result.Note, StringComparison.Ordinal);
        Assert.Empty(RunFolder.Open(folder.Run()).History());
    }

    [Theory]
    [InlineData(0, 2, 3)]
    [InlineData(3, 2, 6)]
    [InlineData(2.5, 1, 4)]
    [InlineData(5, 9, 10)]
    public void WaitingBeginsAtTheWarmUpsEnd(double warmUp, int patience, int epochs)
    {
        // Nothing is learnt, so no epoch is better than the first that counts.
        var still = Samples.Tiny.With(
            objective: warmUp == 0 ? Objectives.Elbo : Objectives.Beta(Schedules.Linear(0, 1, warmUp)),
            data: Samples.Tiny.Data.With(validation: 0.2),
            train: Samples.Tiny.Train.With(epochs: 10, learningRate: Schedules.Constant(0), stopping: Stoppings.Patience(patience)));
        using var folder = new TemporaryFolder();
        var result = Trainer.Train(still, Samples.Data(still.Model), new(folder.Run()));
        Assert.Equal(epochs, result.Epochs);
        Assert.Equal(epochs < 10 ? Outcome.StoppedEarly : Outcome.Completed, result.Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void TheBestWeightsAreKept(double warmUp)
    {
        var restless = Samples.Tiny.With(
            objective: warmUp == 0 ? Objectives.Elbo : Objectives.Beta(Schedules.Linear(0, 4, warmUp)),
            data: Samples.Tiny.Data.With(validation: 0.2),
            train: Samples.Tiny.Train.With(epochs: 40, learningRate: Schedules.Constant(0.3), stopping: Stoppings.Patience(3)));
        var data = Samples.Data(restless.Model);
        using var folder = new TemporaryFolder();
        var result = Trainer.Train(restless, data, new(folder.Run()));
        using var model = RunFolder.Open(folder.Run()).LoadModel();
        var kept = new Evaluator(model, data.Validation, restless.Data.Binarization, restless.Train.Seed).Terms();
        Assert.Equal(result.History.Where(entry => entry.Epoch > warmUp).Min(entry => entry.Validation.NegElbo), kept.NegElbo);
        Assert.Equal(Outcome.StoppedEarly, result.Outcome);
    }

    [Fact]
    public void TrainingLowersTheLossOfAnyModel()
    {
        foreach (var spec in Samples.Models(12, smooth: true))
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            using var model = new VaeModel(spec, 1);
            using var state = new OptimizerState(model.Weights);
            using var step = new AutogradStep(model, state, Objectives.Elbo, Samples.Tiny.Train);
            var (x, c) = (Samples.Inputs(spec, 8), Samples.Condition(spec, 8));
            var losses = Enumerable.Range(0, 20).Select(_ =>
            {
                // The same noise each time: one function goes down.
                step.Run(x, c, Samples.At(0, 0.003));
                var totals = step.Collect();
                return totals.Loss / totals.Examples;
            }).ToList();
            Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
            Assert.True(losses[^1] < losses[0], $"{spec}: {losses[0]} → {losses[^1]}");
        }
    }

    [Fact]
    public void PartsOfTheDataThatDoNotFitAreRefusedBeforeTraining()
    {
        var tiny = Samples.Tiny;
        var data = Samples.Data(tiny.Model);
        Assert.Contains("data.test: must have at least one example", Message(tiny, data with { Test = data.Test.Take([]) }),
            StringComparison.Ordinal);
        Assert.Contains("data.validation: must have at least one example", Message(
            tiny.With(data: tiny.Data.With(validation: 0.01), train: tiny.Train.With(stopping: Stoppings.Patience(1))),
            data with { Validation = data.Test.Take([]) }), StringComparison.Ordinal);
        Assert.Contains("data.test: must have the shape 6",
            Message(tiny, data with { Test = Samples.Data(tiny.Model.With(input: Shape.Vector(5))).Test }), StringComparison.Ordinal);
        var conditional = tiny.With(model: tiny.Model.With(condition: Conditions.Label(3)));
        Assert.Contains("data.test: must have labels", Message(conditional, Samples.Data(conditional.Model) with { Test = data.Test }),
            StringComparison.Ordinal);

        static string Message(Experiment experiment, DataSplit data)
        {
            using var folder = new TemporaryFolder();
            var error = Assert.Throws<VaeException>(() => Trainer.Train(experiment, data, new(folder.Run())));
            Assert.False(Directory.Exists(folder.Run()));
            return error.Message;
        }
    }
}
