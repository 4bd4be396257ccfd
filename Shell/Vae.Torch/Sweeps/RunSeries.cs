namespace Vae.Torch;

/// <summary>Runs that are part of something larger: what is trained already is not trained again, and what was interrupted goes on.</summary>
internal static class RunSeries
{
    /// <summary>
    /// Brings the run in a folder to its end, with what its reporter writes: begins it, goes on with it, or finds it finished.
    /// <see cref="VaeException"/> where the folder holds another experiment or the run diverges;
    /// <see cref="OperationCanceledException"/> where it is stopped, at a step from which the next call goes on.
    /// </summary>
    /// <param name="experiment">What is to be trained.</param>
    /// <param name="data">Its data, asked for where there is something to train.</param>
    /// <param name="options">Where and how; whether to resume is decided here.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="stop">Ends the run at a step boundary, with a checkpoint.</param>
    public static RunFolder Finish(
        Experiment experiment, Func<DataSplit> data, RunOptions options, IProgress<TrainEvent>? progress = null, CancellationToken stop = default)
    {
        var begun = File.Exists(Path.Combine(options.Out, "experiment.json"));
        if (begun && RunFolder.Open(options.Out).Experiment() != experiment)
            throw new VaeException($"out: must be new, or hold runs of the same experiments, got another in {options.Out} (choose another folder, or remove it)");
        if (begun && IsFinished(RunFolder.Open(options.Out), experiment))
            return RunFolder.Open(options.Out);
        stop.ThrowIfCancellationRequested();
        var split = data();
        var result = Trainer.Train(experiment, split, options with { Resume = begun, Reporter = null }, progress, stop);
        if (result.Outcome == Outcome.Interrupted)
            throw new OperationCanceledException(stop);
        var folder = RunFolder.Open(options.Out);
        options.Reporter?.Write(folder, result, split, options.Device);
        return result.Outcome != Outcome.Diverged ? folder : throw new VaeException($"{options.Out}: must train to its end, got: {result.Note}");
    }

    // The report is written last. Without one, training is asked for again and finds nothing left to do.
    private static bool IsFinished(RunFolder folder, Experiment experiment) =>
        File.Exists(folder.File("report.html")) && (folder.History().Count >= experiment.Train.Epochs || experiment.Train.Stopping is Stopping.Patience);
}
