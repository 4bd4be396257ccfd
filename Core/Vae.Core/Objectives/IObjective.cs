namespace Vae;

/// <summary>The formulas of an objective: what training minimizes, as a function of the terms of a batch.</summary>
public interface IObjective : IPart<IObjective>
{
    /// <summary>Draws from the posterior for each example; ≥ 1.</summary>
    int Samples => 1;

    /// <summary>Whether it needs a posterior with a density; it is refused for a posterior that is a point.</summary>
    bool NeedsDensity => true;

    /// <summary>Whether it has a KL, which trains a learned prior.</summary>
    bool TrainsPrior => true;

    /// <summary>Whether the parameters in ln q(z|x) are held fixed, so that its derivative is that by z alone.</summary>
    bool DetachesPosterior => false;

    /// <summary>Whether it sums over labels: its terms are computed for every label of an example instead of for draws.</summary>
    bool SumsOverLabels => false;

    /// <summary>The problems of its own numbers.</summary>
    ValueList<Problem> Problems(string path) => [];

    /// <summary>Its problems with a model that has no problems of its own.</summary>
    ValueList<Problem> Problems(VaeSpec model, string path) => [];

    /// <summary>Its own networks for a model, at most one; none by default.</summary>
    ValueList<Auxiliary> Auxiliaries(VaeSpec model, TrainSpec train) => [];

    /// <summary>The loss of each example, [B]; nats.</summary>
    T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>;

    /// <summary>The loss of encoder and posterior, [B], if it differs from that of all else; otherwise null. Only its gradient is used.</summary>
    T? EncoderLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => null;

    /// <summary>The loss of its own network, [B], if that is trained in turn; otherwise null. The draws of the batch have no gradient.</summary>
    T? AuxiliaryLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => null;
}
