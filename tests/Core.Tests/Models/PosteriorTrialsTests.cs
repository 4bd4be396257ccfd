namespace Vae.Tests;

/// <summary>What a posterior or a prior of an application must give is asked of it before a run.</summary>
public class PosteriorTrialsTests
{
    private static readonly VaeSpec Model = Parts.Run.Model;

    /// <summary>A posterior that breaks one promise.</summary>
    private sealed record Broken(string Where) : IPosterior
    {
        public string Name => "broken";

        public IPosterior With(ValueList<double> settings) => this;

        public long Outputs(int latent) => Where == "outputs" ? 0 : 2L * latent;

        public int Noise(int latent) => Where == "noise" ? -1 : latent;

        public ValueList<Parameter> Learned(int latent) =>
            Where == "prior's" ? [new("prior.mean", Shape.Vector(latent), new(0, 1), true)] : [];

        public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Half(outputs, Where == "mean");

        public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Half(outputs, Where == "variance");

        public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T> =>
            new(Half(outputs, Where == "draw"), Where == "density" ? outputs : T.SumEvent(outputs));

        public T? LogDensity<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> => Where == "any" ? z : null;

        public T? KlPerLatent<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T> =>
            Where == "kl" ? T.SumEvent(outputs) : null;

        public T? Penalty<T>(PartState<T> state, T outputs, PosteriorDraw<T> draw) where T : struct, ITensor<T> =>
            Where == "penalty" ? outputs : null;

        private static T Half<T>(T outputs, bool whole) where T : struct, ITensor<T> =>
            whole ? outputs : T.Slice(outputs, 1, 0, outputs.Dims[1] / 2);
    }

    [Theory]
    [InlineData("outputs", "model.posterior.outputs: must be at least 1, got 0")]
    [InlineData("noise", "model.posterior.noise: must be at least 0, got -1")]
    [InlineData("prior's", "model.posterior: must give each of its tensors a name that no other has, got 'prior.mean'")]
    [InlineData("mean", "model.posterior: must give its mean as [7, 2] for a batch of 7, got [7, 4]")]
    [InlineData("variance", "model.posterior: must give its log-variance as [7, 2] for a batch of 7, got [7, 4]")]
    [InlineData("draw", "model.posterior: must give z of a draw as [7, 2] for a batch of 7, got [7, 4]")]
    [InlineData("density", "model.posterior: must give ln q(z|x) of a draw as [7] for a batch of 7, got [7, 4]")]
    [InlineData("any", "model.posterior: must give ln q(z|x) as [7] for a batch of 7, got [7, 2]")]
    [InlineData("kl", "model.posterior: must give KL(q ‖ p) of each latent as [7, 2] for a batch of 7, got [7]")]
    [InlineData("penalty", "model.posterior: must give its penalty as [7] for a batch of 7, got [7, 4]")]
    public void ABrokenPosteriorIsReported(string where, string problem) =>
        Assert.Equal([problem], Vae.Specs.Problems(Model.With(posterior: Posteriors.Custom(new Broken(where)))).Select(p => $"{p}"));

    [Fact]
    public void APosteriorThatBreaksNoPromiseHasNoProblem() =>
        Assert.Equal([], Vae.Specs.Problems(Model.With(posterior: Posteriors.Custom(new Broken("")))));

    /// <summary>A prior of examples, as one of pseudo-inputs is, that breaks one promise.</summary>
    private sealed record Examples(string Where) : IPrior
    {
        public string Name => "examples";

        public IPrior With(ValueList<double> settings) => this;

        public ValueList<Parameter> Learned(int latent, Shape input) =>
            [new(Where == "taken" ? PriorStates.Outputs : PriorStates.PseudoInputs, new([3, .. input.Dims]), new(0.5, 0.5), true)];

        public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> =>
            Where == "density" ? z : T.SumEvent(z) + T.Sum(state[PriorStates.PseudoOutputs], 0, 1);

        public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> => Where == "draw" ? T.SumEvent(noise) : noise;

        public PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> =>
            new(Where == "form" ? state[PriorStates.PseudoOutputs] : null);
    }

    [Theory]
    [InlineData("taken", "model.prior: must give each of its tensors a name that no other has, got 'outputs'")]
    [InlineData("density", "model.prior: must give ln p(z) as [7] for a batch of 7, got [7, 2]")]
    [InlineData("draw", "model.prior: must give a draw as [7, 2] for a batch of 7, got [7]")]
    [InlineData("form", "model.prior: must give μ and ln σ² of its form as [7, 4] for a batch of 7, got [3, 4]")]
    public void ABrokenPriorIsReported(string where, string problem) =>
        Assert.Equal([problem], Vae.Specs.Problems(Model.With(prior: Priors.Custom(new Examples(where)))).Select(p => $"{p}"));

    [Fact]
    public void APriorReceivesTheEncodingsOfItsExamples() =>
        Assert.Equal([], Vae.Specs.Problems(Model.With(prior: Priors.Custom(new Examples("")))));
}
