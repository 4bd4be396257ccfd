namespace Vae.Torch;

/// <summary>
/// The metrics of a model on a data set, in nats per example; those of a conditional model are conditioned on c. Null if not
/// applicable: an autoencoder's posterior is a point, so it has neither a divergence nor a bound on ln p(x).
/// </summary>
/// <param name="NegElbo">−ELBO, averaged over draws from q(z|x, c).</param>
/// <param name="Reconstruction">−ln p(x|z, c), averaged over the same draws.</param>
/// <param name="Kl">KL(q(z|x, c) ‖ p(z|c)); at least 0, up to the noise of the draws where it has no closed form.</param>
/// <param name="Nll">The importance-weighted upper bound on −ln p(x|c); Burda et al. 2016, eq. 8.</param>
/// <param name="PriorNll">
/// The estimate of −ln p(x|c) by draws from the prior, without the encoder; null for a model without a condition.
/// </param>
/// <param name="Draws">Number of posterior draws for each example.</param>
/// <param name="ImportanceSamples">k, the number of samples in both estimates of −ln p(x|c).</param>
/// <param name="ActiveUnits">Number of latent dimensions whose posterior mean varies over the data; Burda et al. 2016, section 5.2.</param>
[TypeFormatterSource(typeof(NumberFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record Evaluation(
    double? NegElbo, double Reconstruction, double? Kl, double? Nll, double? PriorNll, int Draws, int ImportanceSamples, int ActiveUnits);

/// <summary>Posterior means and log-variances of N examples with D latents.</summary>
/// <param name="Means">[N, D].</param>
/// <param name="LogVariances">[N, D]; −∞ where the posterior is a point.</param>
public sealed record Encodings(NdArray Means, NdArray LogVariances);
