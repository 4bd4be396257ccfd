namespace Vae;

/// <summary>What training minimizes, as a formula over the terms of a batch.</summary>
public interface IObjective : IPart<IObjective>
{
    /// <summary>Draws from the posterior for each example; ≥ 1.</summary>
    int Samples => 1;

    /// <summary>Whether it is a loss of distributions only, refused for a posterior that is a point.</summary>
    bool NeedsDensity => true;

    /// <summary>Whether it has a divergence, by which a prior that is learned can be trained.</summary>
    bool TrainsPrior => true;

    /// <summary>Whether ln q(z|x) is a function of z alone as far as derivatives go: its parameters are held fixed.</summary>
    bool HoldsPosterior => false;

    /// <summary>Whether its terms are given for every label of an example and not for draws: it sums over labels.</summary>
    bool SumsOverLabels => false;

    /// <summary>What is wrong with its numbers.</summary>
    ValueList<Problem> Problems(string path) => [];

    /// <summary>What is wrong with it for a model without problems.</summary>
    ValueList<Problem> Problems(VaeSpec model, string path) => [];

    /// <summary>A network of its own for a model, at most one; none by default.</summary>
    ValueList<Auxiliary> Auxiliaries(VaeSpec model, TrainSpec train) => [];

    /// <summary>The loss of each example, [B]; in nats.</summary>
    T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>;

    /// <summary>What encoder and posterior are trained by where it is another loss than that of all else, [B]; else null. Only its gradient counts.</summary>
    T? EncoderLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => null;

    /// <summary>What its own network is trained by where that is trained in turn, [B]; else null. The batch's draws are taken without a gradient.</summary>
    T? AuxiliaryLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => null;
}
