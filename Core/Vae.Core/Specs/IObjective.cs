namespace Vae;

/// <summary>What training minimizes, as a formula over the terms of a batch.</summary>
public interface IObjective : IPart<IObjective>
{
    /// <summary>Draws from the posterior for each example; ≥ 1.</summary>
    int Samples => 1;

    /// <summary>Whether it is a loss of distributions only, refused for a posterior that is a point.</summary>
    bool NeedsDensity => true;

    /// <summary>What is wrong with its numbers.</summary>
    ValueList<Problem> Problems(string path) => [];

    /// <summary>The loss of each example, [B]; in nats.</summary>
    T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>;
}
