namespace Vae;

/// <summary>What <see cref="Objective.Elbo"/> means.</summary>
internal sealed record ElboObjective(Capacity Capacity, EncoderGradient Gradient) : IObjective
{
    public string Name => Capacity.Match(
        unlimited: _ => HoldsPosterior ? $"elbo, {EncoderGradients.Name(Gradient)}" : "elbo",
        target: _ => "elbo with a capacity",
        freeBits: f => FormattableString.Invariant($"elbo with {f.Nats} free nats{(f.PerLatent ? " a latent" : "")}"));

    public bool HoldsPosterior => Gradient is not EncoderGradient.Total;

    public IObjective With(ValueList<double> settings) => this;

    public ValueList<Problem> Problems(string path) => [
        .. Capacity.Match(unlimited: _ => [], target: _ => [], freeBits: f => Rules.AtLeast($"{path}.capacity.nats", f.Nats, 0)),
        .. Rules.If(HoldsPosterior && Capacity is not Capacity.Unlimited, $"{path}.gradient",
            "must be total with a capacity, which is of the divergence itself and not of its draws", EncoderGradients.Name(Gradient)),
        .. Rules.If(Gradient is EncoderGradient.DoublyReparameterized, $"{path}.gradient",
            "must be total or sticking the landing with the elbo, of whose single draw the weight is 1", EncoderGradients.Name(Gradient))];

    public ValueList<Problem> Problems(VaeSpec model, string path) => [
        .. Rules.If(HoldsPosterior && !Capabilities.KnowsDensity(model), $"{path}.gradient",
            "must be total with a posterior that knows ln q(z|x) at its own draws alone", Posteriors.Name(model.Posterior)),
        .. Rules.If(Capacity is Capacity.FreeBits { PerLatent: true } && !Capabilities.KnowsKl(model), $"{path}.capacity.perLatent",
            "must be false where the divergence of each latent has no closed form", $"{Posteriors.Name(model.Posterior)} and {Priors.Name(model.Prior)}")];

    public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => Bounds.NegElbo(terms.MeanReconstruction, Cost(terms), terms.Beta);

    private T Cost<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => Capacity.Match(
        unlimited: _ => HoldsPosterior ? terms.DrawnKl : terms.Kl,
        target: c => Capacities.DistanceFrom(terms.Kl, Schedules.At(c.Nats, terms.Epoch)),
        freeBits: c => Capacities.AtLeast(c.PerLatent ? terms.Batch.KlPerLatent!.Value : T.Reshape(terms.Kl, terms.Kl.Dims[0], 1), c.Nats));
}
