using FsCheck.Xunit;

namespace Vae.Tests;

public class ProblemsTests
{
    private static readonly Experiment Sound = new(
        Zoo.Mlp(Shape.Vector(6), 2, 5).With(likelihood: Likelihoods.Normal(1), condition: Conditions.Label(3)),
        Objectives.Elbo,
        new("digits", Binarizations.Threshold(), 0.1),
        new(3, 8, 1, Optimizers.Adam(), Schedules.Linear(0.1, 0, 2), Clippings.Norm(1), Averagings.Exponential(0.9),
            Stoppings.Patience(2)));

    // Each breaks one place, and leaves the others as they are.
    private static readonly (string Path, Func<Experiment, Experiment> Break)[] Breakages = [
        ("model.latent", e => e.With(model: e.Model.With(latent: 0))),
        ("model.likelihood.scale.sigma", e => e.With(model: e.Model.With(likelihood: Likelihoods.Normal(double.NaN)))),
        ("model.condition.classes", e => e.With(model: e.Model.With(condition: Conditions.Label(-1)))),
        ("model.encoder.layers[3].body[0].rate", e => e.With(model: e.Model.With(
            encoder: e.Model.Encoder.With(layers: e.Model.Encoder.Layers.Append([Layers.Residual([Layers.Dropout(1)])]))))),
        ("model.decoder.head.kernel", e => e.With(model: e.Model.With(decoder: e.Model.Decoder.With(head: Heads.Conv2d(0))))),
        ("objective.beta.next.epochs", e =>
            e.With(objective: Objectives.Beta(Schedules.Then(Schedules.Constant(0), 1, Schedules.Cosine(0, 1, -1))))),
        ("data.source", e => e.With(data: e.Data.With(source: " "))),
        ("data.validation", e => e.With(data: e.Data.With(validation: 1))),
        ("data.limit", e => e.With(data: e.Data.With(limit: -1))),
        ("data.binarization.at", e => e.With(data: e.Data.With(binarization: Binarizations.Threshold(1)))),
        ("train.epochs", e => e.With(train: e.Train.With(epochs: 0))),
        ("train.batch", e => e.With(train: e.Train.With(batch: int.MinValue))),
        ("train.optimizer.beta2", e => e.With(train: e.Train.With(optimizer: Optimizers.Adam(beta2: 1)))),
        ("train.learningRate.from", e => e.With(train: e.Train.With(learningRate: Schedules.Linear(double.PositiveInfinity, 0, 1)))),
        ("train.clipping.max", e => e.With(train: e.Train.With(clipping: Clippings.Norm(0)))),
        ("train.averaging.decay", e => e.With(train: e.Train.With(averaging: Averagings.Exponential(1)))),
        ("train.initialization.weights.halfWidth", e => e.With(train: e.Train.With(initialization: Initializations.Uniform(double.NaN)))),
        ("train.stopping.epochs", e => e.With(train: e.Train.With(stopping: Stoppings.Patience(0))))];

    // The same for cases of which a run has one: they cannot all be broken at once.
    private static readonly (string Path, Func<Experiment, Experiment> Break)[] Others = [
        ("train.clipping.above", e => e.With(train: e.Train.With(clipping: Clippings.Skip(-1, Clippings.Norm(1))))),
        ("train.clipping.otherwise.max", e => e.With(train: e.Train.With(clipping: Clippings.Skip(1, Clippings.Norm(0))))),
        ("train.clipping.otherwise", e => e.With(train: e.Train.With(clipping: Clippings.Skip(1, Clippings.Skip(2))))),
        ("train.learningRate.growth", e => e.With(train: e.Train.With(learningRate: Schedules.WarmRestarts(1, 0, 1, 0.5)))),
        ("train.stopping.factor", e => e.With(train: e.Train.With(stopping: Stoppings.Plateau(2, 1)))),
        ("train.stopping.times", e => e.With(train: e.Train.With(stopping: Stoppings.Plateau(2, 0.5, 0))))];

    [Fact]
    public void ASoundRunHasNoProblems() => Assert.Equal([], Specs.Problems(Sound));

    [Property(Replay = "21,23", MaxTest = 500)]
    public void EveryBrokenPlaceIsReportedAtOnce(uint which)
    {
        var chosen = Breakages.Where((_, i) => (which * 2654435761u >> i & 1) != 0).ToArray();
        var problems = Specs.Problems(chosen.Aggregate(Sound, (run, breakage) => breakage.Break(run)));
        Assert.Subset(problems.Select(p => p.Path).ToHashSet(), chosen.Select(b => b.Path).ToHashSet());
    }

    [Fact]
    public void EveryBreakageIsItsOnlyProblem() => Assert.All(
        Breakages.Where(b => b.Path != "model.decoder.head.kernel").Concat(Others),
        b => Assert.Equal([b.Path], Specs.Problems(b.Break(Sound)).Select(p => p.Path)));

