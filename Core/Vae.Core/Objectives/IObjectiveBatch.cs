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

    /// <summary>The posterior's learned tensors and networks.</summary>
    PartState<T> PosteriorState { get; }

    /// <summary>
    /// KL(q(z|x) ‖ p(z)) of each latent, [B, D]; nats. With several stochastic layers it is the mean over the draws of the KL given
    /// the layers that each depends on. Null if it has no closed form.
    /// </summary>
    T? KlPerLatent { get; }

    /// <summary>A draw from p(z) for each example, without a gradient; [B, D].</summary>
    T PriorDraws { get; }

    /// <summary>
    /// The first draws with the values of each latent shuffled over the batch independently, without a gradient: draws from
    /// Π q(zᵢ); [B, D].
    /// </summary>
    T ShuffledDraws { get; }

    /// <summary>E[x|z] of the first draws, [B, C, …].</summary>
    T Decoded { get; }

    /// <summary>E[x|z] of <see cref="PriorDraws"/>, [B, C, …].</summary>
    T DecodedPriorDraws { get; }

    /// <summary>The outputs of the objective's own network. [N, …] → [N, outputs].</summary>
    /// <param name="rows">[N, …], in the shape of its input.</param>
    T Auxiliary(T rows);

    /// <summary>The outputs of the first layers of the objective's own network. [N, …] → [N, …].</summary>
    /// <param name="rows">[N, …], in the shape of its input.</param>
    /// <param name="layers">Number of layers; ≥ 1.</param>
    T AuxiliaryFeatures(T rows, int layers);

    /// <summary>‖∂ decoder / ∂z‖² at the first draws, estimated without bias by one random direction of the output for each; [B].</summary>
    T SquaredDecoderGradient { get; }

    /// <summary>Σ θ² over the decoder's parameters, [].</summary>
    T SquaredDecoderWeights { get; }
}
