namespace Vae;

/// <summary>The mean KL(q(z|x) ‖ p(z)) in parts that sum to it; each [B], nats.</summary>
/// <param name="MutualInformation">I(x; z) = KL(q(z, x) ‖ q(z) p(x)).</param>
/// <param name="TotalCorrelation">KL(q(z) ‖ Π q(zᵢ)).</param>
/// <param name="DimensionWise">Σ KL(q(zᵢ) ‖ p(zᵢ)), if p factorizes.</param>
internal readonly record struct KlParts<T>(T MutualInformation, T TotalCorrelation, T DimensionWise) where T : struct, ITensor<T>;

/// <summary>The decomposition of the mean KL over a data set, estimated from a batch; Chen et al. 2018.</summary>
internal static class TotalCorrelations
{
    /// <summary>
    /// Minibatch weighted sampling: the log-weight of example j in the estimate of q(zᵢ), the same for all: ln 1/(N·B). [B, B];
    /// Chen et al. 2018, section 4.1.
    /// </summary>
    public static T LogWeights<T>(T like, int batch, long examples) where T : struct, ITensor<T> =>
        T.Constant(like, [.. Enumerable.Repeat(-Math.Log(examples) - Math.Log(batch), batch * batch)], batch, batch);

    /// <summary>
    /// Minibatch stratified sampling: log-weights with which the estimate of q(zᵢ) is unbiased. The example itself has the weight
    /// 1/N, one other example (N − B + 1) / (N (B − 1)), the rest 1 / (B − 1). [B, B]; 0 for a batch of one; Chen et al. 2018, appendix C.
    /// </summary>
    public static T LogStratifiedWeights<T>(T like, int batch, long examples) where T : struct, ITensor<T>
    {
        double n = Math.Max(examples, batch), others = batch - 1;
        var weights = new double[batch * batch];
        for (var i = 0; i < batch; i++)
            for (var j = 0; j < batch; j++)
                weights[i * batch + j] = Math.Log(
                    batch == 1 ? 1 : j == i ? 1 / n : j == (i + 1) % batch ? (n - others) / (n * others) : 1 / others);
        return T.Constant(like, weights, batch, batch);
    }

    /// <summary>The parts at one draw for each example.</summary>
    /// <param name="logPosterior">ln q(zᵢ|xᵢ), [B].</param>
    /// <param name="logPairs">ln q(zᵢ|xⱼ) of each latent, [B, B, D]; i first.</param>
    /// <param name="logPrior">ln p(zᵢ), [B].</param>
    /// <param name="logWeights">The log-weights of the examples j for each i, [B, B].</param>
    public static KlParts<T> Decompose<T>(T logPosterior, T logPairs, T logPrior, T logWeights) where T : struct, ITensor<T>
    {
        int[] dims = logPairs.Dims;
        var aggregate = T.LogSumExp(logWeights + T.Sum(logPairs, 2), 1);
        var product = T.Sum(T.LogSumExp(T.Reshape(logWeights, dims[0], dims[1], 1) + logPairs, 1), 1);
        return new(logPosterior - aggregate, aggregate - product, product - logPrior);
    }

    /// <summary>
    /// ln q(zᵢ|xⱼ) of each latent for all pairs of a batch. z [B, D], outputs of the encoder [B, P] → [B, B, D], i first; nats.
    /// </summary>
    public static T LogPairs<T>(IPosterior posterior, PartState<T> state, T outputs, T z) where T : struct, ITensor<T>
    {
        int batch = z.Dims[0], size = z.Dims[1], width = outputs.Dims[1];
        var zeros = T.Constant(z, new double[batch], batch, 1, 1);
        var draws = T.Reshape(T.Reshape(z, batch, 1, size) + T.Reshape(zeros, 1, batch, 1), batch * batch, size);
        var given = T.Reshape(T.Reshape(outputs, 1, batch, width) + zeros, batch * batch, width);
        return posterior.LogDensityPerLatent(state, given, draws) is { } pairs
            ? T.Reshape(pairs, batch, batch, size)
            : throw new ArgumentException($"posterior: must know ln q of each latent at any z, got {posterior.Name}", nameof(posterior));
    }
}
