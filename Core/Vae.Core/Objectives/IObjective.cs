namespace Vae;

/// <summary>The formulas of an objective: what training minimizes, as a function of the terms of a batch.</summary>
public interface IObjective : IPart<IObjective>
{
    /// <summary>Draws from the posterior for each example; ≥ 1.</summary>
    int Samples => 1;

    /// <summary>Whether it needs a posterior with a density, which a point does not have.</summary>
    bool NeedsDensity => true;

    /// <summary>Whether it has a KL term, which trains a learned prior.</summary>
    bool TrainsPrior => true;

    /// <summary>Whether the parameters in ln q(z|x) are held fixed, so that its gradient flows through z only.</summary>
    bool DetachesPosterior => false;

    /// <summary>Whether it sums over labels: its terms are computed for every label of an example instead of for draws.</summary>
    bool SumsOverLabels => false;

    /// <summary>
    /// Whether the loss of an example depends on the other examples of a batch; false by default. Such an objective needs whole batches
    /// and is refused with several shards.
    /// </summary>
    bool CouplesExamples => false;

    /// <summary>The problems of its settings; none by default.</summary>
    /// <param name="path">The path of the objective in its file.</param>
    ValueList<Problem> Problems(string path) => [];

    /// <summary>Its problems with a model; none by default.</summary>
    /// <param name="model">A model without problems.</param>
    /// <param name="path">The path of the objective in its file.</param>
    ValueList<Problem> Problems(VaeSpec model, string path) => [];

    /// <summary>Its own networks, at most one; none by default.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="train">How the model is trained.</param>
    ValueList<Auxiliary> Auxiliaries(VaeSpec model, TrainSpec train) => [];

    /// <summary>The loss of each example, [B]; nats.</summary>
    /// <param name="terms">The terms of a batch.</param>
    T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>;

    /// <summary>
    /// The loss that trains encoder and posterior, [B], if it differs from <see cref="Loss"/>; otherwise null. Only its gradient is used.
    /// </summary>
    /// <param name="terms">The terms of a batch.</param>
    T? EncoderLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => null;

    /// <summary>
    /// The loss of its own network, [B], if that is trained in turn; otherwise null. The draws of the batch have no gradient.
    /// </summary>
    /// <param name="terms">The terms of a batch.</param>
    T? AuxiliaryLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => null;
}
