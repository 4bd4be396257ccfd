namespace Vae;

/// <summary>Normal distributions with diagonal covariance, by mean and log-variance.</summary>
public static partial class Normals
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>ln N(x; mu, exp(logVar)). [B, ...] → [B]; nats; all finite.</summary>
    public static T LogDensity<T>(T x, T mu, T logVar) where T : struct, ITensor<T> =>
        -0.5 * T.SumEvent(T.Square(x - mu) * T.Exp(-logVar) + logVar + LogTwoPi);

    /// <summary>The same for each value, before the sum. [B, ...] → [B, ...]; nats.</summary>
    internal static T LogDensityPerValue<T>(T x, T mu, T logVar) where T : struct, ITensor<T> =>
        -0.5 * (T.Square(x - mu) * T.Exp(-logVar) + logVar + LogTwoPi);

    /// <summary>ln N(x; mu, sigma² I) with one fixed sigma &gt; 0. [B, ...] → [B]; nats.</summary>
    public static T LogDensity<T>(T x, T mu, double sigma) where T : struct, ITensor<T> => T.SumEvent(LogDensityPerValue(x, mu, sigma));

    /// <summary>The same for each value, before the sum. [B, ...] → [B, ...]; nats.</summary>
    public static T LogDensityPerValue<T>(T x, T mu, double sigma) where T : struct, ITensor<T> =>
        -(T.Square(x - mu) / (2 * sigma * sigma) + (Math.Log(sigma) + 0.5 * LogTwoPi));

    /// <summary>ln N(x; 0, I). [B, ...] → [B]; nats.</summary>
    public static T LogDensityStandard<T>(T x) where T : struct, ITensor<T> =>
        -0.5 * T.SumEvent(T.Square(x) + LogTwoPi);

    /// <summary>KL(N(mu, exp(logVar)) ‖ N(0, I)). [B, ...] → [B]; nats, ≥ 0; Kingma &amp; Welling 2014, appendix B.</summary>
    public static T KlToStandard<T>(T mu, T logVar) where T : struct, ITensor<T> =>
        T.SumEvent(KlToStandardPerValue(mu, logVar));

    /// <summary>The same for each value, before the sum. [B, ...] → [B, ...]; nats, ≥ 0.</summary>
    public static T KlToStandardPerValue<T>(T mu, T logVar) where T : struct, ITensor<T> =>
        0.5 * (T.Exp(logVar) + T.Square(mu) - 1.0 - logVar);

    /// <summary>KL(N(mu₁, exp(logVar₁)) ‖ N(mu₂, exp(logVar₂))). [B, ...] → [B]; nats, ≥ 0.</summary>
    public static T Kl<T>(T mu1, T logVar1, T mu2, T logVar2) where T : struct, ITensor<T> =>
        T.SumEvent(KlPerValue(mu1, logVar1, mu2, logVar2));

    /// <summary>The same for each value, before the sum. [B, ...] → [B, ...]; nats, ≥ 0.</summary>
    public static T KlPerValue<T>(T mu1, T logVar1, T mu2, T logVar2) where T : struct, ITensor<T> =>
        0.5 * (T.Exp(logVar1 - logVar2) + T.Square(mu1 - mu2) * T.Exp(-logVar2) - 1.0 - (logVar1 - logVar2));

    /// <summary>
    /// μ and ln σ² of the normalized product of two densities, each given by its own [B, 2·D] → [B, 2·D]: precisions add, means are
    /// weighted by them; Sønderby et al. 2016, eq. 17–19.
    /// </summary>
    internal static T Product<T>(T first, T second) where T : struct, ITensor<T>
    {
        // σ₁⁻² / (σ₁⁻² + σ₂⁻²) = sigmoid(ln σ₂² − ln σ₁²), in which nothing overflows.
        var further = LogVar(second) - LogVar(first);
        var mu = Mu(second) + T.Sigmoid(further) * (Mu(first) - Mu(second));
        return T.Concat(mu, LogVar(first) + T.LogSigmoid(further), 1);
    }

    /// <summary>The differential entropy of N(mu, exp(logVar)). [B, ...] → [B]; nats.</summary>
    public static T Entropy<T>(T logVar) where T : struct, ITensor<T> =>
        0.5 * T.SumEvent(logVar + (1 + LogTwoPi));

    /// <summary>μ of a network's output that is μ and then ln σ². [B, 2·D] → [B, D].</summary>
    internal static T Mu<T>(T parameters) where T : struct, ITensor<T> => Half(parameters, 0);

    /// <summary>ln σ² of a network's output that is μ and then ln σ². [B, 2·D] → [B, D].</summary>
    internal static T LogVar<T>(T parameters) where T : struct, ITensor<T> => Half(parameters, 1);

    private static T Half<T>(T parameters, int which) where T : struct, ITensor<T>
    {
        var size = parameters.Dims[1] / 2;
        return T.Slice(parameters, 1, which * size, size);
    }
}
