namespace Vae;

/// <summary>Normal distributions with diagonal covariance, parameterized by mean and log-variance.</summary>
public static partial class Normals
{
    /// <summary>
    /// Between these a log-variance is what its network gives; beyond them it grows with the logarithm of the excess. A network that
    /// sees a number of 1000 gives log-variances in the hundreds, whose exponential is infinite in float32.
    /// </summary>
    internal const double MinLogVar = -20, MaxLogVar = 10;

    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>ln N(x; mu, exp(logVar)). [B, ...] → [B]; nats.</summary>
    /// <param name="x">[B, ...]; finite.</param>
    /// <param name="mu">The mean, [B, ...]; finite.</param>
    /// <param name="logVar">The log-variance, [B, ...]; finite.</param>
    public static T LogDensity<T>(T x, T mu, T logVar) where T : struct, ITensor<T> =>
        -0.5 * T.SumEvent(T.Square(x - mu) * T.Exp(-logVar) + logVar + LogTwoPi);

    /// <summary>ln N(x; mu, exp(logVar)) of each value. [B, ...] → [B, ...]; nats.</summary>
    internal static T LogDensityPerValue<T>(T x, T mu, T logVar) where T : struct, ITensor<T> =>
        -0.5 * (T.Square(x - mu) * T.Exp(-logVar) + logVar + LogTwoPi);

    /// <summary>ln N(x; mu, sigma² I) with one standard deviation for all values. [B, ...] → [B]; nats.</summary>
    /// <param name="x">[B, ...]; finite.</param>
    /// <param name="mu">The mean, [B, ...]; finite.</param>
    /// <param name="sigma">The standard deviation; &gt; 0.</param>
    public static T LogDensity<T>(T x, T mu, double sigma) where T : struct, ITensor<T> => T.SumEvent(LogDensityPerValue(x, mu, sigma));

    /// <summary>ln N(x; mu, sigma²) of each value. [B, ...] → [B, ...]; nats.</summary>
    /// <param name="x">[B, ...]; finite.</param>
    /// <param name="mu">The mean, [B, ...]; finite.</param>
    /// <param name="sigma">The standard deviation; &gt; 0.</param>
    public static T LogDensityPerValue<T>(T x, T mu, double sigma) where T : struct, ITensor<T> =>
        -(T.Square(x - mu) / (2 * sigma * sigma) + (Math.Log(sigma) + 0.5 * LogTwoPi));

    /// <summary>ln N(x; 0, I). [B, ...] → [B]; nats.</summary>
    /// <param name="x">[B, ...]; finite.</param>
    public static T LogDensityStandard<T>(T x) where T : struct, ITensor<T> =>
        -0.5 * T.SumEvent(T.Square(x) + LogTwoPi);

    /// <summary>KL(N(mu, exp(logVar)) ‖ N(0, I)). [B, ...] → [B]; nats, ≥ 0; Kingma &amp; Welling 2014, appendix B.</summary>
    /// <param name="mu">The mean, [B, ...]; finite.</param>
    /// <param name="logVar">The log-variance, [B, ...]; finite.</param>
    /// <example>
    /// <code>
    /// NdArray mu = NdArray.FromValues([1, 0], 1, 2), logVar = NdArray.Full(0, 1, 2);
    /// double kl = Normals.KlToStandard(mu, logVar).Item; // 0.5
    /// </code>
    /// </example>
    public static T KlToStandard<T>(T mu, T logVar) where T : struct, ITensor<T> =>
        T.SumEvent(KlToStandardPerValue(mu, logVar));

    /// <summary>KL(N(mu, exp(logVar)) ‖ N(0, 1)) of each value. [B, ...] → [B, ...]; nats, ≥ 0.</summary>
    /// <param name="mu">The mean, [B, ...]; finite.</param>
    /// <param name="logVar">The log-variance, [B, ...]; finite.</param>
    public static T KlToStandardPerValue<T>(T mu, T logVar) where T : struct, ITensor<T> =>
        0.5 * (T.Exp(logVar) + T.Square(mu) - 1.0 - logVar);

