namespace Vae;

/// <summary>What <see cref="Objective.ImportanceWeighted"/> means.</summary>
internal sealed record ImportanceWeightedObjective(int Group, ImportanceBound Bound, EncoderGradient Gradient) : IObjective
{
    public string Name
    {
        get
        {
            var name = Bound.Match(iwae: _ => "importance-weighted", miwae: m => $"miwae of {m.Groups} groups", piwae: p => $"piwae of {p.Groups} groups",
                ciwae: c => FormattableString.Invariant($"ciwae of {c.Elbo} elbo"));
            return $"{name} with {Group} samples{(HoldsPosterior ? $", {EncoderGradients.Name(Gradient)}" : "")}";
        }
    }

    public int Samples => (int)Math.Min((long)Group * Groups, int.MaxValue);

    public bool HoldsPosterior => Gradient is not EncoderGradient.Total;

    private int Groups => Bound.Match(iwae: _ => 1, miwae: m => m.Groups, piwae: p => p.Groups, ciwae: _ => 1);

    public IObjective With(ValueList<double> settings) => this;

    public ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.samples", Group, 1),
        .. Rules.AtLeast($"{path}.bound.groups", Groups, 1),
        .. Rules.If((long)Group * Groups > Rules.MostValues, $"{path}.samples", $"must be at most {Rules.MostValues} in all groups together", "more"),
        .. Bound is ImportanceBound.Ciwae c ? Rules.Within($"{path}.bound.elbo", c.Elbo, 0, 1) : []];

    public ValueList<Problem> Problems(VaeSpec model, string path) => [
        .. Rules.If(HoldsPosterior && !Capabilities.KnowsDensity(model), $"{path}.gradient",
            "must be total with a posterior that knows ln q(z|x) at its own draws alone", Posteriors.Name(model.Posterior)),
        // What both are made of would have to be trained by squared weights as a part of q and by weights as a part of p.
        .. Rules.If(Gradient is EncoderGradient.DoublyReparameterized && model.Posterior.Formulas().SharesPrior, $"{path}.gradient",
            "must be total or sticking the landing with a posterior that is made with networks of the prior, which have one gradient", Posteriors.Name(model.Posterior))];

    public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => -Bound.Match(
        iwae: _ => Bounds.ImportanceWeighted(terms.LogWeights),
        miwae: m => ImportanceBounds.OfGroups(terms.LogWeights, m.Groups),
        piwae: _ => Bounds.ImportanceWeighted(terms.LogWeights),
        ciwae: c => ImportanceBounds.Combined(terms.LogWeights, c.Elbo));

    public T? EncoderLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>
    {
        if (Gradient is not EncoderGradient.DoublyReparameterized)
            return Bound is ImportanceBound.Piwae ? -ImportanceBounds.OfGroups(terms.LogWeights, Groups) : null;
        var weighted = ImportanceBounds.DoublyReparameterized(terms.LogWeights, Groups);
        return Bound is not ImportanceBound.Ciwae c ? -weighted
            : -(c.Elbo * T.Sum(terms.LogWeights, 0) / terms.LogWeights.Dims[0] + (1 - c.Elbo) * weighted);
    }
}
