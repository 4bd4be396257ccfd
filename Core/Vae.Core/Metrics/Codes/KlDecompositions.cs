namespace Vae;

/// <summary>The parts of the mean KL(q(z|x) ‖ p(z)); nats per example. Chen et al. 2018, eq. 2; Hoffman &amp; Johnson 2016.</summary>
/// <param name="MutualInformation">
/// I(x; z) under q, over the N encoded examples; at most ln N. Values near ln N depend on N more than on the model.
/// </param>
/// <param name="TotalCorrelation">KL(q(z) ‖ Π q(zᵢ)): the dependence between dimensions.</param>
/// <param name="DimensionWiseKl">Σ KL(q(zᵢ) ‖ p(zᵢ)): the distance of each dimension from the prior.</param>
/// <param name="StandardError">The standard error of the mean KL, from draw to draw.</param>
internal sealed partial record KlDecomposition(
    double MutualInformation, double TotalCorrelation, double DimensionWiseKl, double StandardError)
{
    /// <summary>The mean KL: the sum of the three parts.</summary>
    public double Kl => MutualInformation + TotalCorrelation + DimensionWiseKl;

    /// <summary>KL(q(z) ‖ p(z)): the distance of the codes' distribution from the prior.</summary>
    public double MarginalKl => TotalCorrelation + DimensionWiseKl;
}

/// <summary>
/// Decomposes the mean KL from one posterior draw of each of N encoded examples, with q(z) as the mean of all N posteriors, not of a
/// batch.
/// </summary>
internal static class KlDecompositions
{
    /// <summary>The decomposition from log-densities at the draws; N ≥ 2.</summary>
    /// <param name="posterior">ln q(z|x) of each draw's own example. [N].</param>
    /// <param name="aggregate">ln q(z), as <see cref="AggregatePosterior.LogDensity"/> gives it. [N].</param>
    /// <param name="marginals">Σ ln q(zᵢ), as <see cref="AggregatePosterior.LogDensityPerLatent"/> gives it. [N].</param>
    /// <param name="prior">ln p(z) of a prior with independent dimensions. [N].</param>
    public static KlDecomposition FromLogDensities(double[] posterior, double[] aggregate, double[] marginals, double[] prior)
    {
        var count = posterior.Length;
        if (count < 2 || aggregate.Length != count || marginals.Length != count || prior.Length != count)
            throw new ArgumentException(
                "densities: must be as many of each and at least 2, "
                + $"got {count}, {aggregate.Length}, {marginals.Length} and {prior.Length}");
        var kl = posterior.Zip(prior, (q, p) => q - p).ToArray();
        var mean = kl.Average();
        return new(Mean(posterior, aggregate), Mean(aggregate, marginals), Mean(marginals, prior),
            Math.Sqrt(kl.Sum(value => (value - mean) * (value - mean)) / (count - 1) / count));
    }

    /// <summary>
    /// The decomposition for N normal posteriors and the prior N(0, I), from one draw of each. Means, log-variances and noise from
    /// N(0, 1), [N, D]. It computes N² D terms at once, for up to some hundred examples.
    /// </summary>
    public static KlDecomposition Estimate(NdArray means, NdArray logVariances, NdArray noise)
    {
        var z = Reparameterizations.Normal(means, logVariances, noise);
        return FromLogDensities(
            Normals.LogDensity(z, means, logVariances).ToArray(),
            AggregatePosterior.LogDensity(z, means, logVariances).ToArray(),
            NdArray.SumEvent(AggregatePosterior.LogDensityPerLatent(z, means, logVariances)).ToArray(),
            Normals.LogDensityStandard(z).ToArray());
    }

    private static double Mean(double[] a, double[] b) => a.Zip(b, (x, y) => x - y).Average();
}
