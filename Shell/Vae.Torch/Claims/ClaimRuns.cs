using System.Globalization;

namespace Vae.Torch;

/// <summary>Runs claims: trains what they say, in folders that are kept and gone on with, and measures it. Claims of the same experiment share its run.</summary>
internal static class ClaimRuns
{
    /// <summary>Measures a claim. What was trained before with the same experiment is measured as it is.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="data">Gives the data of an experiment.</param>
    /// <param name="options">Where and how; the runs are folders in <see cref="RunOptions.Out"/>.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="stop">Ends a run at a step boundary; the next call goes on.</param>
    public static ClaimResult Run(
        Claim claim, Func<Experiment, DataSplit> data, RunOptions options, IProgress<TrainEvent>? progress = null, CancellationToken stop = default)
    {
        var (measure, count) = NamedMeasures.FindNumber(claim.Measure);
        var (figures, seconds) = (new List<double>(), 0.0);
        foreach (var (experiment, i) in claim.Runs.Select((experiment, i) => (experiment, i)))
        {
            var split = new Lazy<DataSplit>(() => data(experiment));
            var at = options with { Out = Place(options.Out, claim.Runs.Count == 1 ? claim.Name : $"{claim.Name}-{i + 1}", experiment) };
            var folder = RunSeries.Finish(experiment, () => split.Value, at, progress, stop);
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            using var model = folder.LoadModel(options.Device);
            var input = new EvaluationInput(model, split.Value.Test, experiment.Data.Binarization, experiment.Train.Seed);
            figures.Add(Convert.ToDouble(measure.Measure(new(input, split.Value, count), stop), CultureInfo.InvariantCulture));
            seconds += folder.History().Last().Seconds + System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        var half = figures.Count / 2;
        var figure = claim.Experiments.Count == 1 ? figures.Average() : figures.Skip(half).Average() - figures.Take(half).Average();
        return new(claim, figure, claim.Experiments.Count == 1 && figures.Count > 1 ? Deviation(figures) : null, seconds, claim.IsMetBy(figure));
    }

    private static double Deviation(List<double> figures)
    {
        var mean = figures.Average();
        return Math.Sqrt(figures.Sum(figure => (figure - mean) * (figure - mean)) / (figures.Count - 1));
    }

    /// <summary>Those that fit into a time by what they took before, the quickest first; one that was never measured counts as nothing.</summary>
    public static ValueList<Claim> Within(ValueList<Claim> claims, double seconds)
    {
        var left = seconds;
        return ValueList.From(claims.OrderBy(claim => claim.Seconds ?? 0).TakeWhile(claim => (left -= claim.Seconds ?? 0) >= 0));
    }

    /// <summary>The folder of a run: of its own name, unless another claim has trained the same there.</summary>
    private static string Place(string root, string name, Experiment experiment)
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
