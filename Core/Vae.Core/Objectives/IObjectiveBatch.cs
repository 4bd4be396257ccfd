namespace Vae;

/// <summary>A batch as an objective may ask about it, beyond its <see cref="ObjectiveTerms{T}"/>; what is not asked for is not computed.</summary>
public interface IObjectiveBatch<T> where T : struct, ITensor<T>
{
    /// <summary>The examples, [B, C, …].</summary>
    T Examples { get; }

    /// <summary>The conditions, [B, W]; a label that is not known is a row of zeros.</summary>
    T Conditions { get; }

    /// <summary>How many training examples there are.</summary>
    long TrainingExamples { get; }

    /// <summary>The draws from the posterior, [K, B, D].</summary>
    T Draws { get; }

    /// <summary>What the encoder gives, [B, P].</summary>
    T Outputs { get; }

    /// <summary>The family q(z|x).</summary>
    IPosterior Posterior { get; }

    /// <summary>The tensors of that family.</summary>
    PartState<T> PosteriorState { get; }

    /// <summary>KL(q(z|x) ‖ p(z)) of each latent, [B, D]; of several levels the mean over the draws of that given the levels above; null where it has no closed form.</summary>
    T? KlPerLatent { get; }

    /// <summary>A draw from p(z) for each example, without a gradient; [B, D].</summary>
    T PriorDraws { get; }

    /// <summary>The first draws with each latent's values shuffled over the batch by itself, without a gradient: draws from Π q(zᵢ); [B, D].</summary>
    T ShuffledDraws { get; }

    /// <summary>E[x|z] of the first draws, [B, C, …].</summary>
    T Decoded { get; }

    /// <summary>E[x|z] of <see cref="PriorDraws"/>, [B, C, …].</summary>
    T DecodedPriorDraws { get; }

    /// <summary>What the objective's own network gives for rows, [N, …] → [N, outputs].</summary>
    T Auxiliary(T rows);

    /// <summary>What the first layers of the objective's own network give for rows, [N, …] → [N, …].</summary>
    T AuxiliaryFeatures(T rows, int layers);

    /// <summary>‖∂ decoder / ∂z‖² at the first draws, by one random direction of the output each: unbiased; [B].</summary>
    T SquaredDecoderGradient { get; }

    /// <summary>Σ θ² over the decoder's parameters, [].</summary>
    T SquaredDecoderWeights { get; }
}
