namespace Vae;

/// <summary>How the importance weights w of an example's draws are combined into a bound.</summary>
[Closed]
public abstract partial record ImportanceBound
{
    /// <summary>Number of groups of samples.</summary>
    internal virtual int GroupCount => 1;

    internal abstract string Name { get; }

    internal virtual ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.groups", GroupCount, 1);

    /// <summary>The bound. Log-weights [K, B] → [B]; nats.</summary>
    internal abstract T Value<T>(T logWeights) where T : struct, ITensor<T>;

    /// <summary>A function whose derivative through the draws is the doubly reparameterized gradient. Log-weights [K, B] → [B].</summary>
    internal virtual T DoublyReparameterized<T>(T logWeights) where T : struct, ITensor<T> =>
        ImportanceBounds.DoublyReparameterized(logWeights, GroupCount);

    /// <summary>The logarithm of the mean weight; Burda et al. 2016, eq. 8.</summary>
    public sealed partial record Iwae : ImportanceBound
    {
        internal override string Name => "importance-weighted";

        internal override T Value<T>(T logWeights) => Bounds.ImportanceWeighted(logWeights);
    }

    /// <summary>The mean of the bounds of several groups; Rainforth et al. 2018.</summary>
    /// <param name="Groups">M; ≥ 1. Each group has all k samples.</param>
    public sealed partial record Miwae(int Groups) : ImportanceBound
    {
        internal override int GroupCount => Groups;

        internal override string Name => $"miwae of {Groups} groups";

        internal override T Value<T>(T logWeights) => ImportanceBounds.OfGroups(logWeights, Groups);
    }

    /// <summary>The encoder is trained by the bounds of groups, all else by the bound of all draws; Rainforth et al. 2018.</summary>
    /// <param name="Groups">M; ≥ 1. Each group has all k samples.</param>
    public sealed partial record Piwae(int Groups) : ImportanceBound
    {
        internal override int GroupCount => Groups;

        internal override string Name => $"piwae of {Groups} groups";

        internal override T Value<T>(T logWeights) => Bounds.ImportanceWeighted(logWeights);
    }

    /// <summary>A convex combination of the ELBO and the importance-weighted bound; Rainforth et al. 2018.</summary>
    /// <param name="Elbo">The weight of the ELBO, in [0, 1]; the importance-weighted bound has the rest.</param>
    public sealed partial record Ciwae(double Elbo) : ImportanceBound
    {
        internal override string Name => FormattableString.Invariant($"ciwae of {Elbo} elbo");

        internal override ValueList<Problem> Problems(string path) => Rules.Within($"{path}.elbo", Elbo, 0, 1);

        internal override T Value<T>(T logWeights) => ImportanceBounds.Combined(logWeights, Elbo);

        internal override T DoublyReparameterized<T>(T logWeights) => Elbo * T.Sum(logWeights, 0) / logWeights.Dims[0]
            + (1 - Elbo) * ImportanceBounds.DoublyReparameterized(logWeights, GroupCount);
    }
}
