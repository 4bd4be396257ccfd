namespace Vae;

/// <summary>Which estimator trains the encoder and the posterior; all are estimators of the same bound's gradient.</summary>
[Closed]
public abstract partial record EncoderGradient
{
    internal abstract string Name { get; }

    /// <summary>The derivative of the loss as it stands.</summary>
    public sealed partial record Total : EncoderGradient
    {
        internal override string Name => "total";
    }

    /// <summary>
    /// Through the draws alone, ln q(z|x) held fixed as a function of x: no noise where q is the model's true posterior; Roeder et al.
    /// 2017. Unbiased for the mean of ln w, biased for a weighted bound of more than one sample.
    /// </summary>
    public sealed partial record StickingTheLanding : EncoderGradient
    {
        internal override string Name => "sticking the landing";
    }

    /// <summary>
    /// Through the draws alone, each by the square of its weight: unbiased for weighted bounds, and more accurate, not less, with more
    /// samples; Tucker et al. 2019.
    /// </summary>
    public sealed partial record DoublyReparameterized : EncoderGradient
    {
        internal override string Name => "doubly reparameterized";
    }
}

/// <summary>Estimators of the encoder's gradient by name.</summary>
public static class EncoderGradients
{
    /// <summary>The derivative of the loss as it stands.</summary>
    public static EncoderGradient Total { get; } = new EncoderGradient.Total();

    /// <summary>Through the draws alone; Roeder et al. 2017.</summary>
    public static EncoderGradient StickingTheLanding { get; } = new EncoderGradient.StickingTheLanding();

    /// <summary>Through the draws alone, by squared weights; Tucker et al. 2019.</summary>
    public static EncoderGradient DoublyReparameterized { get; } = new EncoderGradient.DoublyReparameterized();

    /// <summary>Its name for people.</summary>
    public static string Name(EncoderGradient gradient) => gradient.Name;
}
