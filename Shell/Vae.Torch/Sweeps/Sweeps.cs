using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae.Torch;

/// <summary>
/// Trains every combination of some choices, a run folder each, and compares them. A sweep that was interrupted or killed goes
/// on when it is asked for again: finished runs are kept, the one under way is resumed.
/// </summary>
public static class Sweeps
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>
    /// Runs a sweep. Before anything is trained every run is checked, and all that is wrong with any of them is said at once.
    /// </summary>
    /// <param name="sweep">What to run.</param>
    /// <param name="load">The data of an experiment; asked again where the data or the seed that divides it changes.</param>
    /// <param name="options">How; <see cref="RunOptions.Out"/> is the sweep's folder, and whether a run is resumed is found there.</param>
    /// <param name="train">Trains a run with its options, by default <see cref="Trainer"/>. <see cref="RunOptions.Reporter"/> is called after it.</param>
    /// <param name="reporter">Writes what the whole sweep shows; the package Vae.Pictures has <c>SweepReports.Html</c>.</param>
    /// <param name="stop">Ends the run under way at a step boundary, and the sweep.</param>
    /// <returns>A row for each run; also written as <c>sweep.json</c>.</returns>
    /// <exception cref="VaeException">Every problem of every run.</exception>
    public static SweepResult Run(
        SweepSpec sweep, Func<Experiment, DataSplit> load, RunOptions options,
        Func<SweepStep, DataSplit, RunOptions, TrainResult>? train = null, ISweepReporter? reporter = null, CancellationToken stop = default)
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
                    throw new VaeException($"out: must be a folder with the runs of this sweep alone, got another experiment in {Path.Combine(options.Out, run.Name)}");
            });
        broken.Throw();
    }

    private static bool Exists(RunOptions options, SweepRun run) => File.Exists(Path.Combine(options.Out, run.Name, "experiment.json"));

    private static void Write(SweepResult sweep) =>
        AtomicFile.WriteText(Path.Combine(sweep.Folder, "sweep.json"), JsonSerializer.Serialize(sweep, Json) + "\n");

    // Runs that differ in the model alone share their data; one set at a time is held.
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