    /// <summary>KL(N(mu₁, exp(logVar₁)) ‖ N(mu₂, exp(logVar₂))). [B, ...] → [B]; nats, ≥ 0.</summary>
    /// <param name="mu1">The mean of the first distribution, [B, ...]; finite.</param>
    /// <param name="logVar1">Its log-variance, [B, ...]; finite.</param>
    /// <param name="mu2">The mean of the second distribution, [B, ...]; finite.</param>
    /// <param name="logVar2">Its log-variance, [B, ...]; finite.</param>
    public static T Kl<T>(T mu1, T logVar1, T mu2, T logVar2) where T : struct, ITensor<T> =>
        T.SumEvent(KlPerValue(mu1, logVar1, mu2, logVar2));

    /// <summary>KL(N(mu₁, exp(logVar₁)) ‖ N(mu₂, exp(logVar₂))) of each value. [B, ...] → [B, ...]; nats, ≥ 0.</summary>
    /// <param name="mu1">The mean of the first distribution, [B, ...]; finite.</param>
    /// <param name="logVar1">Its log-variance, [B, ...]; finite.</param>
    /// <param name="mu2">The mean of the second distribution, [B, ...]; finite.</param>
    /// <param name="logVar2">Its log-variance, [B, ...]; finite.</param>
    public static T KlPerValue<T>(T mu1, T logVar1, T mu2, T logVar2) where T : struct, ITensor<T> =>
        0.5 * (T.Exp(logVar1 - logVar2) + T.Square(mu1 - mu2) * T.Exp(-logVar2) - 1.0 - (logVar1 - logVar2));

    /// <summary>
    /// μ and ln σ², [B, 2·D], of the normalized product of two densities, each given as [B, 2·D]: precisions add, and means are weighted
    /// by them; Sønderby et al. 2016, eq. 17–19.
    /// </summary>
    internal static T Product<T>(T first, T second) where T : struct, ITensor<T>
    {
        // σ₁⁻² / (σ₁⁻² + σ₂⁻²) = sigmoid(ln σ₂² − ln σ₁²), which cannot overflow.
        T own = Half(first, 1), other = Half(second, 1), further = other - own;
        var mu = Mu(second) + T.Sigmoid(further) * (Mu(first) - Mu(second));
        return T.Concat(mu, own + T.LogSigmoid(further), 1);
    }

    /// <summary>The differential entropy of N(mu, exp(logVar)). [B, ...] → [B]; nats.</summary>
    /// <param name="logVar">The log-variance, [B, ...]; finite.</param>
    public static T Entropy<T>(T logVar) where T : struct, ITensor<T> =>
        0.5 * T.SumEvent(logVar + (1 + LogTwoPi));

    /// <summary>μ of a network's output, which holds μ and then ln σ². [B, 2·D] → [B, D].</summary>
    internal static T Mu<T>(T parameters) where T : struct, ITensor<T> => Half(parameters, 0);

    /// <summary>ln σ² of a network's output, which holds μ and then ln σ², softly bounded. [B, 2·D] → [B, D].</summary>
    internal static T LogVar<T>(T parameters) where T : struct, ITensor<T> => BoundedLogVar(Half(parameters, 1));

    /// <summary>A log-variance that <see cref="ITensor{T}.SoftClamp"/> keeps near [−20, 10]. [B, …] → [B, …].</summary>
    internal static T BoundedLogVar<T>(T x) where T : struct, ITensor<T> => T.SoftClamp(x, MinLogVar, MaxLogVar);

    private static T Half<T>(T parameters, int which) where T : struct, ITensor<T>
    {
        var size = parameters.Dims[1] / 2;
        return T.Slice(parameters, 1, which * size, size);
    }
}
