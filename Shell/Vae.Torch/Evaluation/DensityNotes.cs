namespace Vae.Torch;

/// <summary>A caveat for likelihoods that are not densities of x, whose loss does not bound −ln p(x).</summary>
internal static class DensityNotes
{
    /// <summary>A sentence for people; empty if the likelihood is a density of x.</summary>
    public static string Text(Likelihood likelihood) => Likelihoods.IsDensity(likelihood) ? ""
        : likelihood is Likelihood.Bernoulli or Likelihood.Masked { Inner: Likelihood.Bernoulli }
            ? "A cross-entropy on soft targets between 0 and 1 is not a density, so −ELBO does not bound −ln p(x)."
            : $"The likelihood ({Likelihoods.Name(likelihood)}) is not a density of the examples, so −ELBO does not bound −ln p(x).";
}
