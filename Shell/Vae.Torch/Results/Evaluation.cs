namespace Vae.Torch;

/// <summary>
/// What a model is worth on a data set, in nats per example; of a conditional model all of it given c. Null stands for what an
/// autoencoder does not have: its posterior is a point, so there is no divergence and no bound on ln p(x).
/// </summary>
/// <param name="NegElbo">−ELBO, the mean over draws from q(z|x, c).</param>
/// <param name="Reconstruction">−ln p(x|z, c), the mean over the same draws.</param>
/// <param name="Kl">KL(q(z|x, c) ‖ p(z|c)).</param>
/// <param name="Nll">The importance-weighted bound on −ln p(x|c); Burda et al. 2016, eq. 8.</param>
/// <param name="PriorNll">−ln p(x|c) as drawn from the prior alone, without the encoder, k of them too; null for a model without a condition.</param>
/// <param name="Draws">Draws from the posterior for each example.</param>
/// <param name="ImportanceSamples">k of both estimates of −ln p(x|c).</param>
/// <param name="ActiveUnits">Latent dimensions whose posterior mean varies over the data; Burda et al. 2016, section 5.2.</param>
[TypeFormatterSource(typeof(NumberFormatters))]
public sealed record Evaluation(
    double? NegElbo, double Reconstruction, double? Kl, double? Nll, double? PriorNll, int Draws, int ImportanceSamples, int ActiveUnits);

/// <summary>Posterior means and log-variances of many examples.</summary>
/// <param name="Means">[N, D].</param>
/// <param name="LogVariances">[N, D]; −∞ where the posterior is a point.</param>
public sealed record Encodings(NdArray Means, NdArray LogVariances);
