namespace Vae;

/// <summary>Capacities by name, and their formulas.</summary>
public static class Capacities
{
    /// <summary>The KL costs what it is.</summary>
    public static Capacity Unlimited { get; } = new Capacity.Unlimited();

    /// <summary>C nats at any time; Burgess et al. 2018.</summary>
    public static Capacity Target(double nats) => new Capacity.Target(Schedules.Constant(nats));

    /// <summary>A number of nats that changes with time; Burgess et al. 2018.</summary>
    public static Capacity Target(Schedule nats) => new Capacity.Target(nats);

    /// <summary>λ nats free for each of z, or for all of z; Kingma et al. 2016.</summary>
    public static Capacity FreeBits(double nats, bool perLatent = true) => new Capacity.FreeBits(nats, perLatent);

    /// <summary>|KL − C| of the mean over the batch. [B] → [1]; nats, ≥ 0; Burgess et al. 2018, section 5.</summary>
    public static T DistanceFrom<T>(T kl, double nats) where T : struct, ITensor<T> => T.Abs(Mean(kl) - nats);

    /// <summary>
    /// Σ max(λ, KL) over the columns, of their means over the batch. [B, D] → [1]; nats, ≥ D·λ; Kingma et al. 2016, appendix C.8.
    /// </summary>
    public static T AtLeast<T>(T kl, double nats) where T : struct, ITensor<T>
    {
        var mean = Mean(kl);
        // max(a, b) = (a + b + |a − b|) / 2
        return T.Reshape(T.Sum(0.5 * (mean + nats + T.Abs(mean - nats)), 1), 1);
    }

    private static T Mean<T>(T x) where T : struct, ITensor<T> => T.Reshape(T.Sum(x, 0) / x.Dims[0], [1, .. x.Dims[1..]]);
}
