namespace Vae;

/// <summary>What <see cref="Objective.Reconstruction"/> means.</summary>
internal sealed record ReconstructionObjective : IObjective
{
    public string Name => "reconstruction";

    public IObjective With(ValueList<double> settings) => this;

    public bool NeedsDensity => false;

    public bool TrainsPrior => false;

    public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => terms.MeanReconstruction;
}
