namespace Vae;

/// <summary>q(z) = E over x of q(z|x), by its first two moments; how far it is from the prior is how wrong a draw from the prior is.</summary>
public static class AggregatePosterior
{
    /// <summary>The mean of q(z). Posterior means [N, D] → [D].</summary>
    public static NdArray Mean(NdArray means) => NdArray.Sum(means, 0) / means.Dims[0];

    /// <summary>The variance of q(z): the variance of the means plus the mean of the variances. [N, D], [N, D] → [D]; ≥ 0.</summary>
    public static NdArray Variance(NdArray means, NdArray logVariances)
    {
        int count = means.Dims[0], size = means.Dims[1];
        var centred = means - NdArray.Reshape(Mean(means), 1, size);
        return NdArray.Sum(NdArray.Square(centred) + NdArray.Exp(logVariances), 0) / count;
    }

    /// <summary>KL(N(mean, variance) ‖ N(0, 1)) for each dimension of the best-fitting diagonal normal. [N, D], [N, D] → [D]; nats, ≥ 0.</summary>
    public static NdArray GapToStandardNormal(NdArray means, NdArray logVariances) =>
        Normals.KlToStandardPerValue(Mean(means), NdArray.Log(Variance(means, logVariances)));
}
