namespace Vae;

/// <summary>Importance-weighted bounds by name, and their formulas.</summary>
public static class ImportanceBounds
{
    /// <summary>The logarithm of the mean weight; Burda et al. 2016.</summary>
    public static ImportanceBound Iwae { get; } = new ImportanceBound.Iwae();

    /// <summary>The mean of the bounds of groups; Rainforth et al. 2018.</summary>
    /// <param name="groups">Number of groups; ≥ 1.</param>
    public static ImportanceBound Miwae(int groups) => new ImportanceBound.Miwae(groups);

    /// <summary>The encoder is trained by the bounds of groups, all else by the bound of all draws; Rainforth et al. 2018.</summary>
    /// <param name="groups">Number of groups; ≥ 1.</param>
    public static ImportanceBound Piwae(int groups) => new ImportanceBound.Piwae(groups);

    /// <summary>A convex combination of the ELBO and the importance-weighted bound; Rainforth et al. 2018.</summary>
    /// <param name="elbo">The weight of the ELBO; in [0, 1].</param>
    public static ImportanceBound Ciwae(double elbo) => new ImportanceBound.Ciwae(elbo);

    /// <summary>
    /// The mean over M groups of ln (1/k) Σ w. [M·k, B] → [B]; nats; Rainforth et al. 2018. With one group it is the bound of Burda
    /// et al. 2016.
    /// </summary>
    /// <param name="logWeights">Log-weights, [M·k, B], group by group; nats.</param>
    /// <param name="groups">M; ≥ 1.</param>
    public static T OfGroups<T>(T logWeights, int groups) where T : struct, ITensor<T> =>
        T.Sum(Stable.LogMeanExp(Grouped(logWeights, groups), 1), 0) / groups;

    /// <summary>β · mean ln w + (1 − β) · ln mean w. [K, B] → [B]; nats; Rainforth et al. 2018.</summary>
    /// <param name="logWeights">Log-weights, [K, B]; nats.</param>
    /// <param name="elbo">β, the weight of the ELBO; in [0, 1].</param>
    public static T Combined<T>(T logWeights, double elbo) where T : struct, ITensor<T> =>
        elbo * T.Sum(logWeights, 0) / logWeights.Dims[0] + (1 - elbo) * Bounds.ImportanceWeighted(logWeights);

    /// <summary>
    /// The mean over groups of Σ v² ln w with v = w / Σ w held fixed. If the parameters in ln q(z|x) are held fixed too, its
    /// derivative through the draws is the doubly reparameterized gradient of <see cref="OfGroups"/>. [M·k, B] → [B]; Tucker et al.
    /// 2019.
    /// </summary>
    /// <param name="logWeights">Log-weights, [M·k, B], group by group; nats.</param>
    /// <param name="groups">M; ≥ 1.</param>
    public static T DoublyReparameterized<T>(T logWeights, int groups) where T : struct, ITensor<T>
    {
        var grouped = Grouped(logWeights, groups);
        int[] one = [groups, 1, logWeights.Dims[1]];
        var shares = T.StopGradient(T.Exp(grouped - T.Reshape(T.LogSumExp(grouped, 1), one)));
        return T.Sum(T.Square(shares) * grouped, 0, 1) / groups;
    }

    private static T Grouped<T>(T logWeights, int groups) where T : struct, ITensor<T> =>
        T.Reshape(logWeights, groups, logWeights.Dims[0] / groups, logWeights.Dims[1]);
}
