namespace Vae;

/// <summary>Normal distributions with diagonal covariance, by mean and log-variance.</summary>
public static partial class Normals
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>ln N(x; mu, exp(logVar)). [B, ...] → [B]; nats; all finite.</summary>
    public static T LogDensity<T>(T x, T mu, T logVar) where T : struct, ITensor<T> =>
        -0.5 * T.SumEvent(T.Square(x - mu) * T.Exp(-logVar) + logVar + LogTwoPi);

    /// <summary>ln N(x; mu, sigma² I) with one fixed sigma &gt; 0. [B, ...] → [B]; nats.</summary>
    public static T LogDensity<T>(T x, T mu, double sigma) where T : struct, ITensor<T> =>
        -T.SumEvent(T.Square(x - mu) / (2 * sigma * sigma) + (Math.Log(sigma) + 0.5 * LogTwoPi));

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
        0.5 * T.SumEvent(T.Exp(logVar1 - logVar2) + T.Square(mu1 - mu2) * T.Exp(-logVar2) - 1.0 - (logVar1 - logVar2));

    /// <summary>The differential entropy of N(mu, exp(logVar)). [B, ...] → [B]; nats.</summary>
    public static T Entropy<T>(T logVar) where T : struct, ITensor<T> =>
        0.5 * T.SumEvent(logVar + (1 + LogTwoPi));
}
