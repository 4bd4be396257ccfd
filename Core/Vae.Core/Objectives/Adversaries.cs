namespace Vae;

/// <summary>
/// The losses of a discriminator, whose logits are above 0 for rows that it classifies as real, and of the network that is trained to
/// deceive it; Goodfellow et al. 2014.
/// </summary>
internal static class Adversaries
{
    /// <summary>
    /// −ln σ(logit): the loss of a row that should be classified as real; its gradient is large if it is not. [B, 1] → [B];
    /// nats, ≥ 0.
    /// </summary>
    public static T Deceive<T>(T logits) where T : struct, ITensor<T> => T.SumEvent(Stable.Softplus(-logits));

    /// <summary>
    /// −ln σ(real) − ln(1 − σ(other)): the loss of the discriminator. [B, 1], [B, 1] → [B]; nats, ≥ 0, 2 ln 2 if it cannot
    /// tell them apart.
    /// </summary>
    public static T Distinguish<T>(T real, T other) where T : struct, ITensor<T> => Deceive(real) + T.SumEvent(Stable.Softplus(other));
}
