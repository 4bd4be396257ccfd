namespace Vae;

/// <summary>Posteriors by name, and their formulas as functions.</summary>
public static partial class Posteriors
{
    /// <summary>A family that an application defines.</summary>
    /// <param name="definition">Its formulas.</param>
    public static Posterior Custom(IPosterior definition) => new Posterior.Custom(definition);

    /// <summary>
    /// Whether the posterior has a density. A point has none: it has no KL to a prior, and the model has no bound on ln p(x).
    /// </summary>
    /// <param name="posterior">The posterior.</param>
    public static bool HasDensity(Posterior posterior) => posterior.Formulas().HasDensity;

    /// <summary>The set that contains its draws.</summary>
    /// <param name="posterior">The posterior.</param>
    public static Support Support(Posterior posterior) => posterior.Formulas().Support;

    /// <summary>The name in tables and pictures.</summary>
    /// <param name="posterior">The posterior.</param>
    public static string Name(Posterior posterior) => posterior.Formulas().Name;

    /// <summary>The location of q(z|x): the code of x. [B, P] → [B, D].</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="state">The tensors and networks of the posterior; null if it has none.</param>
    public static T Mean<T>(Posterior posterior, T outputs, PartState<T>? state = null) where T : struct, ITensor<T> =>
        posterior.Formulas().Mean(state ?? PartState<T>.Empty, outputs);

    /// <summary>ln σ² of q(z|x); −∞ for a point. [B, P] → [B, D].</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="state">The tensors and networks of the posterior; null if it has none.</param>
    public static T LogVariance<T>(Posterior posterior, T outputs, PartState<T>? state = null) where T : struct, ITensor<T> =>
        posterior.Formulas().LogVariance(state ?? PartState<T>.Empty, outputs);

    /// <summary>A draw from q(z|x), a deterministic function of the noise.</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="noise">[B, N] from N(0, 1).</param>
    /// <param name="state">The tensors and networks of the posterior; null if it has none.</param>
    /// <example>
    /// <code>
    /// NdArray outputs = NdArray.Full(0, 8, 4); // μ and ln σ² of 2 latents
    /// NdArray noise = Normals.Draws(8, 2, KeyedRandom.FromSeed(1));
    /// PosteriorDraw&lt;NdArray&gt; draw = Posteriors.Draw(Posteriors.DiagonalNormal, outputs, noise);
    /// </code>
    /// </example>
    public static PosteriorDraw<T> Draw<T>(Posterior posterior, T outputs, T noise, PartState<T>? state = null)
        where T : struct, ITensor<T> =>
        posterior.Formulas().Draw(state ?? PartState<T>.Empty, outputs, noise);

    /// <summary>ln q(z|x) at any z, [B]; nats; ∞ for a point. Null for a family that has the density only at its own draws.</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="z">[B, D].</param>
    /// <param name="state">The tensors and networks of the posterior; null if it has none.</param>
    public static T? LogDensity<T>(Posterior posterior, T outputs, T z, PartState<T>? state = null) where T : struct, ITensor<T> =>
        posterior.Formulas().LogDensity(state ?? PartState<T>.Empty, outputs, z);

    /// <summary>The z of a draw. [B, P], [B, N] → [B, D].</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="noise">[B, N] from N(0, 1).</param>
    /// <param name="state">The tensors and networks of the posterior; null if it has none.</param>
    public static T Sample<T>(Posterior posterior, T outputs, T noise, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Draw(posterior, outputs, noise, state).Z;
}
