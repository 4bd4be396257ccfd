using System.Text.Json.Serialization;

namespace Vae;

/// <summary>By which estimator the encoder and the posterior are trained; all are of the same bound.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Total), "total")]
[JsonDerivedType(typeof(StickingTheLanding), "stickingTheLanding")]
[JsonDerivedType(typeof(DoublyReparameterized), "doublyReparameterized")]
public abstract record EncoderGradient
{
    private protected EncoderGradient() { }

    /// <summary>The derivative of the loss as it stands.</summary>
    public sealed record Total : EncoderGradient
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Total(this);
    }

    /// <summary>Through the draws alone, ln q(z|x) held fixed as a function of x: no noise where q meets the posterior of the model; Roeder et al. 2017. Unbiased for the mean of ln w, biased for a weighted bound of more than one sample.</summary>
    public sealed record StickingTheLanding : EncoderGradient
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.StickingTheLanding(this);
    }

    /// <summary>Through the draws alone, each by the square of its weight: unbiased for weighted bounds, and better, not worse, with more samples; Tucker et al. 2019.</summary>
    public sealed record DoublyReparameterized : EncoderGradient
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.DoublyReparameterized(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Total, TResult> total, Func<StickingTheLanding, TResult> stickingTheLanding, Func<DoublyReparameterized, TResult> doublyReparameterized) =>
        Accept(new Cases<TResult>(total, stickingTheLanding, doublyReparameterized));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Total, TResult> Total, Func<StickingTheLanding, TResult> StickingTheLanding, Func<DoublyReparameterized, TResult> DoublyReparameterized);
}
