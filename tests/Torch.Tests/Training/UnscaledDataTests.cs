namespace Vae.Torch.Tests;

/// <summary>A cell of 1000 among numbers around 0 does not end a run, and what to do about it is said.</summary>
public class UnscaledDataTests
{
    private const int Width = 6;

    private static DataSplit Data(double cell)
    {
        var random = KeyedRandom.FromSeed(1);
        var values = Enumerable.Range(0, 100 * Width).Select(i => (float)Normals.Quantile(random.Uniform(i))).ToArray();
        values[2] = (float)cell;
        var all = Dataset.Create("numbers", Shape.Vector(Width), Pixels.OfFloats(values), default, []);
        return new(all, all.Take([]), all.Take([1, 2, 3, 4, 5]));
    }

    private static Experiment Of(Posterior posterior, Likelihood likelihood, Objective objective) => new(
        Zoo.Mlp(Shape.Vector(Width), 3, 50).With(posterior: posterior, prior: Priors.Default(posterior), likelihood: likelihood),
        objective, new("numbers", Binarizations.None, RawValues: true),
        new(2, 20, 1, Optimizers.Adam(), Schedules.Constant(4e-3), Clippings.None, Averagings.None, Stoppings.Never));

    public static TheoryData<string, StepRoute> Posteriors => new()
    {
        { "diagonal-normal", StepRoute.Compiled }, { "diagonal-normal", StepRoute.Autograd }, { "full-normal", StepRoute.Auto },
        { "flow:planar:2", StepRoute.Auto }, { "flow:iaf:2", StepRoute.Auto },
    };

    [Theory]
    [MemberData(nameof(Posteriors))]
    public void ACellOfAThousandDoesNotEndARun(string posterior, StepRoute route)
    {
        var q = VaeException.Unwrap(SpecText.Posterior(posterior));
        foreach (var objective in new[] { Objectives.Elbo, Objectives.ImportanceWeighted(3) })
        {
            var result = Run(Of(q, Likelihoods.Normal(Scales.Learned), objective), Data(1000), out var started, route);
            Assert.Equal((Outcome.Completed, result.Note), (result.Outcome, result.Note));
            Assert.True(result.Test.AreFinite);
            Assert.StartsWith("column 3 reaches 1000", Assert.Single(started.Remarks), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheAdviceForDataBeyondAllBoundsIsInTheMessageAndHelps()
    {
        var wild = Of(Vae.Posteriors.DiagonalNormal, Likelihoods.Normal(Scales.Learned), Objectives.Elbo);
        var data = Data(1e18);
        var diverged = Run(wild, data, out _);
        Assert.Equal(Outcome.Diverged, diverged.Outcome);
        Assert.Contains("column 3 reaches 1E+18", diverged.Note, StringComparison.Ordinal);
        var advised = VaeException.Unwrap(SpecText.Likelihood(diverged.Note.Split("model.likelihood=")[1].Split(' ')[0]));
        var tame = wild.With(model: wild.Model.With(likelihood: Likelihoods.Standardized(advised, data.Train.Facts())));
        Assert.Equal(Outcome.Completed, Run(tame, data, out _).Outcome);
    }

    [Fact]
    public void TheAdviceForStepsThatAreTooLargeHelps()
    {
        var experiment = Of(Vae.Posteriors.DiagonalNormal, Likelihoods.Normal(0.1), Objectives.Elbo);
        experiment = experiment.With(train: experiment.Train.With(optimizer: Optimizers.Sgd(), learningRate: Schedules.Constant(10)));
        for (var tries = 0; ; tries++)
        {
            var result = Run(experiment, Data(0), out _);
            if (result.Outcome == Outcome.Completed)
            {
                Assert.InRange(tries, 1, 10);
                return;
            }
            var rate = result.Note.Split("train.learningRate=")[1].Split(';')[0];
            experiment = experiment.With(train: experiment.Train.With(
                learningRate: VaeException.Unwrap(SpecText.Schedule(rate, "train.learningRate"))));
        }
    }

    private static TrainResult Run(Experiment experiment, DataSplit data, out TrainEvent.Started started, StepRoute route = StepRoute.Auto)
    {
        using var folder = new TemporaryFolder();
        TrainEvent.Started? first = null;
        var result = Trainer.Train(experiment, data, new(folder.Run(), Route: route), new Each(e => first ??= e as TrainEvent.Started));
        started = first!;
        return result;
    }
}
