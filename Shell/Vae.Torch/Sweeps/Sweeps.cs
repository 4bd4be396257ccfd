namespace Vae.Torch;

/// <summary>
/// Trains the runs of a sweep, each in a run folder, and compares them. A sweep that was interrupted or killed continues when it is run
/// again: finished runs are kept, and an incomplete run is resumed. Several processes may work on one folder: each takes runs that no other
/// has, and the last one to end has the whole table.
/// </summary>
internal static class Sweeps
{
    /// <summary>Runs a sweep. All runs are checked before the first is trained, and all their problems are reported together.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="load">Loads the data of an experiment; called again when the data spec or the seed changes.</param>
    /// <param name="options">Run options; <see cref="RunOptions.Out"/> is the sweep's folder. Runs that exist in it are resumed.</param>
    /// <param name="train">Trains a run; <see cref="Trainer"/> by default. <see cref="RunOptions.Reporter"/> is called after it.</param>
    /// <param name="reporter">Writes a report of the sweep; the package Vae.Pictures provides <c>SweepReports.Html</c>.</param>
    /// <param name="stop">Ends the current run at a step boundary, and the sweep.</param>
    /// <returns>A row for each run; also written as <c>sweep.json</c>.</returns>
    /// <exception cref="VaeException">A run has problems; the message lists those of all runs.</exception>
    public static SweepResult Run(
        SweepSpec sweep, Func<Experiment, DataSplit> load, RunOptions options,
        Func<SweepStep, DataSplit, RunOptions, TrainResult>? train = null, ISweepReporter? reporter = null,
        CancellationToken stop = default)
    {
        var data = new SweepData(load);
        Check(sweep, data, options);
        train ??= (step, split, how) => Trainer.Train(step.Run.Experiment, split, how, stop: stop);
        var training = new SweepTraining(sweep, data, options, train, stop);
        training.Run();
        // One process at a time, which sees what those before it have finished: a table never loses rows.
        using var table = new FolderLocks(options.Out).Take("sweep");
        var rows = new SweepRows(options.Out);
        var whole = new SweepResult(options.Out, sweep.Axes, ValueList.From(sweep.Runs.Select(run =>
            training.Stopped is { } stopped && stopped.Run == run.Name ? stopped : rows.Read(run)).OfType<SweepRow>()),
            sweep.Runs.Count).Marked();
        SweepRows.Write(whole);
        reporter?.Write(whole);
        return whole;
    }

    private static void Check(SweepSpec sweep, SweepData data, RunOptions options)
    {
        if (sweep.Runs.Count == 0)
            throw new VaeException("sweep: must have at least one run, got none");
        VaeException.ThrowIfAny(sweep.Halving?.Problems(sweep) ?? []);
        var broken = new RunProblems(sweep.Runs.Count);
        foreach (var run in sweep.Runs)
            broken.Try(run.Name, () =>
            {
                Trainer.Check(run.Experiment, data.Load(run.Experiment), options);
                if (Exists(options, run) && RunFolder.Open(Path.Combine(options.Out, run.Name)).Experiment() != run.Experiment)
                    throw new VaeException(
                        "out: must be a folder that holds only runs of this sweep, "
                        + $"got another experiment in {Path.Combine(options.Out, run.Name)}");
            });
        broken.Throw();
    }

    internal static bool Exists(RunOptions options, SweepRun run) => File.Exists(Path.Combine(options.Out, run.Name, "experiment.json"));
}
