using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What keeps a decoder smooth where its codes are no distribution; Ghosh et al. 2020, section 3.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(WeightDecay), "weightDecay")]
[JsonDerivedType(typeof(GradientPenalty), "gradientPenalty")]
public abstract record DecoderPenalty
{
    private protected DecoderPenalty() { }

    /// <summary>Nothing.</summary>
    public sealed record None : DecoderPenalty
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.None(this);
    }

    /// <summary>Weight · Σ θ² over the decoder's parameters.</summary>
    /// <param name="Weight">≥ 0.</param>
    public sealed record WeightDecay(double Weight) : DecoderPenalty
    {
        /// <summary>The same with other parts.</summary>
        public WeightDecay With(double? weight = null) => new(weight ?? Weight);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.WeightDecay(this);
    }

    /// <summary>Weight · ‖∂ decoder / ∂z‖², by one random direction of the output for each example, unbiased.</summary>
    /// <param name="Weight">≥ 0.</param>
    public sealed record GradientPenalty(double Weight) : DecoderPenalty
    {
        /// <summary>The same with other parts.</summary>
        public GradientPenalty With(double? weight = null) => new(weight ?? Weight);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.GradientPenalty(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<None, TResult> none, Func<WeightDecay, TResult> weightDecay, Func<GradientPenalty, TResult> gradientPenalty) =>
        Accept(new Cases<TResult>(none, weightDecay, gradientPenalty));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<None, TResult> None, Func<WeightDecay, TResult> WeightDecay, Func<GradientPenalty, TResult> GradientPenalty);
}
