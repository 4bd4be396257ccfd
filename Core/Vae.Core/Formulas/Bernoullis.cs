namespace Vae;

/// <summary>Independent Bernoulli distributions, parameterized by logits.</summary>
public static class Bernoullis
{
    /// <summary>
    /// −ln p(x | logits) = Σ (1 − x)·logit − ln σ(logit). [B, ...] → [B]; nats. For x between 0 and 1 it is the cross-entropy between x
    /// and σ(logit), which is not a log-density: its integral over [0, 1] is not 1 (Loaiza-Ganem &amp; Cunningham 2019).
    /// </summary>
    /// <param name="logits">[B, ...]; finite.</param>
    /// <param name="x">[B, ...]; 0 or 1, or soft targets in [0, 1].</param>
    public static T NegLogDensity<T>(T logits, T x) where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(logits, x));

    /// <summary>−ln p of each value. [B, ...] → [B, ...]; nats.</summary>
    /// <param name="logits">[B, ...]; finite.</param>
    /// <param name="x">[B, ...]; 0 or 1, or soft targets in [0, 1].</param>
    public static T NegLogDensityPerValue<T>(T logits, T x) where T : struct, ITensor<T> => (1.0 - x) * logits - T.LogSigmoid(logits);

    /// <summary>The entropy. [B, ...] → [B]; nats, ≥ 0: the minimum of the cross-entropy, reached at σ(logit) = x.</summary>
    /// <param name="logits">[B, ...]; finite.</param>
    public static T Entropy<T>(T logits) where T : struct, ITensor<T>
    {
        // Even in the logit; written for |logit|, where the two terms do not cancel.
        var size = T.Abs(logits);
        return T.SumEvent(T.Sigmoid(-size) * size - T.LogSigmoid(size));
    }
}
