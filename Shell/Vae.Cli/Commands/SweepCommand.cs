using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class SweepCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("sweep",
            "Train every combination of option values, given as lists with commas, and compare the runs in a table and a "
                + "page. The same line resumes an interrupted sweep.");
        var choice = new SweepChoice(command);
        var to = Common.Out("Folder of the sweep, new or one to resume (default: sweeps/DATA)");
        foreach (Option option in new Option[] { to, Common.Device, Common.Threads, Common.Json })
            command.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            var sweep = choice.Sweep(parsed);
            if (parsed.GetValue(Common.DryRun))
                return Checked(sweep, choice);
            var json = parsed.GetValue(Common.Json);
            var options = new RunOptions(
                parsed.GetValue(to) ?? DefaultFolder(sweep), Device: parsed.GetRequiredValue(Common.Device),
                Threads: parsed.GetValue(Common.Threads), Reporter: RunReports.Html);
            TrainResult Train(SweepStep step, DataSplit data, RunOptions how)
            {
                if (json)
                {
                    Printing.Line(output, new { Event = "run", step.Number, Of = step.Count, step.Run.Name });
                    return Outputs.Json(output, progress => Trainer.Train(step.Run.Experiment, data, how, progress, stop));
                }
                output.WriteLine($"run {step.Number} of {step.Count}: {TextLines.Printable(step.Run.Name)}");
                return Outputs.Show(Printing.Console(output), progress => Trainer.Train(step.Run.Experiment, data, how, progress, stop));
            }
            var result = Sweeps.Run(sweep, choice.Load, options, Train, SweepReports.Html, stop);
            SweepTables.Write(output, json, result, sweep);
            return ExitCode(result, sweep, stop.IsCancellationRequested);
        }, CancellationToken.None));
        return command;
    }

    private static string DefaultFolder(SweepSpec sweep) =>
        Path.Combine("sweeps", DataChoice.FolderName(sweep.Runs[0].Experiment.Data.Source));

    private static int Checked(SweepSpec sweep, SweepChoice choice)
    {
        var problems = new RunProblems(sweep.Runs.Count);
        foreach (var run in sweep.Runs)
            problems.Try(run.Name, () =>
                VaeException.ThrowIfAny(Specs.Problems(run.Experiment, choice.Load(run.Experiment).Train.Facts())));
        problems.Throw();
        return VaeCommand.Success;
    }

    // Another process may still train the runs that are missing after a part.
    private static int ExitCode(SweepResult result, SweepSpec sweep, bool isStopped) =>
        isStopped || result.Rows.Count < result.Planned && sweep.Part == SweepPart.All ? VaeCommand.Interrupted
        : result.Rows.Any(row => row.Outcome == Outcome.Interrupted) && sweep.Halving is null ? VaeCommand.Interrupted
        : result.Rows.Any(row => row.Outcome == Outcome.Diverged) ? VaeCommand.Diverged
        : VaeCommand.Success;
}
