namespace Vae;

/// <summary>A mixture of K normal distributions of D numbers with full covariances.</summary>
/// <param name="LogWeights">ln πₖ, K; their exponentials sum to 1.</param>
/// <param name="Means">μₖ, K · D, row-major.</param>
/// <param name="Factors">Lₖ, lower triangular, with the covariance Lₖ Lₖᵀ; K · D · D, row-major.</param>
public sealed record NormalMixture(ValueList<double> LogWeights, ValueList<double> Means, ValueList<double> Factors)
{
    /// <summary>K.</summary>
    public int Components => LogWeights.Count;

    /// <summary>D.</summary>
    public int Size => Means.Count / Components;

    /// <summary>The same with other parts.</summary>
    public NormalMixture With(ValueList<double>? logWeights = null, ValueList<double>? means = null, ValueList<double>? factors = null) =>
        new(logWeights ?? LogWeights, means ?? Means, factors ?? Factors);
}

/// <summary>Mixtures of normal distributions with full covariances.</summary>
public static class NormalMixtures
{
    /// <summary>ln N(z; μₖ, Σₖ). z [B, D] → [B, K]; nats.</summary>
    public static T LogDensities<T>(NormalMixture mixture, T z) where T : struct, ITensor<T> => Enumerable.Range(1, mixture.Components - 1)
        .Aggregate(LogDensity(mixture, 0, z), (all, k) => T.Concat(all, LogDensity(mixture, k, z), 1));

    /// <summary>ln Σ πₖ N(z; μₖ, Σₖ). z [B, D] → [B]; nats.</summary>
    public static T LogDensity<T>(NormalMixture mixture, T z) where T : struct, ITensor<T> => T.LogSumExp(Joint(mixture, z), 1);

    /// <summary>How probable it is that z was drawn from each component. z [B, D] → [B, K]; in [0, 1], summing to 1.</summary>
    public static T Responsibilities<T>(NormalMixture mixture, T z) where T : struct, ITensor<T> => Explained(mixture, z).Responsibilities;

    /// <summary><see cref="Responsibilities"/> and <see cref="LogDensity{T}(NormalMixture, T)"/>, which are made of the same.</summary>
    internal static (T Responsibilities, T LogDensity) Explained<T>(NormalMixture mixture, T z) where T : struct, ITensor<T>
    {
        var joint = Joint(mixture, z);
        var density = T.LogSumExp(joint, 1);
        return (T.Exp(joint - T.Reshape(density, joint.Dims[0], 1)), density);
    }

    /// <summary>How many numbers from N(0, 1) a draw takes.</summary>
    public static int Noise(NormalMixture mixture) => mixture.Size + 2 * mixture.Components;

    /// <summary>A draw as a function of noise [B, N] from N(0, 1) → [B, D], with the weights of the mixture.</summary>
    public static T Sample<T>(NormalMixture mixture, T noise) where T : struct, ITensor<T> =>
        Sample(mixture, T.Constant(noise, [.. mixture.LogWeights], 1, mixture.Components), noise);

    /// <summary>The same with weights of each row: their logarithms, [B, K] or [1, K], up to a constant.</summary>
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

    // |L⁻¹(z − μ)|², whose rows are those of (z − μ) L⁻ᵀ.
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
