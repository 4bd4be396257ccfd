namespace Vae;

/// <summary>Values of a batch beyond its <see cref="ObjectiveTerms{T}"/>, each computed only when an objective asks for it.</summary>
public interface IObjectiveBatch<T> where T : struct, ITensor<T>
{
    /// <summary>The examples, [B, C, …].</summary>
    T Examples { get; }

    /// <summary>The conditions, [B, W]; an unknown label is a row of zeros.</summary>
    T Conditions { get; }

    /// <summary>Number of training examples.</summary>
    long TrainingExamples { get; }

    /// <summary>The draws from the posterior, [K, B, D].</summary>
    T Draws { get; }

    /// <summary>The encoder's outputs, [B, P].</summary>
    T Outputs { get; }

    /// <summary>The family q(z|x).</summary>
    IPosterior Posterior { get; }

    /// <summary>The tensors of that family.</summary>
    PartState<T> PosteriorState { get; }

    /// <summary>
    /// KL(q(z|x) ‖ p(z)) of each latent, [B, D]; of several stochastic layers the mean over the draws of the KL given the layers above;
    /// null if it has no closed form.
    /// </summary>
    T? KlPerLatent { get; }

    /// <summary>A draw from p(z) for each example, without a gradient; [B, D].</summary>
    T PriorDraws { get; }

    /// <summary>
    /// The first draws with each latent's values shuffled over the batch by itself, without a gradient: draws from Π q(zᵢ); [B,
    /// D].
    /// </summary>
    T ShuffledDraws { get; }

    /// <summary>E[x|z] of the first draws, [B, C, …].</summary>
    T Decoded { get; }

    /// <summary>E[x|z] of <see cref="PriorDraws"/>, [B, C, …].</summary>
    T DecodedPriorDraws { get; }

    /// <summary>The outputs of the objective's own network for rows, [N, …] → [N, outputs].</summary>
    T Auxiliary(T rows);

    /// <summary>The outputs of the first layers of the objective's own network for rows, [N, …] → [N, …].</summary>
    T AuxiliaryFeatures(T rows, int layers);

    /// <summary>‖∂ decoder / ∂z‖² at the first draws, estimated without bias by one random direction of the output each; [B].</summary>
    T SquaredDecoderGradient { get; }

    /// <summary>Σ θ² over the decoder's parameters, [].</summary>
    T SquaredDecoderWeights { get; }
}
