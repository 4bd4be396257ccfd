namespace Vae.Tests;

/// <summary>
/// p(z) = N(0, I), p(x|z) = N(Wz + b, σ²I) with three observed and two latent values: probabilistic principal components,
/// Tipping &amp; Bishop 1999. The columns of W are orthogonal, so the posterior N((WᵀW + σ²I)⁻¹Wᵀ(x − b), σ²(WᵀW + σ²I)⁻¹)
/// has a diagonal covariance, and everything is known in closed form.
/// </summary>
public sealed class LinearGaussian
{
    public const int Latent = 2;
    public const int Observed = 3;

    private readonly double[] b;

    public LinearGaussian(ulong seed)
    {
        var source = Noise.Normal(seed, 9).ToArray();
        double[] u = source[..3], w = source[3..6];
        double[] v = [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
        (Columns, b) = ([u, v], source[6..]);
        Sigma = 0.3 + KeyedRandom.FromSeed(seed).Uniform(0);
        X = [1.5 * source[8], -source[7], 0.5];
    }

    public double[][] Columns { get; }

    public double Sigma { get; }

    public double[] X { get; }

    private double Variance => Sigma * Sigma;

    private double Gain(int k) => Columns[k].Sum(w => w * w) + Variance;

    private double Projection(int k) => Columns[k].Zip(X.Zip(b, (x, m) => x - m), (w, r) => w * r).Sum();

    /// <summary>ln N(x; b, WWᵀ + σ²I): along each column, and in the direction across both, the variance is known.</summary>
    public double LogEvidence
    {
        get
        {
            var rest = X.Zip(b, (x, m) => (x - m) * (x - m)).Sum();
            var total = (Observed - Latent) * Math.Log(2 * Math.PI * Variance);
            for (var k = 0; k < Latent; k++)
            {
                var along = Projection(k) * Projection(k) / Columns[k].Sum(w => w * w);
                rest -= along;
                total += Math.Log(2 * Math.PI * Gain(k)) + along / Gain(k);
            }
            return -0.5 * (total + rest / Variance);
        }
    }

    public double PosteriorMean(int k) => Projection(k) / Gain(k);

    public double PosteriorLogVariance(int k) => Math.Log(Variance / Gain(k));

    /// <summary>Parameters [1, 2·Latent] of the true posterior, as an encoder would give them.</summary>
    public NdArray Posterior => NdArray.FromValues(
        [PosteriorMean(0), PosteriorMean(1), PosteriorLogVariance(0), PosteriorLogVariance(1)], 1, 2 * Latent);

    /// <summary>Wz + b. [n, Latent] → [n, Observed].</summary>
    public NdArray Decode(NdArray z) =>
        NdArray.MatMul(z, NdArray.FromValues([.. Columns[0], .. Columns[1]], Latent, Observed)) + NdArray.FromValues(b, Observed);

    /// <summary>ln p(x|z). [n, Latent] → [n].</summary>
    public NdArray LogLikelihood(NdArray z) =>
        -Likelihoods.NegLogDensity(Likelihoods.Normal(Sigma), Decode(z), NdArray.FromValues(X, 1, Observed));

    /// <summary>E[ln p(x|z)] under q in closed form: the value at the mean, less half the variance that W passes on over σ².</summary>
    public double ExpectedLogLikelihood(NdArray parameters)
    {
        var q = Posteriors.DiagonalNormal;
        var passed = Posteriors.LogVariance(q, parameters).ToArray()
            .Select((logVar, k) => Math.Exp(logVar) * Columns[k].Sum(w => w * w)).Sum();
        return LogLikelihood(Posteriors.Mean(q, parameters)).Item - 0.5 * passed / Variance;
    }
}
