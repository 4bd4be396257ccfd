namespace Vae.Torch;

/// <summary>Trains a model: an experiment, its data and a folder in; weights, history and a result out.</summary>
public static class Trainer
{
    /// <summary>
    /// Runs an experiment, or goes on with it. Bit for bit on the CPU, a run that was interrupted or killed and resumed equals
    /// one that was not.
    /// </summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="data">Its data.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="stop">Ends the run at a step boundary, with a checkpoint.</param>
    /// <returns>What it gave; a run that diverged or was interrupted says so there.</returns>
    /// <exception cref="VaeException">Every problem of the experiment with this data, or what is wrong with the folder.</exception>
    public static TrainResult Train(
        Experiment experiment, DataSplit data, RunOptions options, IProgress<TrainEvent>? progress = null, CancellationToken stop = default) =>
        Train(experiment, data, options, Pace.Usual, progress, stop);

    internal static TrainResult Train(
        Experiment experiment, DataSplit data, RunOptions options, Pace pace, IProgress<TrainEvent>? progress, CancellationToken stop)
    {
        // Before the folder is made: a run that cannot begin leaves nothing behind.
        Check(experiment, data, options);
        var parts = CustomComponents.Collect(experiment);
        var folder = options.Resume ? RunFolder.Open(options.Out, parts) : RunFolder.Create(options.Out, experiment);
        using var held = folder.Lock();
        Pin(folder, data, options.Resume);
        var result = Go(new TrainingRun(experiment, data, options, folder, progress ?? new Silent(), pace), parts, stop);
        options.Reporter?.Write(folder, result, data, options.Device);
        return result;
    }

    private static TrainResult Go(TrainingRun begun, CustomComponents parts, CancellationToken stop)
    {
        using var run = begun;
        try
        {
            return run.Go(stop);
        }
        catch (Exception e) when (parts.Names.Count > 0 && e is not (VaeException or OperationCanceledException))
        {
            throw new VaeException($"parts of the application ({string.Join(", ", parts.Names)}): must not throw while training, got {e.GetType().Name}: {e.Message}", e);
        }
    }

    // A new run keeps which rows are in which part; one that goes on needs the training rows that it had.
    private static void Pin(RunFolder folder, DataSplit data, bool isResumed)
    {
        if (data.Record is not { } record)
            return;
        if (!isResumed)
            folder.Write(record);
        else if (folder.DataRecord() is { } kept && !(data.Changes.Length > 0 ? record.HasTrainingOf(kept) : record.HasPartsOf(kept)))
            throw new VaeException($"{data.Train.Name}: must hold all {kept.Train.Length / 8:N0} training rows of the run to resume it, got {(data.Changes.Length > 0 ? "fewer" : "another division (load it by RunFolder.LoadData)")}");
    }

    /// <summary>Throws what keeps a run from beginning, whatever its folder holds.</summary>
    internal static void Check(Experiment experiment, DataSplit data, RunOptions options)
    {
        VaeException.ThrowIfAny([.. Specs.Problems(experiment, data.Train.Facts()), .. Parts.Problems(experiment, data)]);
        foreach (var part in new[] { data.Train, data.Validation, data.Test })
            ConditionRows.Check(part, experiment.Model.Condition);
        Devices.UseThreads(options.Threads);
        TrainingSteps.ThrowIfImpossible(options.Route, options.Precision, Devices.Find(options.Device).type);
    }

    private sealed class Silent : IProgress<TrainEvent>
    {
        public void Report(TrainEvent value) { }
    }
}
