using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>A run of a series.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Experiment">The experiment to train.</param>
/// <param name="Data">Loads its data.</param>
/// <param name="Path">Folder of the run.</param>
internal sealed record SeriesRun(string Name, Experiment Experiment, Func<DataSplit> Data, string Path);

/// <summary>Runs that a command trains one after another, reported in one line each.</summary>
internal static class Series
{
    /// <summary>Finishes a run, as <see cref="RunSeries.Finish"/> does, and reports its result.</summary>
    public static RunFolder Finish(TextWriter output, ParseResult parsed, SeriesRun run, CancellationToken stop)
    {
        var watcher = new ResultWatcher();
        var options = new RunOptions(
            run.Path, Device: parsed.GetRequiredValue(Common.Device), Threads: parsed.GetValue(Common.Threads), Reporter: RunReports.Html);
        var folder = RunSeries.Finish(run.Experiment, run.Data, options, watcher, stop);
        if (parsed.GetValue(Common.Json))
            Printing.Line(output, new
            {
                Event = "trained",
                run.Name,
                Run = folder.Path,
                Seconds = watcher.Result?.Seconds,
                Test = watcher.Result?.Test,
            });
        else
            output.WriteLine($"{run.Name}: {(watcher.Result is { } result ? Describe(result) : $"already trained in {folder.Path}")}");
        output.Flush();
        return folder;
    }

    private static string Describe(TrainResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Epochs} {(result.Epochs == 1 ? "epoch" : "epochs")} in {TextLines.Duration(result.Seconds)}, "
        + $"test {(result.Test.NegElbo is null ? "reconstruction" : "-ELBO")} {TextLines.Nats(result.Test.Criterion)}");

    private sealed class ResultWatcher : IProgress<TrainEvent>
    {
        public TrainResult? Result { get; private set; }

        public void Report(TrainEvent value) => Result = value is TrainEvent.Ended ended ? ended.Result : Result;
    }
}
