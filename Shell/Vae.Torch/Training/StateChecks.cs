namespace Vae.Torch;

/// <summary>
/// Compares what a folder holds of a run: nothing of it is replaced unless state, history and experiment belong together.
/// </summary>
internal static class StateChecks
{
    // Steps are counted in float32, which has no greater odd number.
    private const long MaxCounted = 1 << 24;

    /// <summary>Throws if the run cannot go on for lack of a file, or for a folder of that name.</summary>
    public static void Files(RunFolder folder)
    {
        string[] files = [folder.ExperimentFile, folder.StateFile, folder.ModelFile, folder.BestFile, folder.HistoryFile];
        foreach (var file in files.SelectMany(file => (string[])[file, AtomicFile.Temporary(file)]))
            VaeException.Require(!Directory.Exists(file), file, "must be a file", "a folder");
        // The state is the first that a run writes, so without it nothing else may be there.
        if (!File.Exists(folder.StateFile)
            && (string[])[folder.ModelFile, folder.BestFile, folder.HistoryFile] is var others
            && Array.Find(others, File.Exists) is { } found)
            throw new VaeException($"{folder.StateFile}: must be there to go on with a run that has begun (restore it, "
                + "copy best.safetensors to this name to go on from the best epoch, or train in a new folder), "
                + $"got only {Path.GetFileName(found)}");
    }

    /// <summary>Throws unless the state's step agrees with its tensors, the epochs before it and the number of steps of an epoch.</summary>
    /// <param name="folder">The run, for messages.</param>
    /// <param name="at">Where the state says that the run stands.</param>
    /// <param name="history">The epochs up to there.</param>
    /// <param name="cut">Batch size and number of steps of an epoch, as the experiment and its data have them.</param>
    /// <param name="counted">Steps counted by the optimizer.</param>
    /// <param name="skips">Whether the optimizer may skip steps.</param>
    public static void Consistent(
        RunFolder folder, Progress at, IReadOnlyList<HistoryEntry> history, (int Batch, long Steps) cut, double counted, bool skips)
    {
        if (at.Step > 0 && at.Batch > 0)
            VaeException.Require(at.Batch == cut.Batch, $"{folder.ExperimentFile}: train.batch",
                $"must stay {at.Batch}, with which the run began by {Path.GetFileName(folder.StateFile)}", cut.Batch);
        if (at.Step > 0 && at.StepsPerEpoch > 0)
            VaeException.Require(at.StepsPerEpoch == cut.Steps, folder.Path,
                $"must go on with its own data, which has {at.StepsPerEpoch} batches of {cut.Batch} "
                    + $"by {Path.GetFileName(folder.StateFile)}", cut.Steps);
        for (var i = 0; i < history.Count; i++)
            VaeException.Require(history[i].Epoch == i + 1 && history[i].Step == (i + 1) * cut.Steps, folder.HistoryFile,
                $"line {i + 1} must be epoch {i + 1}, which ends at step {(i + 1) * cut.Steps} with {cut.Steps} batches of {cut.Batch} "
                    + "(the run's batch size and data must stay)",
                $"epoch {history[i].Epoch} at step {history[i].Step}");
        VaeException.Require(history.Count == at.Step / cut.Steps, folder.HistoryFile,
            $"must hold the {at.Step / cut.Steps} epochs before step {at.Step} of {Path.GetFileName(folder.StateFile)}", history.Count);
        VaeException.Require(counted == at.Step || counted < at.Step && (skips || counted >= MaxCounted), folder.StateFile,
            $"must have counted {at.Step} steps in optimizer.steps, as metadata.step says", counted);
    }

    /// <summary>Throws if a run goes on with a learning rate that has ended at 0, so that nothing would be learnt.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="from">Where the run stands, in epochs.</param>
    public static void Learns(Experiment experiment, double from)
    {
        const int looks = 64;
        var (rate, left) = (experiment.Train.LearningRate, experiment.Train.Epochs - from);
        if (from == 0 || left <= 0 || rate is Schedule.Constant)
            return;
        VaeException.Require(Enumerable.Range(0, looks).Any(i => Schedules.At(rate, from + left * i / looks) > 0), "train.learningRate",
            FormattableString.Invariant($"must be above 0 after epoch {from:0.##}, from where the run goes on ")
                + $"(TrainRecipes.Stretched moves the end of a recipe's schedule; train.learningRate=0.001 is constant)", 0);
    }
}
