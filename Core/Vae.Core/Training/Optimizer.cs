using System.Text.Json.Serialization;

namespace Vae;

/// <summary>How a gradient becomes a step.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Adam), "adam")]
[JsonDerivedType(typeof(AdamW), "adamW")]
[JsonDerivedType(typeof(Sgd), "sgd")]
public abstract record Optimizer
{
    private protected Optimizer() { }

    /// <summary>Kingma &amp; Ba 2015, algorithm 1.</summary>
    /// <param name="Beta1">In [0, 1).</param>
    /// <param name="Beta2">In [0, 1).</param>
    /// <param name="Epsilon">&gt; 0.</param>
    public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
    {
        /// <summary>The same with other parts.</summary>
        public Adam With(double? beta1 = null, double? beta2 = null, double? epsilon = null) => new(beta1 ?? Beta1, beta2 ?? Beta2, epsilon ?? Epsilon);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Adam(this);
    }

    /// <summary>Loshchilov &amp; Hutter 2019, algorithm 2.</summary>
    /// <param name="Decay">Decoupled weight decay; ≥ 0.</param>
    /// <param name="Beta1">In [0, 1).</param>
    /// <param name="Beta2">In [0, 1).</param>
    /// <param name="Epsilon">&gt; 0.</param>
    public sealed record AdamW(double Decay = 0.01, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
    {
        /// <summary>The same with other parts.</summary>
        public AdamW With(double? decay = null, double? beta1 = null, double? beta2 = null, double? epsilon = null) => new(decay ?? Decay, beta1 ?? Beta1, beta2 ?? Beta2, epsilon ?? Epsilon);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.AdamW(this);
    }

    /// <summary>Stochastic gradient descent, with momentum where asked for.</summary>
    /// <param name="Momentum">In [0, 1).</param>
    public sealed record Sgd(double Momentum = 0) : Optimizer
    {
        /// <summary>The same with other parts.</summary>
        public Sgd With(double? momentum = null) => new(momentum ?? Momentum);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Sgd(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<Adam, TResult> adam, Func<AdamW, TResult> adamW, Func<Sgd, TResult> sgd) =>
        Accept(new Cases<TResult>(adam, adamW, sgd));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<Adam, TResult> Adam, Func<AdamW, TResult> AdamW, Func<Sgd, TResult> Sgd);
}
