using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>A run of a series: what it is called, what is trained on what, and the folder.</summary>
internal sealed record SeriesRun(string Name, Experiment Experiment, Func<DataSplit> Data, string Path);

/// <summary>Runs that a command trains one after another, told in a line each.</summary>
internal static class Series
{
    /// <summary>Brings a run to its end, as <see cref="RunSeries.Finish"/> does, and says so.</summary>
    public static RunFolder Finish(TextWriter output, ParseResult parsed, SeriesRun run, CancellationToken stop)
    {
        var name = run.Name;
        var teller = new Teller();
        var folder = RunSeries.Finish(run.Experiment, run.Data, new(run.Path, Device: parsed.GetRequiredValue(Common.Device), Threads: parsed.GetValue(Common.Threads), Reporter: RunReports.Html), teller, stop);
        if (parsed.GetValue(Common.Json))
            Printing.Line(output, new { Event = "trained", Name = name, Run = folder.Path, Seconds = teller.Result?.Seconds, Test = teller.Result?.Test });
        else
            output.WriteLine(teller.Result is not { } result ? $"{name}: found trained in {folder.Path}" : string.Create(CultureInfo.InvariantCulture,
                $"{name}: {result.Epochs} epochs in {TextLines.Duration(result.Seconds)}, test {(result.Test.NegElbo is null ? "reconstruction" : "-ELBO")} {TextLines.Nats(result.Test.Criterion)}"));
        output.Flush();
        return folder;
    }

    private sealed class Teller : IProgress<TrainEvent>
    {
        public TrainResult? Result { get; private set; }

        public void Report(TrainEvent value) => Result = value is TrainEvent.Ended ended ? ended.Result : Result;
    }
}
