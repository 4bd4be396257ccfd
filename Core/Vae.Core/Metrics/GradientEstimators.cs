namespace Vae;

/// <summary>The mean and variance of a gradient estimator over many draws.</summary>
/// <param name="Mu">The mean of the estimates of ∂/∂μ.</param>
/// <param name="MuVariance">Their variance; ≥ 0.</param>
/// <param name="Sigma">The mean of the estimates of ∂/∂σ.</param>
/// <param name="SigmaVariance">Their variance; ≥ 0.</param>
public sealed partial record GradientEstimate(double Mu, double MuVariance, double Sigma, double SigmaVariance);

/// <summary>
/// Two unbiased estimators of the gradient of E[f(z)] under N(μ, σ²), by μ and by σ. The reparameterized one has far less variance,
/// which is why a VAE draws by reparameterization.
/// </summary>
public static class GradientEstimators
{
    /// <summary>∂f(μ + σ·ε): the gradient through the draw; Kingma &amp; Welling 2014, section 2.4.</summary>
    /// <param name="f">f: z [N, 1] → [N].</param>
    /// <param name="mu">μ; finite.</param>
    /// <param name="sigma">σ; &gt; 0.</param>
    /// <param name="eps">Draws from N(0, 1), [N, 1]; N ≥ 1.</param>
    public static GradientEstimate Reparameterized(Func<Dual<NdArray>, Dual<NdArray>> f, double mu, double sigma, NdArray eps) =>
        Spread(along => f(Reparameterizations.Normal(Mu(mu, along, eps), LogVar(sigma, along, eps), Dual<NdArray>.Constant(eps))).Tangent);

    /// <summary>f(z)·∂ ln N(z; μ, σ²): the gradient of the density at a draw, without a derivative of f; Williams 1992.</summary>
    /// <param name="f">f: z [N, 1] → [N]; only its values are used.</param>
    /// <param name="mu">μ; finite.</param>
    /// <param name="sigma">σ; &gt; 0.</param>
    /// <param name="eps">Draws from N(0, 1), [N, 1]; N ≥ 1.</param>
    public static GradientEstimate ScoreFunction(Func<Dual<NdArray>, Dual<NdArray>> f, double mu, double sigma, NdArray eps)
    {
        var z = Dual<NdArray>.Constant(mu + sigma * eps);
        var value = f(z).Value;
        return Spread(along => value * Normals.LogDensity(z, Mu(mu, along, eps), LogVar(sigma, along, eps)).Tangent);
    }

    private enum Along { Mu, Sigma }

    private static Dual<NdArray> Mu(double mu, Along along, NdArray eps) =>
        new(NdArray.Full(mu, eps.Dims), NdArray.Full(along == Along.Mu ? 1 : 0, eps.Dims));

    // ln σ² = 2 ln σ, whose derivative by σ is 2/σ.
    private static Dual<NdArray> LogVar(double sigma, Along along, NdArray eps) =>
        new(NdArray.Full(2 * Math.Log(sigma), eps.Dims), NdArray.Full(along == Along.Sigma ? 2 / sigma : 0, eps.Dims));

    private static GradientEstimate Spread(Func<Along, NdArray> estimates)
    {
        var (mu, sigma) = (estimates(Along.Mu), estimates(Along.Sigma));
        return new(Mean(mu), Mean(NdArray.Square(mu - Mean(mu))), Mean(sigma), Mean(NdArray.Square(sigma - Mean(sigma))));
    }

    private static double Mean(NdArray values) => NdArray.Sum(values, 0).Item / values.Dims[0];
}
