using System.Text.Json.Serialization;

namespace Vae;

/// <summary>An elementwise function between layers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Relu), "relu")]
[JsonDerivedType(typeof(LeakyRelu), "leakyRelu")]
[JsonDerivedType(typeof(Elu), "elu")]
[JsonDerivedType(typeof(Gelu), "gelu")]
[JsonDerivedType(typeof(Silu), "silu")]
[JsonDerivedType(typeof(Tanh), "tanh")]
[JsonDerivedType(typeof(Sigmoid), "sigmoid")]
[JsonDerivedType(typeof(Softplus), "softplus")]
public abstract record Activation
{
    private protected Activation() { }

    /// <summary>max(0, x).</summary>
    public sealed record Relu : Activation
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Relu(this);
    }

    /// <summary>x for x ≥ 0, slope · x below.</summary>
    /// <param name="Slope">The slope for x &lt; 0; finite.</param>
    public sealed record LeakyRelu(double Slope = 0.01) : Activation
    {
        /// <summary>The same with other parts.</summary>
        public LeakyRelu With(double? slope = null) => new(slope ?? Slope);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.LeakyRelu(this);
    }

    /// <summary>x for x ≥ 0, alpha · (eˣ − 1) below; Clevert et al. 2016.</summary>
    /// <param name="Alpha">Minus the limit for x → −∞; &gt; 0.</param>
    public sealed record Elu(double Alpha = 1) : Activation
    {
        /// <summary>The same with other parts.</summary>
        public Elu With(double? alpha = null) => new(alpha ?? Alpha);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Elu(this);
    }

    /// <summary>x · Φ(x) with the normal distribution function Φ; Hendrycks &amp; Gimpel 2016.</summary>
    public sealed record Gelu : Activation
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Gelu(this);
    }

    /// <summary>x · σ(x), also called swish; Elfwing et al. 2018.</summary>
    public sealed record Silu : Activation
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Silu(this);
    }

    /// <summary>tanh x.</summary>
    public sealed record Tanh : Activation
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Tanh(this);
    }

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public sealed record Sigmoid : Activation
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Sigmoid(this);
    }

    /// <summary>ln(1 + eˣ).</summary>
    public sealed record Softplus : Activation
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Softplus(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Relu, TResult> relu,
        Func<LeakyRelu, TResult> leakyRelu,
        Func<Elu, TResult> elu,
        Func<Gelu, TResult> gelu,
        Func<Silu, TResult> silu,
        Func<Tanh, TResult> tanh,
        Func<Sigmoid, TResult> sigmoid,
        Func<Softplus, TResult> softplus) =>
        Accept(new Cases<TResult>(relu, leakyRelu, elu, gelu, silu, tanh, sigmoid, softplus));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Relu, TResult> Relu,
        Func<LeakyRelu, TResult> LeakyRelu,
        Func<Elu, TResult> Elu,
        Func<Gelu, TResult> Gelu,
        Func<Silu, TResult> Silu,
        Func<Tanh, TResult> Tanh,
        Func<Sigmoid, TResult> Sigmoid,
        Func<Softplus, TResult> Softplus);
}
