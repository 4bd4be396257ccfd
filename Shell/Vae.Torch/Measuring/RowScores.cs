namespace Vae.Torch;

/// <summary>How improbable rows are under a model, in nats: large for anomalies.</summary>
/// <param name="NegElbo">−ELBO of each row.</param>
/// <param name="NegLogLikelihood">The importance-weighted bound on −ln p(x) of each row; at most
/// −ELBO, up to the noise of the draws.</param>
/// <param name="Shares">The part of each value in −ELBO, [rows, values]; with <paramref name="Kl"/> they sum to it.
/// 0 for a missing value.</param>
/// <param name="Kl">The part of the code in −ELBO of each row.</param>
public sealed record RowScores(double[] NegElbo, double[] NegLogLikelihood, double[,] Shares, double[] Kl);

/// <summary>How rows are scored.</summary>
/// <param name="Draws">Draws from the posterior that −ELBO and its parts are averaged over; ≥ 1.</param>
/// <param name="ImportanceSamples">Samples of the bound on −ln p(x); ≥ 1.</param>
/// <param name="Seed">Seed of all draws: the same seed gives the same scores.</param>
/// <param name="SharedNoise">Whether −ELBO uses the same noise for all rows, so that it depends on the row and not on its place.</param>
public sealed record RowScoring(int Draws = 10, int ImportanceSamples = 50, ulong Seed = 0, bool SharedNoise = false);
