namespace Vae;

/// <summary>Losses of a critic, whose logits are above 0 where it takes a row for real, and of what is to deceive it; Goodfellow et al. 2014.</summary>
public static class Adversaries
{
    /// <summary>−ln σ(logit): what a row costs that should be taken for real, its gradient great where it is not. [B, 1] → [B]; nats, ≥ 0.</summary>
    public static T Deceive<T>(T logits) where T : struct, ITensor<T> => T.SumEvent(Stable.Softplus(-logits));

    /// <summary>−ln σ(real) − ln(1 − σ(other)): the loss of the critic. [B, 1], [B, 1] → [B]; nats, ≥ 0, 2 ln 2 where it sees no difference.</summary>
    public static T Distinguish<T>(T real, T other) where T : struct, ITensor<T> => Deceive(real) + T.SumEvent(Stable.Softplus(other));
}
