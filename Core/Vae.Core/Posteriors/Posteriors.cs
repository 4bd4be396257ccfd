namespace Vae;

/// <summary>Posteriors by name, and their formulas as functions.</summary>
public static partial class Posteriors
{
    /// <summary>A family that an application defines.</summary>
    /// <param name="definition">Its formulas.</param>
    public static Posterior Custom(IPosterior definition) => new Posterior.Custom(definition);

    /// <summary>Whether it has a density. A point has none, so that there is no KL to a prior and no bound on ln p(x).</summary>
    public static bool HasDensity(Posterior posterior) => posterior.Formulas().HasDensity;

    /// <summary>The set that its draws lie in.</summary>
    public static Support Support(Posterior posterior) => posterior.Formulas().Support;

    /// <summary>The name that tables and pictures show.</summary>
    public static string Name(Posterior posterior) => posterior.Formulas().Name;

    /// <summary>The location of q(z|x). Outputs [B, P] → [B, D].</summary>
    public static T Mean<T>(Posterior posterior, T outputs, PartState<T>? state = null) where T : struct, ITensor<T> =>
        posterior.Formulas().Mean(state ?? PartState<T>.Empty, outputs);

    /// <summary>ln σ² of q(z|x); −∞ for a point. Outputs [B, P] → [B, D].</summary>
    public static T LogVariance<T>(Posterior posterior, T outputs, PartState<T>? state = null) where T : struct, ITensor<T> =>
        posterior.Formulas().LogVariance(state ?? PartState<T>.Empty, outputs);

    /// <summary>A draw from q(z|x), a deterministic function of the noise. Outputs [B, P], noise [B, N] from N(0, 1).</summary>
    public static PosteriorDraw<T> Draw<T>(Posterior posterior, T outputs, T noise, PartState<T>? state = null)
        where T : struct, ITensor<T> =>
        posterior.Formulas().Draw(state ?? PartState<T>.Empty, outputs, noise);

    /// <summary>
    /// ln q(z|x) at any z, [B]; nats; ∞ for a point, null for a family that knows it only at its own draws. Outputs [B, P], z [B, D].
    /// </summary>
    public static T? LogDensity<T>(Posterior posterior, T outputs, T z, PartState<T>? state = null) where T : struct, ITensor<T> =>
        posterior.Formulas().LogDensity(state ?? PartState<T>.Empty, outputs, z);

    /// <summary>The z of a draw. Outputs [B, P], noise [B, N] from N(0, 1) → [B, D].</summary>
    public static T Sample<T>(Posterior posterior, T outputs, T noise, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Draw(posterior, outputs, noise, state).Z;
}
