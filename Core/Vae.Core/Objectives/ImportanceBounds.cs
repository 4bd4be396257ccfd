namespace Vae;

/// <summary>Bounds of many draws by name, and their formulas.</summary>
public static class ImportanceBounds
{
    /// <summary>ln of the mean weight; Burda et al. 2016.</summary>
    public static ImportanceBound Iwae { get; } = new ImportanceBound.Iwae();

    /// <summary>The mean of the bounds of groups; Rainforth et al. 2018.</summary>
    public static ImportanceBound Miwae(int groups) => new ImportanceBound.Miwae(groups);

    /// <summary>The encoder is trained by groups, all else by all draws; Rainforth et al. 2018.</summary>
    public static ImportanceBound Piwae(int groups) => new ImportanceBound.Piwae(groups);

    /// <summary>The ELBO and the weighted bound combined, the ELBO with this weight; Rainforth et al. 2018.</summary>
    public static ImportanceBound Ciwae(double elbo) => new ImportanceBound.Ciwae(elbo);

    /// <summary>
    /// The mean over groups of ln (1/k) Σ w. Log-weights [M·k, B], group by group → [B]; nats; Rainforth et al. 2018. With one
    /// group the bound of Burda et al. 2016.
    /// </summary>
    public static T OfGroups<T>(T logWeights, int groups) where T : struct, ITensor<T> =>
        T.Sum(Stable.LogMeanExp(Grouped(logWeights, groups), 1), 0) / groups;

    /// <summary>β · mean ln w + (1 − β) · ln mean w. Log-weights [K, B] → [B]; nats; Rainforth et al. 2018.</summary>
    public static T Combined<T>(T logWeights, double elbo) where T : struct, ITensor<T> =>
        elbo * T.Sum(logWeights, 0) / logWeights.Dims[0] + (1 - elbo) * Bounds.ImportanceWeighted(logWeights);

    /// <summary>
    /// Σ v² ln w with v = w / Σ w held fixed, the mean over groups: where ln q(z|x) is held fixed too, its derivative by the draws
    /// is the doubly reparameterized gradient of <see cref="OfGroups"/>. Log-weights [M·k, B] → [B]; Tucker et al. 2019.
    /// </summary>
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
