namespace Vae.Torch;

/// <summary>Trains models: from an experiment and its data to weights, a history and a result in a run folder.</summary>
public static partial class Trainer
{
    /// <summary>
    /// Runs or resumes an experiment. On the CPU, a run that was interrupted or killed and then resumed equals an uninterrupted run
    /// bit for bit.
    /// </summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="data">The data, split.</param>
    /// <param name="options">Run folder, device and other options.</param>
    /// <param name="progress">Receives progress events.</param>
    /// <param name="stop">Ends the run after the current step, with a checkpoint; the result's outcome is then Interrupted.</param>
    /// <returns>The result; its outcome tells whether the run completed, stopped early, was interrupted or diverged.</returns>
    /// <exception cref="VaeException">
    /// The experiment has problems with this data (the message lists them all), or the folder cannot be used.
    /// </exception>
    /// <example>
    /// <code>
    /// var data = DataSources.Load("digits", new(Validation: 0.1));
    /// var model = Zoo.Mlp(Shape.Image(1, 28, 28));
    /// var train = new TrainSpec(
    ///     10, 128, 0, Optimizers.Adam(), Schedules.Constant(1e-3), Clippings.None, Averagings.None, Stoppings.Never);
    /// var experiment = new Experiment(model, Objectives.Elbo, new("digits", Binarizations.Stochastic), train);
    /// var result = Trainer.Train(experiment, data, new("runs/digits"));
    /// Console.WriteLine($"{result.Outcome}: −ELBO {result.Test.NegElbo:0.0} nats");
    /// </code>
    /// </example>
    public static TrainResult Train(
        Experiment experiment, DataSplit data, RunOptions options,
        IProgress<TrainEvent>? progress = null, CancellationToken stop = default) =>
        Train(experiment, data, options, Pace.Usual, progress, stop);

    internal static TrainResult Train(
        Experiment experiment, DataSplit data, RunOptions options, Pace pace, IProgress<TrainEvent>? progress, CancellationToken stop)
    {
        var ranks = options.Ranks ?? Ranks.Single;
        // Before the folder is created: a run that cannot start leaves nothing behind.
        options = RankOptions.Of(options, ranks);
        ranks.Together(() => Check(experiment, data, options));
        var parts = CustomComponents.Collect(experiment);
        var folder = ranks.Together(() => options.Resume ? RunFolder.Open(options.Out, parts)
            : ranks.Rank == 0 ? RunFolder.Create(options.Out, experiment) : RunFolder.CreatedElsewhere(options.Out, experiment));
        // Rank 0 alone owns the folder and reports.
        using var held = ranks.Together(() => ranks.Rank == 0 ? folder.Lock() : null);
        ranks.Together(() => Pin(folder, data, options.Resume, writes: ranks.Rank == 0));
        var reports = ranks.Rank == 0 && progress is not null ? progress : new Silent();
        var run = ranks.Together(() => new TrainingRun(experiment, data, options, folder, reports, pace));
        var trained = Go(run, parts, stop);
        var result = data.Changes.Length == 0 ? trained : trained with { Note = $"{trained.Note}; {data.Changes}" };
        return ranks.Rank == 0 ? Report(folder, result, data, options, stop) : result;
    }

    // A run that was stopped writes its report when it is resumed.
    private static TrainResult Report(RunFolder folder, TrainResult result, DataSplit data, RunOptions options, CancellationToken stop)
    {
        if (options.Reporter is not { } reporter)
            return result;
        try
        {
            return Interruptions.Within(stop, () =>
            {
                Interruptions.ThrowIfRequested();
                reporter.Write(folder, result, data, options.Device);
                return result;
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return result with { Outcome = Outcome.Interrupted };
        }
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
            throw new VaeException(
                $"custom components ({string.Join(", ", parts.Names)}): must not throw while training, "
                + $"got {e.GetType().Name}: {e.Message}", e);
        }
    }

    // A new run keeps which rows are in which part; one that goes on needs the training rows that it had.
    private static void Pin(RunFolder folder, DataSplit data, bool isResumed, bool writes)
    {
        if (data.Record is not { } record || !isResumed && !writes)
            return;
        // A run that was killed between its folder and its record has trained on nothing yet.
        if (!isResumed || writes && folder.DataRecord() is null && !File.Exists(folder.StateFile))
            folder.Write(record);
        else if (folder.DataRecord() is { } kept && !(data.Changes.Length > 0 ? record.HasTrainingOf(kept) : record.HasPartsOf(kept)))
            throw new VaeException($"{data.Train.Name}: must hold all {kept.Train.Length / 8:N0} training rows of the run to resume it, "
                + $"got {(data.Changes.Length > 0 ? "fewer" : "another division (load it by RunFolder.LoadData)")}");
    }

    /// <summary>Checks everything that a run needs to start, apart from its folder.</summary>
    /// <exception cref="VaeException">The experiment has problems with this data, or the options are not possible.</exception>
    internal static void Check(Experiment experiment, DataSplit data, RunOptions options)
    {
        VaeException.ThrowIfAny([.. Specs.Problems(experiment, data.Train.Facts()), .. Parts.Problems(experiment, data)]);
        foreach (var part in new[] { data.Train, data.Validation, data.Test })
            ConditionRows.Check(part, experiment.Model.Condition);
        ShardCounts.Require(experiment.Train.Shards, options.Ranks?.Count ?? 1);
        MemoryLimits.RequireStep(experiment);
        Devices.UseThreads(options.Threads);
        TrainingSteps.ThrowIfImpossible(options.Route, options.Precision, Devices.Find(options.Device).type);
    }

    private sealed class Silent : IProgress<TrainEvent>
    {
        public void Report(TrainEvent value) { }
    }
}
