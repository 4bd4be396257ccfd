namespace Vae.Torch;

/// <summary>Trains runs that belong to a series: finished runs are not trained again, and interrupted ones are resumed.</summary>
internal static class RunSeries
{
    /// <summary>Finishes the run in a folder, report included: starts it, resumes it, or returns it if it is finished already.</summary>
    /// <param name="experiment">The experiment to train.</param>
    /// <param name="data">Loads its data; called only if there is something to train.</param>
    /// <param name="options">Run options; <see cref="RunOptions.Resume"/> is decided here.</param>
    /// <param name="progress">Receives progress events.</param>
    /// <param name="stop">Ends the run at a step boundary, with a checkpoint.</param>
    /// <exception cref="VaeException">The folder holds another experiment, or the run diverges.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped; the next call resumes it.</exception>
    public static RunFolder Finish(
        Experiment experiment, Func<DataSplit> data, RunOptions options, IProgress<TrainEvent>? progress = null,
        CancellationToken stop = default)
    {
        var begun = File.Exists(Path.Combine(options.Out, "experiment.json"));
        if (begun && RunFolder.Open(options.Out).Experiment() != experiment)
            throw new VaeException(
                $"out: must be new or hold runs of the same experiments, got another experiment in {options.Out} "
                + "(choose another folder, or remove it)");
        if (begun && IsFinished(RunFolder.Open(options.Out), experiment))
            return RunFolder.Open(options.Out);
        stop.ThrowIfCancellationRequested();
        var split = data();
        var result = Trainer.Train(experiment, split, options with { Resume = begun, Reporter = null }, progress, stop);
        if (result.Outcome == Outcome.Interrupted)
            throw new OperationCanceledException(stop);
        var folder = RunFolder.Open(options.Out);
        options.Reporter?.Write(folder, result, split, options.Device);
        return result.Outcome != Outcome.Diverged ? folder
            : throw new VaeException($"{options.Out}: must train to its end, got: {result.Note}");
    }

    // The report is written last. A run without one is resumed, which trains nothing if all epochs are done.
    private static bool IsFinished(RunFolder folder, Experiment experiment) =>
        File.Exists(folder.File(RunFolder.ReportName))
        && (folder.History().Count >= experiment.Train.Epochs || experiment.Train.Stopping is Stopping.Patience);
}
