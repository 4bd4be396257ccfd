namespace Vae.Tests;

/// <summary>Problems of a custom component are reported before a run, as those of any other.</summary>
public class PartTrialsTests
{
    /// <summary>A likelihood that breaks one promise.</summary>
    private sealed record Broken(string Where) : ILikelihood
    {
        public string Name => Where == "name" ? " " : "broken";

        public ValueList<double> Settings => Where == "settings" ? [double.NaN] : Where == "again" ? [1] : [];

        public ILikelihood With(ValueList<double> settings) =>
            Where == "with" ? throw new InvalidOperationException("no") : new Broken(Where == "again" ? "" : Where);

        public Shape Outputs(Shape input) =>
            Where == "outputs" ? throw new InvalidOperationException("no outputs") : Where == "empty" ? new([]) : input;

        public ValueList<Parameter> Learned(Shape input) => Where switch
        {
            "twice" => [new("a", Shape.Vector(1), new(0, 0), true), new("a", Shape.Vector(1), new(0, 0), true)],
            "size" => [new("a", Shape.Vector(0), new(0, 0), true)],
            "start" => [new("a", Shape.Vector(1), new(0, double.NaN), true)],
            "update" or "trained" => [new("a", Shape.Vector(2), new(0, 0), Where == "trained")],
            _ => [],
        };

        public ValueList<Problem> Problems(Shape input, string path) =>
            Where == "problems" ? throw new InvalidOperationException("no problems") : [];

        public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
            Where == "summed" ? T.SumEvent(x) : Where == "throws" ? throw new InvalidOperationException("no density")
                : Where == "asks" ? state["sigma"] : outputs - x;

        public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Where == "mean" ? T.Transpose(outputs) : outputs;

        public IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
            Where is "update" or "trained" ? new Dictionary<string, T> { ["a"] = x } : new Dictionary<string, T>();
    }

    private sealed record Objects(bool Throws, int Samples) : IObjective
    {
        public string Name => "object";

        public IObjective With(ValueList<double> settings) => this;

        public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> =>
            Throws ? throw new InvalidOperationException("no loss") : terms.Reconstruction;
    }

    private sealed record OtherScaled : ILayer
    {
        public string Name => "scaled";

        public ILayer With(ValueList<double> settings) => this;

        public Validated<Shape> Output(Shape input, string path) => new Validated<Shape>.Valid(input);

        public T Apply<T>(PartState<T> state, T x) where T : struct, ITensor<T> => T.Slice(x, 1, 0, 1);
    }

    private static readonly VaeSpec Model = Parts.Run.Model;

    private static string Reported(VaeSpec model) => string.Join("\n", Vae.Specs.Problems(model));

    [Fact]
    public void ARunOfSoundPartsHasNoProblems() => Assert.Equal([], Vae.Specs.Problems(Parts.Run));

    [Theory]
    [InlineData("name", "model.likelihood.definition.name: must be a name, got none")]
    [InlineData("settings", "model.likelihood.definition.settings[0]: must be finite, got NaN")]
    [InlineData("with", "model.likelihood: must not throw during validation, got InvalidOperationException: no")]
    [InlineData(
        "again", "model.likelihood.definition: must keep its name and settings [1] when copied with them, got broken with []")]
    [InlineData("outputs", "model.likelihood: must not throw during validation, got InvalidOperationException: no outputs")]
    [InlineData("empty", "model.likelihood.outputs: must be [length] or [channels, height, width], each at least 1")]
    [InlineData("twice", "model.likelihood: must give each of its tensors a name that no other has, got 'a'")]
    [InlineData("size", "model.likelihood.a: must have dimensions of at least 1")]
    [InlineData("start", "model.likelihood.a: must be finite, got NaN")]
    [InlineData("problems", "model.likelihood: must not throw during validation, got InvalidOperationException: no problems")]
    [InlineData("summed", "model.likelihood: must give −ln p of each value as [7, 6] for a batch of 7, got [7]")]
    [InlineData(
        "throws", "model.likelihood: must give −ln p of each value as [7, 6] for a batch of 7, got InvalidOperationException: no density")]
    [InlineData("asks", "model.likelihood: must give −ln p of each value as [7, 6] for a batch of 7, got InvalidOperationException: asked "
        + "for the tensor 'sigma', which is not among its own ()")]
    [InlineData("mean", "model.likelihood: must give the mean as [7, 6] for a batch of 7, got [6, 7]")]
    [InlineData("update", "model.likelihood: must give new values of a as [2] for a batch of 7, got [7, 6]")]
    [InlineData("trained", "model.likelihood: must give new values only to its own untrained tensors, got 'a'")]
    public void ABrokenLikelihoodIsSaidToBe(string where, string problem) =>
        Assert.StartsWith(problem, Reported(Model.With(likelihood: Likelihoods.Custom(new Broken(where)))), StringComparison.Ordinal);

    [Theory]
    [InlineData(true, 2, "objective: must give the loss of each example as [7] for a batch of 7, got InvalidOperationException: no loss")]
    [InlineData(false, 2, "objective: must give the loss of each example as [7] for a batch of 7, got [2, 7]")]
    [InlineData(false, 0, "objective.samples: must be at least 1, got 0")]
    public void ABrokenObjectiveIsReported(bool throws, int samples, string problem) =>
        Assert.Equal([problem], Vae.Specs.Problems(Parts.Run.With(objective: Objectives.Custom(new Objects(throws, samples))))
            .Select(p => $"{p}"));

    [Fact]
    public void AWrongShapeAndADuplicateNameAreReported()
    {
        var said = Reported(Model.With(encoder: Model.Encoder.With(layers: [Layers.Custom(new OtherScaled())])));
        Assert.Contains(
            "model.encoder.layers[0]: must give its output as [7, 6] for a batch of 7, got [7, 1]",
            said, StringComparison.Ordinal);
        Assert.Contains(
            "must have custom layers of different names, got 'scaled' for OtherScaled and Scaled",
            said, StringComparison.Ordinal);
    }

    [Fact]
    public void TheProblemsOfAComponentAreReportedWithAllOthers()
    {
        var said = Reported(
            Model.With(latent: 2, likelihood: Likelihoods.Custom(new Cauchy(-1)), decoder: Model.Decoder.With(layers: [Layers.Linear(0)])));
        Assert.Equal(
            "model.likelihood.scale: must be greater than 0, got -1\nmodel.decoder.layers[0].width: must be at least 1, got 0", said);
    }

    [Fact]
    public void APriorElsewhereThanThePosteriorIsRefused() =>
        Assert.Contains(
            "model.prior: must be a distribution on the support of the posterior",
            Reported(Model.With(prior: Priors.Custom(new Nowhere()))),
            StringComparison.Ordinal);

    private sealed record Nowhere : IPrior
    {
        public string Name => "nowhere";

        public IPrior With(ValueList<double> settings) => this;

        public bool Supports(Support support) => false;

        public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> => T.SumEvent(z);

        public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> => noise;
    }
}
