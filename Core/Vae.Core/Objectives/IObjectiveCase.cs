namespace Vae;

/// <summary>
/// The formulas of an objective of this library, which may have a scheduled KL weight β.
/// </summary>
internal interface IObjectiveCase : IObjective
{
    /// <summary>The time after which β and the capacity no longer change, in epochs; 0 if there is neither.</summary>
    double Settled => 0;

    /// <summary>β at a time in epochs; 0 if the loss has no KL.</summary>
    double BetaAt(double epoch) => 1;

    /// <summary>The problems of this objective with the data of a run.</summary>
    ValueList<Problem> Problems(DataFacts data, string path) => [];
}
