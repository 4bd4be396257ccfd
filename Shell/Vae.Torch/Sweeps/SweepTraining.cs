namespace Vae.Torch;

/// <summary>Trains the runs of a sweep beside other processes on the same folder.</summary>
internal sealed class SweepTraining
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SweepSpec sweep;
    private readonly SweepData data;
    private readonly RunOptions options;
    private readonly Func<SweepStep, DataSplit, RunOptions, TrainResult> train;
    private readonly CancellationToken stop;
    private readonly FolderLocks locks;
    private readonly SweepRows rows;

    public SweepTraining(
        SweepSpec sweep, SweepData data, RunOptions options, Func<SweepStep, DataSplit, RunOptions, TrainResult> train,
        CancellationToken stop)
    {
        (this.sweep, this.data, this.options, this.train, this.stop) = (sweep, data, options, train, stop);
        (locks, rows) = (new(options.Out), new(options.Out));
    }

    /// <summary>The row of a run that was stopped here; null if none was.</summary>
    public SweepRow? Stopped { get; private set; }

    /// <summary>Trains until nothing is left for this process; false if it was stopped.</summary>
    public bool Run()
    {
        if (sweep.Halving is not { } halving)
            return Train(ValueList.From(Enumerable.Range(0, sweep.Runs.Count).Where(sweep.Part.Has)), 0);
        return halving.Brackets(sweep.Runs.Count, sweep.Runs[0].Experiment.Train.Epochs).All(bracket => Train(halving, bracket));
    }

    private bool Train(SweepHalving halving, SweepBracket bracket)
    {
        var runs = bracket.Runs;
        foreach (var epochs in bracket.Runs.Count == 0 ? [] : bracket.Rungs)
        {
            if (!Train(runs, epochs))
                return false;
            runs = halving.Survivors([.. runs.Select(run => (run, Criterion(sweep.Runs[run], epochs)))]);
        }
        return true;
    }

    /// <summary>
    /// Trains those runs that no other process has. A process without a part of its own then waits for the others, and takes over the runs
    /// of one that died.
    /// </summary>
    private bool Train(ValueList<int> runs, int until)
    {
        for (var left = runs; left.Count > 0;)
        {
            var held = new List<int>();
            foreach (var run in left)
            {
                if (stop.IsCancellationRequested)
                    return false;
                using var taken = locks.TryTake(sweep.Runs[run].Name);
                if (taken is null)
                    held.Add(run);
                else if (!Train(run, until))
                    return false;
            }
            if (sweep.Part != SweepPart.All)
                return true;
            if (held.Count == left.Count && stop.WaitHandle.WaitOne(Pause))
                return false;
            left = ValueList.From(held);
        }
        return true;
    }

    private bool Train(int number, int until)
    {
        var run = sweep.Runs[number];
        if (rows.Read(run) is { } known && (known.Outcome != Outcome.Interrupted || until > 0 && known.Epochs >= until))
            return true;
        var split = data.Load(run.Experiment);
        var place = Path.Combine(options.Out, run.Name);
        var how = options with { Out = place, Resume = Sweeps.Exists(options, run), Reporter = null, Until = until };
        var result = train(new(number + 1, sweep.Runs.Count, run), split, how);
        var folder = RunFolder.Open(how.Out);
        if (result.Outcome != Outcome.Interrupted && !File.Exists(folder.File(RunFolder.ReportName)))
            options.Reporter?.Write(folder, result, split, options.Device);
        var row = Row(run, result, folder, split);
        if (result.Outcome == Outcome.Interrupted && !(until > 0 && result.Epochs >= until))
        {
            Stopped = row;
            return false;
        }
        rows.Write(run, row);
        return true;
    }

    private static SweepRow Row(SweepRun run, TrainResult result, RunFolder folder, DataSplit split)
    {
        using var model = folder.LoadModel();
        var experiment = run.Experiment;
        var active = experiment.Model.Latent == 0 ? 0
            : ActiveUnits.Count(new Evaluator(model, split.Test, experiment.Data.Binarization, experiment.Train.Seed).Encode().Means);
        return new(run.Name, run.Choices, result.Outcome, result.Epochs, result.Seconds, result.Test, active, false);
    }

    // A run that has gone on is compared as it was then, so that a sweep that is resumed decides as before.
    private double Criterion(SweepRun run, int epochs)
    {
        var history = RunFolder.Open(Path.Combine(options.Out, run.Name)).History();
        return history.Count == 0 || history.Count < epochs && rows.Read(run)?.Outcome == Outcome.Diverged ? double.PositiveInfinity
            : history[Math.Min(epochs, history.Count) - 1].Validation.Criterion;
    }
}
