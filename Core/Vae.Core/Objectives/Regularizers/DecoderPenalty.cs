namespace Vae;

/// <summary>A penalty that keeps the decoder of a regularized autoencoder smooth; Ghosh et al. 2020, section 3.</summary>
[Closed]
public abstract partial record DecoderPenalty
{
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>The term that is added to the loss, [B] or []; null if there is none.</summary>
    internal abstract T? Penalty<T>(IObjectiveBatch<T> batch) where T : struct, ITensor<T>;

    /// <summary>No penalty.</summary>
    public sealed partial record None : DecoderPenalty
    {
        internal override T? Penalty<T>(IObjectiveBatch<T> batch) => null;
    }

    /// <summary>Weight · Σ θ² over the decoder's parameters.</summary>
    /// <param name="Weight">The weight of the penalty; ≥ 0.</param>
    public sealed partial record WeightDecay(double Weight) : DecoderPenalty
    {
        internal override ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.weight", Weight, 0);

        internal override T? Penalty<T>(IObjectiveBatch<T> batch) => Weight * batch.SquaredDecoderWeights;
    }

    /// <summary>Weight · ‖∂ decoder / ∂z‖², estimated without bias by one random direction of the output for each example.</summary>
    /// <param name="Weight">The weight of the penalty; ≥ 0.</param>
    public sealed partial record GradientPenalty(double Weight) : DecoderPenalty
    {
        internal override ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.weight", Weight, 0);

        internal override T? Penalty<T>(IObjectiveBatch<T> batch) => Weight * batch.SquaredDecoderGradient;
    }
}

/// <summary>Penalties on decoders by name.</summary>
public static class DecoderPenalties
{
    /// <summary>No penalty.</summary>
    public static DecoderPenalty None { get; } = new DecoderPenalty.None();

    /// <summary>Weight · Σ θ² over the decoder's parameters.</summary>
    /// <param name="weight">The weight of the penalty; ≥ 0.</param>
    public static DecoderPenalty WeightDecay(double weight) => new DecoderPenalty.WeightDecay(weight);

    /// <summary>Weight · ‖∂ decoder / ∂z‖².</summary>
    /// <param name="weight">The weight of the penalty; ≥ 0.</param>
    public static DecoderPenalty GradientPenalty(double weight) => new DecoderPenalty.GradientPenalty(weight);
}
