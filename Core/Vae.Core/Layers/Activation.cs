namespace Vae;

/// <summary>An elementwise function between layers.</summary>
[Closed]
public abstract partial record Activation
{
    internal abstract string Name { get; }

    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>max(0, x).</summary>
    public sealed partial record Relu : Activation
    {
        internal override string Name => "ReLU";
    }

    /// <summary>x for x ≥ 0, slope · x below.</summary>
    /// <param name="Slope">The slope for x &lt; 0; finite.</param>
    public sealed partial record LeakyRelu(double Slope = 0.01) : Activation
    {
        internal override string Name => FormattableString.Invariant($"leaky ReLU {Slope:0.###}");

        internal override ValueList<Problem> Problems(string path) => Rules.Finite($"{path}.slope", Slope);
    }

    /// <summary>x for x ≥ 0, alpha · (eˣ − 1) below; Clevert et al. 2016.</summary>
    /// <param name="Alpha">Minus the limit for x → −∞; &gt; 0.</param>
    public sealed partial record Elu(double Alpha = 1) : Activation
    {
        internal override string Name => FormattableString.Invariant($"ELU {Alpha:0.###}");

        internal override ValueList<Problem> Problems(string path) => Rules.Positive($"{path}.alpha", Alpha);
    }

    /// <summary>x · Φ(x) with the distribution function Φ of N(0, 1); Hendrycks &amp; Gimpel 2016.</summary>
    public sealed partial record Gelu : Activation
    {
        internal override string Name => "GELU";
    }

    /// <summary>x · σ(x), also called swish; Elfwing et al. 2018.</summary>
    public sealed partial record Silu : Activation
    {
        internal override string Name => "SiLU";
    }

    /// <summary>tanh x.</summary>
    public sealed partial record Tanh : Activation
    {
        internal override string Name => "tanh";
    }

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public sealed partial record Sigmoid : Activation
    {
        internal override string Name => "sigmoid";
    }

    /// <summary>ln(1 + eˣ).</summary>
    public sealed partial record Softplus : Activation
    {
        internal override string Name => "softplus";
    }
}

/// <summary>Activations by name.</summary>
public static class Activations
{
    /// <summary>max(0, x).</summary>
    public static Activation Relu { get; } = new Activation.Relu();

    /// <summary>x for x ≥ 0, slope · x below.</summary>
    /// <param name="slope">The slope for x &lt; 0; finite.</param>
    public static Activation LeakyRelu(double slope = 0.01) => new Activation.LeakyRelu(slope);

    /// <summary>x for x ≥ 0, alpha · (eˣ − 1) below.</summary>
    /// <param name="alpha">Minus the limit for x → −∞; &gt; 0.</param>
    public static Activation Elu(double alpha = 1) => new Activation.Elu(alpha);

    /// <summary>x · Φ(x).</summary>
    public static Activation Gelu { get; } = new Activation.Gelu();

    /// <summary>x · σ(x).</summary>
    public static Activation Silu { get; } = new Activation.Silu();

    /// <summary>tanh x.</summary>
    public static Activation Tanh { get; } = new Activation.Tanh();

    /// <summary>σ(x).</summary>
    public static Activation Sigmoid { get; } = new Activation.Sigmoid();

    /// <summary>ln(1 + eˣ).</summary>
    public static Activation Softplus { get; } = new Activation.Softplus();
}
