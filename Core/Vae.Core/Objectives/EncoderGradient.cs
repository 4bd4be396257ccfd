namespace Vae;

/// <summary>By which estimator the encoder and the posterior are trained; all are of the same bound.</summary>
[Closed]
public abstract partial record EncoderGradient
{
    /// <summary>The derivative of the loss as it stands.</summary>
    public sealed partial record Total : EncoderGradient;

    /// <summary>Through the draws alone, ln q(z|x) held fixed as a function of x: no noise where q meets the posterior of the model; Roeder et al. 2017. Unbiased for the mean of ln w, biased for a weighted bound of more than one sample.</summary>
    public sealed partial record StickingTheLanding : EncoderGradient;

    /// <summary>Through the draws alone, each by the square of its weight: unbiased for weighted bounds, and better, not worse, with more samples; Tucker et al. 2019.</summary>
    public sealed partial record DoublyReparameterized : EncoderGradient;
}
