namespace Vae.Torch;

// What ranks do together: one of them decides, writes and reports, all compute.
internal sealed partial class TrainingRun
{
    /// <summary>What rank 0 says before each step, so that no rank decides by its own clock or signal.</summary>
    private enum Word
    {
        Continue,
        Save,
        Stop,
    }

    private Word Agreed(bool isStopped, bool isDue) => ranks.Agreed(isStopped ? Word.Stop : isDue ? Word.Save : Word.Continue);

    /// <summary>How the run computes, as a text for display.</summary>
    private string Described => ranks.Count == 1 ? routes.Name : $"{routes.Name}, {ranks.Count} ranks by {ranks.Name}";

    private void OnFirstRank(Action write) => ranks.Together(() =>
    {
        if (ranks.Rank == 0)
            write();
    });

    private void Save(bool keep, bool best = false)
    {
        at = at with { Seconds = Seconds };
        RankChecks.RequireEqual(ranks, model.Weights, at.Step);
        OnFirstRank(() => Write(keep, best));
    }

    /// <summary>Saves the state last, since a resumed run relies on it.</summary>
    private void Write(bool keep, bool best)
    {
        // At the start it is the first file: a folder with weights and no state has lost it.
        if (at.Step == 0)
            SaveState(folder.StateFile);
        else
            folder.Write(ValueList.From(history));
        if (keep)
            Checkpoint.SaveModel(
                folder, model.Weights, experiment.Train.Averaging is Averaging.None ? model.Weights.Flat : state.Average, step.Auxiliaries);
        // Choosing the best epoch on the test set would bias the test metrics.
        if (best && data.Validation.Count > 0)
            SaveState(folder.BestFile);
        if (at.Step > 0)
            SaveState(folder.StateFile);
    }

    // Only rank 0 reads what it has just written: a network's file system may show others the file before.
    private VaeModel KeptModel()
    {
        var kept = ranks.Together(() => ranks.Rank == 0 ? folder.LoadModel(model.Device.ToString())
            : new VaeModel(experiment.Model, 0, model.Device));
        RankChecks.Share(ranks, kept.Weights);
        return kept;
    }
}
