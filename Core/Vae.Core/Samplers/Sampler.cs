namespace Vae;

/// <summary>
/// A distribution that is fitted to the codes of a trained model and replaces its prior in sampling; Ghosh et al. 2020, section 5.
/// </summary>
[Closed]
public abstract partial record Sampler
{
    internal abstract string Name { get; }

    /// <summary>Problems of its settings, for a model that it fits.</summary>
    internal virtual ValueList<Problem> Problems(VaeSpec model, string path) => [];

    /// <summary>Problems of the number of codes that it is fitted to; <c>of</c> is their name in messages.</summary>
    internal virtual ValueList<Problem> Problems(VaeSpec model, int codes, string of, string path) => [];

    /// <summary>The problems of using it with a model.</summary>
    internal ValueList<Problem> Fits(VaeSpec model, string path) => Fits(model, model.Posterior.Formulas(), path);

    private protected virtual ValueList<Problem> Fits(VaeSpec model, IPosterior posterior, string path) =>
        [.. OfReals(model, posterior, path), .. NoOtherConditionThanLabels(model, path)];

    private protected ValueList<Problem> OfReals(VaeSpec model, IPosterior posterior, string path) => [
        .. HasCodes(model, path),
        .. Rules.If(posterior.Support != Supports.Reals, path,
            $"must be the prior or vamp with the posterior {posterior.Name}, whose codes are not real numbers ({posterior.Support.Name})",
            Name)];

    private protected ValueList<Problem> HasCodes(VaeSpec model, string path) =>
        Rules.If(model.Latent == 0, path, "must be the prior of a model without a latent, which has no codes", Name);

    private protected ValueList<Problem> NoOtherConditionThanLabels(VaeSpec model, string path) =>
        Rules.If(model.Condition is not (Condition.None or Condition.Label), path,
            "must be the prior in a model with a condition that is not a label", Name);
}
