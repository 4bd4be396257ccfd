namespace Vae.Torch;

/// <summary>Training steps as the programs that run them, for people.</summary>
public static class TrainingPrograms
{
    /// <summary>
    /// One step of a run on a whole batch as TorchScript, from the examples to the new weights; nothing native is touched.
    /// <see cref="VaeException"/> with every problem of the experiment.
    /// </summary>
    public static string Text(Experiment experiment)
    {
        VaeException.ThrowIfAny(Specs.Problems(experiment));
        return CompiledProgram.Of(experiment.Model, experiment.Objective, experiment.Train, experiment.Train.Batch).Text;
    }
}
