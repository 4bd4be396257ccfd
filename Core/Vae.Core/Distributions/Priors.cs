namespace Vae;

/// <summary>Priors by name, and what each means: a prior is added here and in <see cref="Prior"/>.</summary>
public static class Priors
{
    /// <summary>N(0, I).</summary>
    public static Prior StandardNormal { get; } = new Prior.StandardNormal();

    /// <summary>ln p(z). [B, D] → [B]; nats.</summary>
    public static T LogDensity<T>(Prior prior, T z) where T : struct, ITensor<T> =>
        prior.Match(standardNormal: _ => Normals.LogDensityStandard(z));

    /// <summary>A draw from p(z) as a function of noise from N(0, 1). [B, D] → [B, D].</summary>
    public static T Sample<T>(Prior prior, T noise) where T : struct, ITensor<T> => prior.Match(standardNormal: _ => noise);
}
