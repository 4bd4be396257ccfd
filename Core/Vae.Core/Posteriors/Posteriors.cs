namespace Vae;

/// <summary>Posteriors by name, and what each means: a posterior is added here, in <see cref="Posterior"/> and in a file of its own.</summary>
public static class Posteriors
{
    /// <summary>N(μ, diag σ²).</summary>
    public static Posterior DiagonalNormal { get; } = new Posterior.DiagonalNormal();

    /// <summary>z is what the encoder gives: the code of a plain autoencoder.</summary>
    public static Posterior Point { get; } = new Posterior.Point();

    /// <summary>N(μ, L Lᵀ).</summary>
    public static Posterior FullNormal { get; } = new Posterior.FullNormal();

    /// <summary>Around a direction on the unit sphere.</summary>
    public static Posterior VonMisesFisher { get; } = new Posterior.VonMisesFisher();

    /// <summary>One-hot blocks, relaxed in training at a temperature by epoch; 2/3 throughout if not given, as Maddison et al. 2017 take it.</summary>
    public static Posterior Categorical(int classes, Schedule? temperature = null) => new Posterior.Categorical(classes, temperature ?? Schedules.Constant(2.0 / 3));

    /// <summary>The nearest vectors of a codebook; the defaults are those of van den Oord et al. 2017.</summary>
    public static Posterior VectorQuantized(int codes, int embedding, double commitment = 0.25, double decay = 0.99) =>
        new Posterior.VectorQuantized(codes, embedding, commitment, decay);

    /// <summary>N(μ, diag σ²) through flows.</summary>
    public static Posterior Transformed(ValueList<Flow> flows) => new Posterior.Transformed(flows);

    /// <summary>Several levels of latents.</summary>
    public static Posterior Hierarchical(Hierarchy levels) => new Posterior.Hierarchical(levels);

    /// <summary>A family of your own.</summary>
    public static Posterior Custom(IPosterior definition) => new Posterior.Custom(definition);

    /// <summary>What it means.</summary>
    public static IPosterior Meaning(Posterior posterior) => posterior.Match<IPosterior>(
        diagonalNormal: _ => new DiagonalNormalPosterior(),
        point: _ => new PointPosterior(),
        fullNormal: _ => new FullNormalPosterior(),
        vonMisesFisher: _ => new VonMisesFisherPosterior(),
        categorical: c => new CategoricalPosterior(c.Classes, c.Temperature),
        vectorQuantized: q => new VectorQuantizedPosterior(q.Codes, q.Embedding, q.Commitment, q.Decay),
        transformed: t => new TransformedPosterior(t.Steps),
        hierarchical: h => new HierarchicalPosterior(h.Levels),
        custom: c => c.Definition);

    /// <summary>Whether it has a density: a point has none, so there is no KL to a prior and no bound on ln p(x).</summary>
    public static bool HasDensity(Posterior posterior) => Meaning(posterior).HasDensity;

    /// <summary>Where its draws lie.</summary>
    public static Support Support(Posterior posterior) => Meaning(posterior).Support;

    /// <summary>Its name for people.</summary>
    public static string Name(Posterior posterior) => Meaning(posterior).Name;

    /// <summary>The location of q(z|x). Outputs [B, P] → [B, D].</summary>
    public static T Mean<T>(Posterior posterior, T outputs, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(posterior).Mean(state ?? PartState<T>.Empty, outputs);

    /// <summary>ln σ² of q(z|x); −∞ for a point. Outputs [B, P] → [B, D].</summary>
    public static T LogVariance<T>(Posterior posterior, T outputs, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(posterior).LogVariance(state ?? PartState<T>.Empty, outputs);

    /// <summary>A draw from q(z|x) as a function of the noise. Outputs [B, P], noise [B, N] from N(0, 1).</summary>
    public static PosteriorDraw<T> Draw<T>(Posterior posterior, T outputs, T noise, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(posterior).Draw(state ?? PartState<T>.Empty, outputs, noise);

    /// <summary>ln q(z|x) at any z, [B]; nats; ∞ for a point, null for a family that knows it at its own draws alone. Outputs [B, P], z [B, D].</summary>
    public static T? LogDensity<T>(Posterior posterior, T outputs, T z, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(posterior).LogDensity(state ?? PartState<T>.Empty, outputs, z);

    /// <summary>Its z alone. [B, D].</summary>
    public static T Sample<T>(Posterior posterior, T outputs, T noise, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Draw(posterior, outputs, noise, state).Z;
}
