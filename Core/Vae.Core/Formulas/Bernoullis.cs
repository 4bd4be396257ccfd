namespace Vae;

/// <summary>Independent Bernoulli distributions, by logits.</summary>
public static class Bernoullis
{
    /// <summary>
    /// −ln p(x | logits) = Σ (1 − x)·logit − ln σ(logit). [B, ...] → [B]; nats; x in {0, 1}. For x between 0 and 1 it is
    /// the cross-entropy between x and σ(logit), which is no log-density: ∫ over [0, 1] is not 1 (Loaiza-Ganem &amp; Cunningham 2019).
    /// </summary>
    public static T NegLogDensity<T>(T logits, T x) where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(logits, x));

    /// <summary>The same for each value, before the sum. [B, ...] → [B, ...]; nats.</summary>
    public static T NegLogDensityPerValue<T>(T logits, T x) where T : struct, ITensor<T> => (1.0 - x) * logits - T.LogSigmoid(logits);

    /// <summary>The entropy. [B, ...] → [B]; nats, ≥ 0: the least value of the cross-entropy, where σ(logit) = x.</summary>
    public static T Entropy<T>(T logits) where T : struct, ITensor<T>
    {
        // Even in the logit; written for |logit|, where the two terms do not cancel.
        var size = T.Abs(logits);
        return T.SumEvent(T.Sigmoid(-size) * size - T.LogSigmoid(size));
    }
}
