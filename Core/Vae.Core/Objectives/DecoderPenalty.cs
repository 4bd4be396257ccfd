namespace Vae;

/// <summary>What keeps a decoder smooth where its codes are no distribution; Ghosh et al. 2020, section 3.</summary>
[Closed]
public abstract partial record DecoderPenalty
{
    /// <summary>Nothing.</summary>
    public sealed partial record None : DecoderPenalty;

    /// <summary>Weight · Σ θ² over the decoder's parameters.</summary>
    /// <param name="Weight">≥ 0.</param>
    public sealed partial record WeightDecay(double Weight) : DecoderPenalty;

    /// <summary>Weight · ‖∂ decoder / ∂z‖², by one random direction of the output for each example, unbiased.</summary>
    /// <param name="Weight">≥ 0.</param>
    public sealed partial record GradientPenalty(double Weight) : DecoderPenalty;
}
