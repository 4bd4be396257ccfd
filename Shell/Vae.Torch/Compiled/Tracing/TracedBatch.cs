namespace Vae.Torch;

/// <summary>A recorded batch as an objective sees it.</summary>
internal sealed class TracedBatch(TracedModel model, TracedInputs inputs, TracedPass pass, Traced x, long examples)
    : IObjectiveBatch<Traced>, IRecordedBatch<Traced>
{
    public Traced Beta => inputs.Given(StepNames.Beta, true);

    public Recording<Traced> Recording => inputs.Recording;

    public Traced Examples => x;

    public Traced Conditions => model.Condition ?? throw new NotRecordedException("needs a condition, got a model without one");

    public long TrainingExamples => Math.Max(examples, x.Dims[0]);

    public Traced Draws => Traced.Reshape(pass.Draw.Z, pass.RowsPerExample, x.Dims[0], pass.Draw.Z.Dims[1]);

    public Traced Outputs => pass.Encoded;

    public IPosterior Posterior => pass.Spec.Posterior.Formulas();

    public PartState<Traced> PosteriorState => pass.State;

    public Traced? KlPerLatent =>
        Divergences.KlPerLatent(pass.Spec.Posterior, pass.Spec.Prior, Outputs, PosteriorState, pass.Prior(1)) ?? pass.KlPerLatentOfDraws();

    public Traced PriorDraws
    {
        get
        {
            var width = pass.Spec.Prior.Formulas().Noise(pass.Spec.Latent);
            return Traced.StopGradient(Priors.Sample(pass.Spec.Prior,
                inputs.Noise("prior_eps", new(Purpose.Objective, 0), x.Dims[0], width), pass.Prior(1)));
        }
    }

    public Traced ShuffledDraws => throw Alone();

    public Traced Decoded => Likelihoods.Mean(
        pass.Spec.Likelihood, Traced.Slice(pass.Decoded, 0, 0, x.Dims[0]), model.LikelihoodState);

    public Traced DecodedPriorDraws => throw Alone();

    public Traced SquaredDecoderGradient =>
        throw new NotRecordedException("does not cover the gradient penalty, which differentiates the decoder twice");

    public Traced SquaredDecoderWeights => inputs.TrainedUnder("decoder.")
        .Select(name => inputs.Weight(name) is var weight ? Traced.Sum(Traced.Square(weight), [.. Enumerable.Range(0, weight.Dims.Length)]) : weight)
        .Aggregate((sum, next) => sum + next);

    public Traced Auxiliary(Traced rows) => throw Alone();

    public Traced AuxiliaryFeatures(Traced rows, int layers) => throw Alone();

    private static NotRecordedException Alone() => new("does not cover objectives that train a network of their own");
}
