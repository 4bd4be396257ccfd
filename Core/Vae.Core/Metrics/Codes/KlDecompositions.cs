namespace Vae;

/// <summary>What the average KL(q(z|x) ‖ p(z)) is spent on; nats per example. Chen et al. 2018, eq. 2; Hoffman &amp; Johnson 2016.</summary>
/// <param name="MutualInformation">I(x; z) under q, over the encoded examples: what codes tell of which example; ≤ ln N, near which it says more of N than of the model.</param>
/// <param name="TotalCorrelation">KL(q(z) ‖ Π q(z_d)): what dimensions tell of each other.</param>
/// <param name="DimensionWiseKl">Σ KL(q(z_d) ‖ p(z_d)): how far each dimension alone is from the prior.</param>
/// <param name="StandardError">Of their sum, from draw to draw.</param>
internal sealed partial record KlDecomposition(double MutualInformation, double TotalCorrelation, double DimensionWiseKl, double StandardError)
{
    /// <summary>The sum of the three: the average KL.</summary>
    public double Kl => MutualInformation + TotalCorrelation + DimensionWiseKl;

    /// <summary>KL(q(z) ‖ p(z)): how far codes are from what is drawn from.</summary>
    public double MarginalKl => TotalCorrelation + DimensionWiseKl;
}

/// <summary>Decomposes the average KL, by a draw from the posterior of each of N encoded examples and q(z) as the mean of all their posteriors: not of a batch's.</summary>
internal static class KlDecompositions
{
    /// <summary>From log-densities at the draws, N ≥ 2.</summary>
    /// <param name="posterior">ln q(z|x) of each draw's own example. [N].</param>
    /// <param name="aggregate">ln q(z), as <see cref="AggregatePosterior.LogDensity"/> gives it. [N].</param>
    /// <param name="marginals">Σ ln q(z_d), as <see cref="AggregatePosterior.LogDensityPerLatent"/> gives it. [N].</param>
    /// <param name="prior">ln p(z) of a prior with independent dimensions. [N].</param>
    public static KlDecomposition FromLogDensities(double[] posterior, double[] aggregate, double[] marginals, double[] prior)
    {
        var count = posterior.Length;
        if (count < 2 || aggregate.Length != count || marginals.Length != count || prior.Length != count)
            throw new ArgumentException($"densities: must be as many of each and at least 2, got {count}, {aggregate.Length}, {marginals.Length} and {prior.Length}");
        var kl = posterior.Zip(prior, (q, p) => q - p).ToArray();
        var mean = kl.Average();
        return new(Mean(posterior, aggregate), Mean(aggregate, marginals), Mean(marginals, prior),
            Math.Sqrt(kl.Sum(value => (value - mean) * (value - mean)) / (count - 1) / count));
    }

    /// <summary>Of N normals, by a draw from each: noise [N, D] from N(0, 1), prior N(0, I). N² D terms at once: for up to some hundred examples.</summary>
    public static KlDecomposition Estimate(NdArray means, NdArray logVariances, NdArray noise)
    {
        var z = Reparameterizations.Normal(means, logVariances, noise);
        return FromLogDensities(Normals.LogDensity(z, means, logVariances).ToArray(), AggregatePosterior.LogDensity(z, means, logVariances).ToArray(),
            NdArray.SumEvent(AggregatePosterior.LogDensityPerLatent(z, means, logVariances)).ToArray(), Normals.LogDensityStandard(z).ToArray());
    }

    private static double Mean(double[] a, double[] b) => a.Zip(b, (x, y) => x - y).Average();
}
