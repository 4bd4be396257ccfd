namespace Vae;

public abstract partial record Objective
{
    /// <summary>−ln p(x|z) alone, the loss of an autoencoder. With a posterior that is a distribution, the bound at β = 0.</summary>
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
    /// <summary>−ln p(x|z) alone.</summary>
    public static Objective Reconstruction { get; } = new Objective.Reconstruction();
}
