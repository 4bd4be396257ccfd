using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae.Torch;

/// <summary>
/// Trains the runs of a sweep, each in a run folder, and compares them. A sweep that was interrupted or killed continues when it is run
/// again: finished runs are kept, and an incomplete run is resumed.
/// </summary>
public static class Sweeps
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

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
        var data = new LoadedData(load);
        Check(sweep, data, options);
        train ??= (step, split, how) => Trainer.Train(step.Run.Experiment, split, how, stop: stop);
        var rows = new List<SweepRow>();
        foreach (var (i, run) in sweep.Runs.Index())
        {
            if (stop.IsCancellationRequested)
                break;
            var split = data.Load(run.Experiment);
            var how = options with { Out = Path.Combine(options.Out, run.Name), Resume = Exists(options, run), Reporter = null };
            var result = train(new(i + 1, sweep.Runs.Count, run), split, how);
            var folder = RunFolder.Open(how.Out);
            if (result.Outcome != Outcome.Interrupted && !File.Exists(folder.File("report.html")))
                options.Reporter?.Write(folder, result, split, options.Device);
            rows.Add(Row(run, result, folder, split));
            if (result.Outcome == Outcome.Interrupted)
                break;
        }
        var whole = new SweepResult(options.Out, sweep.Axes, ValueList.From(rows), sweep.Runs.Count).Marked();
        Write(whole);
        reporter?.Write(whole);
        return whole;
    }

    private static SweepRow Row(SweepRun run, TrainResult result, RunFolder folder, DataSplit split)
    {
        using var model = folder.LoadModel();
        var experiment = run.Experiment;
        var active = experiment.Model.Latent == 0 ? 0
            : ActiveUnits.Count(new Evaluator(model, split.Test, experiment.Data.Binarization, experiment.Train.Seed).Encode().Means);
        return new(run.Name, run.Choices, result.Outcome, result.Epochs, result.Seconds, result.Test, active, false);
    }

    private static void Check(SweepSpec sweep, LoadedData data, RunOptions options)
    {
        if (sweep.Runs.Count == 0)
            throw new VaeException("sweep: must have at least one run, got none");
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

    private static bool Exists(RunOptions options, SweepRun run) => File.Exists(Path.Combine(options.Out, run.Name, "experiment.json"));

    private static void Write(SweepResult sweep) =>
        AtomicFile.WriteText(Path.Combine(sweep.Folder, "sweep.json"), JsonSerializer.Serialize(sweep, Json) + "\n");

    // Runs that differ only in the model share their data; one data set is held at a time.
    private sealed class LoadedData(Func<Experiment, DataSplit> load)
    {
        private DataSpec? spec;
        private ulong seed;
        private DataSplit? split;

        public DataSplit Load(Experiment experiment)
        {
            if (split is null || spec != experiment.Data || seed != experiment.Train.Seed)
                (spec, seed, split) = (experiment.Data, experiment.Train.Seed, load(experiment));
            return split;
        }
    }
}
