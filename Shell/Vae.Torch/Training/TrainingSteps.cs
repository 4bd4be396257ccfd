namespace Vae.Torch;

/// <summary>Chooses the interpretation of the training step.</summary>
internal static class TrainingSteps
{
    /// <summary>The step for a run, and its name for people.</summary>
    public static (ITrainingStep Step, string Route) Choose(VaeModel model, OptimizerState state, Experiment experiment, StepRoute route) =>
        (new AutogradStep(model, state, experiment.Objective, experiment.Train), "autograd");
}
