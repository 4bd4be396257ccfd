namespace Vae;

/// <summary>Capacities by name, and their formulas.</summary>
public static class Capacities
{
    /// <summary>The KL term is the KL itself.</summary>
    public static Capacity Unlimited { get; } = new Capacity.Unlimited();

    /// <summary>A constant target of C nats; Burgess et al. 2018.</summary>
    /// <param name="nats">C; ≥ 0.</param>
    public static Capacity Target(double nats) => new Capacity.Target(Schedules.Constant(nats));

    /// <summary>A scheduled target of C nats; Burgess et al. 2018.</summary>
    /// <param name="nats">C over time; ≥ 0.</param>
    public static Capacity Target(Schedule nats) => new Capacity.Target(nats);

    /// <summary>λ nats without cost, for each latent or for all latents together; Kingma et al. 2016.</summary>
    /// <param name="nats">λ; ≥ 0.</param>
    /// <param name="perLatent">Whether each latent has λ nats, which needs a KL in closed form.</param>
    public static Capacity FreeBits(double nats, bool perLatent = true) => new Capacity.FreeBits(nats, perLatent);

    /// <summary>|KL − C| of the mean KL over the batch. [B] → [1]; nats, ≥ 0; Burgess et al. 2018, section 5.</summary>
    /// <param name="kl">The KL of each example, [B]; nats.</param>
    /// <param name="nats">C; ≥ 0.</param>
    public static T DistanceFrom<T>(T kl, double nats) where T : struct, ITensor<T> => T.Abs(Mean(kl) - nats);

    /// <summary>|KL − C| for a C that is a value of a recorded step, []. [B] → [1]; nats, ≥ 0.</summary>
    internal static T DistanceFrom<T>(T kl, T nats) where T : struct, ITensor<T> => T.Abs(Mean(kl) - nats);

    /// <summary>
    /// Σ max(λ, KL) over the columns, of their means over the batch. [B, D] → [1]; nats, ≥ D·λ; Kingma et al. 2016, appendix C.8.
    /// </summary>
    /// <param name="kl">The KL of each example and latent, [B, D]; nats.</param>
    /// <param name="nats">λ; ≥ 0.</param>
    public static T AtLeast<T>(T kl, double nats) where T : struct, ITensor<T>
    {
        var mean = Mean(kl);
        // max(a, b) = (a + b + |a − b|) / 2
        return T.Reshape(T.Sum(0.5 * (mean + nats + T.Abs(mean - nats)), 1), 1);
    }

    private static T Mean<T>(T x) where T : struct, ITensor<T> => T.Reshape(T.Sum(x, 0) / x.Dims[0], [1, .. x.Dims[1..]]);
}