    [Property(Replay = "21,25", MaxTest = 5000, Arbitrary = [typeof(AbsurdGenerators)])]
    public void ValidationHandlesAnyModel(Absurd<VaeSpec> spec) => Assert.NotNull(Specs.Problems(spec.Value));

    [Property(Replay = "21,27", MaxTest = 2000, Arbitrary = [typeof(AbsurdGenerators)])]
    public void ValidationHandlesAnyRun(Absurd<Experiment> run, Absurd<DataFacts> data) => Assert.All(
        Specs.Problems(run.Value, data.Value), p => Assert.All([p.Path, p.Rule, p.Got], text => Assert.NotEmpty(text)));

    [Property(Replay = "21,29", MaxTest = 5000, Arbitrary = [typeof(AbsurdGenerators)])]
    public void AModelWithoutProblemsHasParametersThatCanBeCounted(Absurd<VaeSpec> spec) =>
        Assert.True(Specs.Problems(spec.Value).Count > 0 || Parameters.Count(spec.Value) is >= 1 and <= 1 << 30);

    [Theory]
    [InlineData(24, 0)]
    [InlineData(25, 1)]
    [InlineData(200_000, 1)]
    public void NestingIsBounded(int depth, int problems)
    {
        var layer = Enumerable.Range(0, depth).Aggregate(Layers.Tanh, (inner, _) => Layers.Residual([inner]));
        var schedule = Enumerable.Range(0, depth)
            .Aggregate(Schedules.Constant(1), (next, _) => Schedules.Then(Schedules.Constant(0), 0.01, next));
        var model = Sound.Model.With(decoder: new([layer], Heads.Dense));
        Assert.Equal(problems, Specs.Problems(model).Count);
        Assert.Equal(problems, Specs.Problems(Sound.With(objective: Objectives.Beta(schedule))).Count);
        Assert.Equal(problems == 0, Shapes.Output(layer, Shape.Vector(2)).Match(_ => true, _ => false));
    }

    [Fact]
    public void SharedPartsAreCountedAsOftenAsTheyStand()
    {
        var layer = Enumerable.Range(0, 24).Aggregate(Layers.Tanh, (inner, _) => Layers.Residual([inner, inner, inner]));
        var schedule = Enumerable.Range(0, 24).Aggregate(Schedules.Constant(1), (inner, _) => Schedules.Then(inner, 1e-9, inner));
        Assert.Equal("model.decoder.layers", Assert.Single(Specs.Problems(Sound.Model.With(decoder: new([layer], Heads.Dense)))).Path);
        Assert.Equal("train.learningRate", Assert.Single(Specs.Problems(Sound.With(train: Sound.Train.With(learningRate: schedule)))).Path);
    }

    [Theory]
    [InlineData(1 << 29, 1 << 29)]
    [InlineData(1 << 30, 1 << 30)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void SizesThatOverflowAreProblems(int latent, int width) =>
        Assert.NotEmpty(Specs.Problems(Sound.Model.With(latent: latent, condition: Conditions.Vector(width))));

    [Fact]
    public void TooManyParametersAreAProblem() =>
        Assert.Equal("must have at most 1073741824 parameters",
            Assert.Single(Specs.Problems(Zoo.Mlp(Shape.Vector(1 << 20), 20, 1 << 20))).Rule);

    [Fact]
    public void ProblemsOfBothNetworksAndLaterLayersShowAtOnce()
    {
        var model = Zoo.Conv(Shape.Image(1, 12, 12));
        var broken = model.With(
            encoder: new([Layers.GroupNorm(3), Layers.Linear(8), Layers.GroupNorm(3), Layers.Upsample(2)], Heads.Dense),
            decoder: new([Layers.Reshape(Shape.Image(1, 5, 5))], Heads.Conv2d(2)));
        Assert.Equal(
            ["model.encoder.layers[0].groups", "model.encoder.layers[1]", "model.encoder.layers[2].groups", "model.encoder.layers[3]",
             "model.decoder.layers[0].to"],
            Specs.Problems(broken).Select(p => p.Path));
    }

    [Fact]
    public void DataThatDoNotFitAreProblems()
    {
        var run = Sound.With(model: Sound.Model.With(likelihood: Likelihoods.Bernoulli),
            data: Sound.Data.With(binarization: Binarizations.None));
        Assert.Equal(["model.input", "data", "model.likelihood", "model.condition.classes"],
            Specs.Problems(run, new(Shape.Vector(7), 0, 0, false)).Select(p => p.Path));
        Assert.Equal([], Specs.Problems(run, new(Shape.Vector(6), 1, 3, true)));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(3.01, 1)]
    public void WarmUpEndsWithinTheRun(double warmUp, int problems) =>
        Assert.Equal(problems, Specs.Problems(Sound.With(objective: Objectives.Beta(Schedules.Linear(0, 1, warmUp)))).Count);

    [Fact]
    public void PatienceNeedsValidation() =>
        Assert.Equal("train.stopping", Assert.Single(Specs.Problems(Sound.With(data: Sound.Data.With(validation: 0)))).Path);
}
