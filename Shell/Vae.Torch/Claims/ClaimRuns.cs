using System.Globalization;

namespace Vae.Torch;

/// <summary>
/// Runs claims: trains their experiments in run folders, resuming those that exist, and measures the results. Claims with the same
/// experiment share its run.
/// </summary>
internal static class ClaimRuns
{
    /// <summary>Trains and measures a claim. Finished runs of the same experiment are measured without training.</summary>
    /// <param name="claim">The claim to run.</param>
    /// <param name="data">Loads the data of an experiment.</param>
    /// <param name="options">Run options; the runs are folders in <see cref="RunOptions.Out"/>.</param>
    /// <param name="progress">Receives progress events.</param>
    /// <param name="stop">Ends a run at a step boundary; the next call resumes it.</param>
    /// <exception cref="VaeException">A run cannot be trained, or the measure does not apply to it.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static ClaimResult Run(
        Claim claim, Func<Experiment, DataSplit> data, RunOptions options, IProgress<TrainEvent>? progress = null,
        CancellationToken stop = default)
    {
        var (measure, count) = NamedMeasures.FindNumber(claim.Measure);
        var (figures, seconds) = (new List<double>(), 0.0);
        foreach (var (experiment, i) in claim.Runs.Select((experiment, i) => (experiment, i)))
        {
            var split = new Lazy<DataSplit>(() => data(experiment));
            var name = claim.Runs.Count == 1 ? claim.Name : $"{claim.Name}-{i + 1}";
            var runOptions = options with { Out = FindFolder(options.Out, name, experiment) };
            // Another process may have the run for another claim.
            using var taken = new FolderLocks(options.Out).Take($"{Path.GetFileName(runOptions.Out)}.run", stop);
            var folder = RunSeries.Finish(experiment, () => split.Value, runOptions, progress, stop);
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            using var model = folder.LoadModel(options.Device);
            var input = new EvaluationInput(model, split.Value.Test, experiment.Data.Binarization, experiment.Train.Seed);
            var figure = measure.Measure(new(input, split.Value, count, Folder: folder), stop);
            figures.Add(Convert.ToDouble(figure, CultureInfo.InvariantCulture));
            seconds += folder.History().Last().Seconds + System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        var half = figures.Count / 2;
        var result = claim.Experiments.Count == 1 ? figures.Average() : figures.Skip(half).Average() - figures.Take(half).Average();
        VaeException.Require(double.IsFinite(result), $"{claim.Name}: {claim.Measure}", "must be a finite number", result);
        var deviation = claim.Experiments.Count == 1 && figures.Count > 1 ? Deviation(figures) : default(double?);
        return new(claim, result, deviation, seconds, claim.IsMetBy(result));
    }

    private static double Deviation(List<double> figures)
    {
        var mean = figures.Average();
        return Math.Sqrt(figures.Sum(figure => (figure - mean) * (figure - mean)) / (figures.Count - 1));
    }

    /// <summary>Claims by their recorded times, the quickest first. One that was never measured counts as 0.</summary>
    public static ValueList<Claim> QuickestFirst(IEnumerable<Claim> claims) =>
        ValueList.From(claims.OrderBy(claim => claim.Seconds ?? 0));

    /// <summary>
    /// Whether a claim is expected to end within a budget: its recorded time counts by how the times of the claims run so far compare
    /// with their records. The slowest of them decides, since records are of different machines and a budget is to be kept.
    /// </summary>
    /// <param name="next">The claim that would be run next.</param>
    /// <param name="results">The claims run so far.</param>
    /// <param name="elapsed">Seconds used so far.</param>
    /// <param name="budget">Seconds in all.</param>
    public static bool Fits(Claim next, IReadOnlyList<ClaimResult> results, double elapsed, double budget)
    {
        var pace = results.Where(result => result.Claim.Seconds > 0)
            .Select(result => result.Seconds / result.Claim.Seconds!.Value).DefaultIfEmpty(1).Max();
        return elapsed + pace * (next.Seconds ?? 0) <= budget;
    }

    /// <summary>The folder of a run: one of the given name, unless another folder holds a run of the same experiment.</summary>
    private static string FindFolder(string root, string name, Experiment experiment)
    {
        var own = Path.Combine(root, name);
        return Directory.Exists(own) || !Directory.Exists(root) ? own
            : Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).FirstOrDefault(folder => Holds(folder, experiment)) ?? own;
    }

    private static bool Holds(string folder, Experiment experiment)
    {
        try
        {
            return RunFolder.Open(folder).Experiment() == experiment;
        }
        catch (VaeException)
        {
            return false;
        }
    }
}
