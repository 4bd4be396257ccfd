namespace Vae.Torch;

/// <summary>The forward pass of a batch over recorded tensors.</summary>
internal sealed class TracedPass : IForwardPass<Traced>
{
    private readonly TracedModel model;
    private readonly Traced noise;

    /// <summary>Records the pass of a batch x [B, C, …] with some draws of each example.</summary>
    public TracedPass(TracedModel model, TracedInputs inputs, Traced x, int samples)
    {
        (this.model, RowsPerExample) = (model, samples);
        var posterior = Spec.Posterior.Formulas();
        inputs.Graph.Section = "the posterior and its draws";
        noise = inputs.Noise(StepNames.Eps, NoiseUse.OfPosterior, samples * x.Dims[0], Spec.Latent == 0 ? 0 : posterior.Noise(Spec.Latent));
        State = model.PosteriorState;
        Encoded = model.Encode(x, model.Condition);
        Outputs = TracedModel.Repeat(Encoded, samples);
        Draw = posterior.Draw(State, Outputs, noise);
        Decoded = model.Decode(Draw.Z);
        inputs.Graph.Section = $"{Likelihoods.Name(Spec.Likelihood)}: −ln p(x|z)";
        Given = TracedModel.Repeat(x, samples);
        Reconstruction = model.NegLogLikelihood(Decoded, Given);
    }

    public VaeSpec Spec => model.Spec;

    public int RowsPerExample { get; }

    public Traced Encoded { get; }

    public Traced Outputs { get; }

    public PosteriorDraw<Traced> Draw { get; }

    public PartState<Traced> State { get; }

    public Traced Reconstruction { get; }

    /// <summary>The decoder's output for each row.</summary>
    public Traced Decoded { get; }

    /// <summary>The example of each row.</summary>
    public Traced Given { get; }

    public PartState<Traced> Prior(int samples) => model.PriorState(samples);

    /// <summary>New values of the tensors that are updated without a gradient, by name.</summary>
    public IEnumerable<(string Tensor, Traced Value)> Updates() => [
        .. Spec.Latent == 0 ? [] : Spec.Posterior.Formulas().Updated(State, Outputs, noise)
            .Select(next => ($"posterior.{next.Key}", next.Value)),
        .. Spec.Likelihood.Formulas().Updated(model.LikelihoodState, Decoded, Given)
            .Select(next => ($"likelihood.{next.Key}", next.Value))];
}
