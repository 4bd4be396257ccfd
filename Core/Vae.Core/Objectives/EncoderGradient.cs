namespace Vae;

/// <summary>The estimator of the bound's gradient that trains the encoder and the posterior.</summary>
[Closed]
public abstract partial record EncoderGradient
{
    internal abstract string Name { get; }

    /// <summary>The total derivative of the loss.</summary>
    public sealed partial record Total : EncoderGradient
    {
        internal override string Name => "total";
    }

    /// <summary>
    /// The gradient through the draws only, with the parameters in ln q(z|x) held fixed: without noise where q is the model's true
    /// posterior; Roeder et al. 2017. Unbiased for the ELBO, biased for an importance-weighted bound of more than one sample.
    /// </summary>
    public sealed partial record StickingTheLanding : EncoderGradient
    {
        internal override string Name => "sticking the landing";
    }

    /// <summary>
    /// The gradient through the draws only, each with its squared weight: unbiased for importance-weighted bounds, with a
    /// signal-to-noise ratio that grows with the number of samples; Tucker et al. 2019.
    /// </summary>
    public sealed partial record DoublyReparameterized : EncoderGradient
    {
        internal override string Name => "doubly reparameterized";
    }
}

/// <summary>Estimators of the encoder's gradient by name.</summary>
public static class EncoderGradients
{
    /// <summary>The total derivative of the loss.</summary>
    public static EncoderGradient Total { get; } = new EncoderGradient.Total();

    /// <summary>The gradient through the draws only; Roeder et al. 2017.</summary>
    public static EncoderGradient StickingTheLanding { get; } = new EncoderGradient.StickingTheLanding();

    /// <summary>The gradient through the draws only, with squared weights; Tucker et al. 2019.</summary>
    public static EncoderGradient DoublyReparameterized { get; } = new EncoderGradient.DoublyReparameterized();

    /// <summary>The name that tables and messages show.</summary>
    /// <param name="gradient">Any estimator.</param>
    public static string Name(EncoderGradient gradient) => gradient.Name;
}
