namespace Vae;

/// <summary>
/// The aggregate posterior q(z), the mean of q(z|x) over examples. Its distance from the prior limits the quality of samples.
/// </summary>
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

    /// <summary>
    /// KL(N(mean, variance) ‖ N(0, 1)) of each dimension, for the diagonal normal with the moments of q(z). [N, D], [N, D] → [D];
    /// nats, ≥ 0.
    /// </summary>
    public static NdArray GapToStandardNormal(NdArray means, NdArray logVariances) =>
        Normals.KlToStandardPerValue(Mean(means), NdArray.Log(Variance(means, logVariances)));

    /// <summary>
    /// ln q(zᵢ) of each dimension, where q(z) is the mean of N normals. z [B, D], means [N, D], log-variances [N, D] → [B, D]; nats.
    /// </summary>
    public static T LogDensityPerLatent<T>(T z, T means, T logVariances) where T : struct, ITensor<T> =>
        T.LogSumExp(PerPair(z, means, logVariances), 1) - Math.Log(means.Dims[0]);

    /// <summary>ln q(z), where q(z) is the mean of N normals. z [B, D], means [N, D], log-variances [N, D] → [B]; nats.</summary>
    public static T LogDensity<T>(T z, T means, T logVariances) where T : struct, ITensor<T> =>
        T.LogSumExp(T.Sum(PerPair(z, means, logVariances), 2), 1) - Math.Log(means.Dims[0]);

    // The log-density of every z under every normal: [B, N, D].
    private static T PerPair<T>(T z, T means, T logVariances) where T : struct, ITensor<T>
    {
        int batch = z.Dims[0], count = means.Dims[0], size = means.Dims[1];
        T spread = T.Reshape(logVariances, 1, count, size);
        T away = T.Reshape(z, batch, 1, size) - T.Reshape(means, 1, count, size);
        return -0.5 * (T.Square(away) * T.Exp(-spread) + (spread + Math.Log(2 * Math.PI)));
    }
}
