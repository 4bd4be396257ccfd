namespace Vae;

public abstract partial record Objective
{
    /// <summary>−ln p(x|z) only: the loss of an autoencoder, or the bound at β = 0 with a posterior that is a distribution.</summary>
    public sealed partial record Reconstruction : Objective, IObjectiveCase
    {
        string IPart<IObjective>.Name => "reconstruction";

        bool IObjective.NeedsDensity => false;

        bool IObjective.TrainsPrior => false;

        double IObjectiveCase.BetaAt(double epoch) => 0;

        T IObjective.Loss<T>(ObjectiveTerms<T> terms) => terms.MeanReconstruction;
    }
}

public static partial class Objectives
{
    /// <summary>−ln p(x|z) only, the loss of an autoencoder.</summary>
    public static Objective Reconstruction { get; } = new Objective.Reconstruction();
}
