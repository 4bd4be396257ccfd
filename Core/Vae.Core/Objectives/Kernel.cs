using System.Text.Json.Serialization;

namespace Vae;

/// <summary>How near two codes are, from their squared distance d² and the expected one of two draws from N(0, I), 2·D; a sum over scales.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RadialBasis), "radialBasis")]
[JsonDerivedType(typeof(InverseMultiquadratic), "inverseMultiquadratic")]
public abstract record Kernel
{
    private protected Kernel() { }

    /// <summary>exp(−d² / (s·2·D)).</summary>
    /// <param name="Scales">s; each &gt; 0.</param>
    public sealed record RadialBasis(ValueList<double> Scales) : Kernel
    {
        /// <summary>The same with other parts.</summary>
        public RadialBasis With(ValueList<double>? scales = null) => new(scales ?? Scales);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.RadialBasis(this);
    }

    /// <summary>1 / (1 + d² / (s·2·D)), whose tails still see codes that are far away; Tolstikhin et al. 2018, section 4.</summary>
    /// <param name="Scales">s; each &gt; 0.</param>
    public sealed record InverseMultiquadratic(ValueList<double> Scales) : Kernel
    {
        /// <summary>The same with other parts.</summary>
        public InverseMultiquadratic With(ValueList<double>? scales = null) => new(scales ?? Scales);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.InverseMultiquadratic(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<RadialBasis, TResult> radialBasis, Func<InverseMultiquadratic, TResult> inverseMultiquadratic) =>
        Accept(new Cases<TResult>(radialBasis, inverseMultiquadratic));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<RadialBasis, TResult> RadialBasis, Func<InverseMultiquadratic, TResult> InverseMultiquadratic);
}
