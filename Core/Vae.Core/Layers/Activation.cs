namespace Vae;

/// <summary>An elementwise function between layers.</summary>
[Closed]
public abstract partial record Activation
{
    /// <summary>max(0, x).</summary>
    public sealed partial record Relu : Activation;

    /// <summary>x for x ≥ 0, slope · x below.</summary>
    /// <param name="Slope">The slope for x &lt; 0; finite.</param>
    public sealed partial record LeakyRelu(double Slope = 0.01) : Activation;

    /// <summary>x for x ≥ 0, alpha · (eˣ − 1) below; Clevert et al. 2016.</summary>
    /// <param name="Alpha">Minus the limit for x → −∞; &gt; 0.</param>
    public sealed partial record Elu(double Alpha = 1) : Activation;

    /// <summary>x · Φ(x) with the normal distribution function Φ; Hendrycks &amp; Gimpel 2016.</summary>
    public sealed partial record Gelu : Activation;

    /// <summary>x · σ(x), also called swish; Elfwing et al. 2018.</summary>
    public sealed partial record Silu : Activation;

    /// <summary>tanh x.</summary>
    public sealed partial record Tanh : Activation;

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public sealed partial record Sigmoid : Activation;

    /// <summary>ln(1 + eˣ).</summary>
    public sealed partial record Softplus : Activation;
}
