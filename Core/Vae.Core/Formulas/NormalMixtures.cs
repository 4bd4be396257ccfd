namespace Vae;

/// <summary>A mixture of K normal distributions of D dimensions with full covariances.</summary>
/// <param name="LogWeights">ln πₖ: K values, whose exponentials sum to 1.</param>
/// <param name="Means">μₖ: K · D values, row-major.</param>
/// <param name="Factors">Lₖ, lower triangular, with covariance Lₖ Lₖᵀ: K · D · D values, row-major.</param>
internal sealed record NormalMixture(ValueList<double> LogWeights, ValueList<double> Means, ValueList<double> Factors)
{
    /// <summary>K, the number of components.</summary>
    public int Components => LogWeights.Count;

    /// <summary>D, the number of dimensions.</summary>
    public int Size => Means.Count / Components;

    /// <summary>A copy with the given properties replaced.</summary>
    /// <param name="logWeights">The new <see cref="LogWeights"/>; null keeps the present ones.</param>
    /// <param name="means">The new <see cref="Means"/>; null keeps the present ones.</param>
    /// <param name="factors">The new <see cref="Factors"/>; null keeps the present ones.</param>
    public NormalMixture With(ValueList<double>? logWeights = null, ValueList<double>? means = null, ValueList<double>? factors = null) =>
        new(logWeights ?? LogWeights, means ?? Means, factors ?? Factors);
}

/// <summary>Mixtures of normal distributions with full covariances.</summary>
internal static class NormalMixtures
{
    /// <summary>ln N(z; μₖ, Σₖ) of each component. [B, D] → [B, K]; nats.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="z">[B, D].</param>
    public static T LogDensities<T>(NormalMixture mixture, T z) where T : struct, ITensor<T> => Enumerable.Range(1, mixture.Components - 1)
        .Aggregate(LogDensity(mixture, 0, z), (all, k) => T.Concat(all, LogDensity(mixture, k, z), 1));

    /// <summary>ln Σ πₖ N(z; μₖ, Σₖ). [B, D] → [B]; nats.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="z">[B, D].</param>
    public static T LogDensity<T>(NormalMixture mixture, T z) where T : struct, ITensor<T> => T.LogSumExp(Joint(mixture, z), 1);

    /// <summary>The posterior probability of each component given z. [B, D] → [B, K]; in [0, 1], summing to 1.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="z">[B, D].</param>
    public static T Responsibilities<T>(NormalMixture mixture, T z) where T : struct, ITensor<T> => Explained(mixture, z).Responsibilities;

    /// <summary><see cref="Responsibilities"/> and <see cref="LogDensity{T}(NormalMixture, T)"/>, computed together.</summary>
    internal static (T Responsibilities, T LogDensity) Explained<T>(NormalMixture mixture, T z) where T : struct, ITensor<T>
    {
        var joint = Joint(mixture, z);
        var density = T.LogSumExp(joint, 1);
        return (T.Exp(joint - T.Reshape(density, joint.Dims[0], 1)), density);
    }

    /// <summary>Number of N(0, 1) values that a draw takes.</summary>
    /// <param name="mixture">The mixture.</param>
    public static int Noise(NormalMixture mixture) => mixture.Size + 2 * mixture.Components;

    /// <summary>Draws from the mixture as a function of noise. [B, N] → [B, D].</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="noise">[B, N] from N(0, 1), N = <see cref="Noise"/>.</param>
    public static T Sample<T>(NormalMixture mixture, T noise) where T : struct, ITensor<T> =>
        Sample(mixture, T.Constant(noise, [.. mixture.LogWeights], 1, mixture.Components), noise);

    /// <summary>Draws from the mixture with other weights for each row. [B, N] → [B, D].</summary>
    /// <param name="mixture">The mixture; its own weights are not used.</param>
    /// <param name="logWeights">ln πₖ up to a constant, [B, K] or [1, K].</param>
    /// <param name="noise">[B, N] from N(0, 1), N = <see cref="Noise"/>.</param>
    public static T Sample<T>(NormalMixture mixture, T logWeights, T noise) where T : struct, ITensor<T>
    {
        int size = mixture.Size, components = mixture.Components;
        var chosen = Reparameterizations.Categorical(logWeights, T.Slice(noise, 1, size, 2 * components));
        var eps = T.Slice(noise, 1, 0, size);
        return Enumerable.Range(0, components).Aggregate(
            T.MatMul(chosen, T.Constant(noise, [.. mixture.Means], components, size)),
            (z, k) => z
                + T.Slice(chosen, 1, k, 1) * T.MatMul(eps, T.Transpose(T.Constant(noise, Factor(mixture, k).ToArray(), size, size))));
    }

    private static T Joint<T>(NormalMixture mixture, T z) where T : struct, ITensor<T> =>
        LogDensities(mixture, z) + T.Constant(z, [.. mixture.LogWeights], 1, mixture.Components);

    // ‖L⁻¹(z − μ)‖², by the rows of (z − μ) L⁻ᵀ.
    private static T LogDensity<T>(NormalMixture mixture, int k, T z) where T : struct, ITensor<T>
    {
        var size = mixture.Size;
        var inverse = SymmetricMatrices.InverseOfLower(Factor(mixture, k)).ToArray();
        var mean = T.Constant(z, mixture.Means.AsSpan().Slice(k * size, size).ToArray(), 1, size);
        var white = T.MatMul(z - mean, T.Transpose(T.Constant(z, inverse, size, size)));
        var logDeterminant = Enumerable.Range(0, size).Sum(i => Math.Log(inverse[i * (size + 1)]));
        return T.Reshape(-0.5 * T.SumEvent(T.Square(white)) + (logDeterminant - 0.5 * size * Math.Log(2 * Math.PI)), z.Dims[0], 1);
    }

    private static NdArray Factor(NormalMixture mixture, int k) =>
        NdArray.FromValues(mixture.Factors.AsSpan().Slice(k * mixture.Size * mixture.Size, mixture.Size * mixture.Size).ToArray(),
            mixture.Size, mixture.Size);
}
