namespace Vae;

/// <summary>q(z) = E over x of q(z|x), by its first two moments; how far it is from the prior is how wrong a draw from the prior is.</summary>
internal static class AggregatePosterior
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

    /// <summary>ln q(z) for each dimension alone, q(z) being the mean of N normals. z [B, D], means [N, D], log-variances [N, D] → [B, D]; nats.</summary>
    public static T LogDensityPerLatent<T>(T z, T means, T logVariances) where T : struct, ITensor<T> =>
        T.LogSumExp(PerPair(z, means, logVariances), 1) - Math.Log(means.Dims[0]);

    /// <summary>ln q(z), q(z) being the mean of N normals. z [B, D], means [N, D], log-variances [N, D] → [B]; nats.</summary>
    public static T LogDensity<T>(T z, T means, T logVariances) where T : struct, ITensor<T> =>
        T.LogSumExp(T.Sum(PerPair(z, means, logVariances), 2), 1) - Math.Log(means.Dims[0]);

    // Every z under every normal. [B, N, D].
    private static T PerPair<T>(T z, T means, T logVariances) where T : struct, ITensor<T>
    {
        int batch = z.Dims[0], count = means.Dims[0], size = means.Dims[1];
        T spread = T.Reshape(logVariances, 1, count, size), away = T.Reshape(z, batch, 1, size) - T.Reshape(means, 1, count, size);
        return -0.5 * (T.Square(away) * T.Exp(-spread) + (spread + Math.Log(2 * Math.PI)));
    }
}
