using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

internal static class TrainCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("train", "Train a model and write weights, history, pictures and a report to a run folder.");
        var place = new Argument<string>("data") { Description = "The data, in place of --data", Arity = ArgumentArity.ZeroOrOne };
        command.Add(place);
        var choice = new TrainChoice(command, place);
        var to = Common.Out("Run folder to create (default: runs/DATA-TIME)");
        var resume = new Option<string>("--resume") { Description = "Run folder to continue" };
        var step = new Option<string>("--step")
        {
            Description = "How gradients are computed: auto, compiled or autograd",
            DefaultValueFactory = _ => "auto",
        };
        var matmul = new Option<string>("--matmul", "--products")
        {
            Description = "Matmul backend on the CPU: auto (the faster on this machine), default or onednn, each also with +kernels",
            DefaultValueFactory = _ => "auto",
        };
        var precision = new Option<string>("--precision")
        {
            Description = "Precision of matrix products: f32; bf16, in linear layers, faster on processors that have it; tf32, on "
                + "CUDA, in convolutions too (default: f32)",
            DefaultValueFactory = _ => "",
        };
        var board = new Option<bool>("--tensorboard") { Description = "Also log loss terms and samples of each epoch for TensorBoard" };
        foreach (Option option in new Option[] { to, resume, step, matmul, precision, board,
            Common.AcceptChanges, Common.Device, Common.Threads, Common.Json, RankChoice.Ranks })
            command.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => RankChoice.Run(parsed, output, (ranks, shown) =>
        {
            var begun = ranks.Together(() => Begin(parsed));
            if (begun is null)
                return VaeCommand.Success;
            var options = new RunOptions(
                parsed.GetValue(resume) ?? parsed.GetValue(to) ?? DefaultFolder(begun.Experiment), parsed.GetValue(resume) is not null,
                parsed.GetRequiredValue(Common.Device), parsed.GetValue(Common.Threads), RunText.Route(parsed.GetRequiredValue(step)),
                parsed.GetRequiredValue(matmul), RunText.Precision(parsed.GetValue(precision) ?? ""), RunReports.Html, ranks);
            TrainResult Train(IProgress<TrainEvent> progress)
            {
                using var log = parsed.GetValue(board) && ranks.Rank == 0 ? new TensorBoardLog(progress, RunPictures.Summary) : null;
                return Trainer.Train(begun.Experiment, begun.Data, options, log ?? progress, stop);
            }
            if (parsed.GetValue(Common.Json))
                return ExitCode(Outputs.Json(shown, Train));
            if (choice.Understood is { } table)
                SchemaTables.Write(shown, begun.Experiment.Data.Source, table);
            var result = Outputs.Show(Printing.Console(shown), Train);
            if (ranks.Rank == 0)
                shown.WriteLine(ReportLine(result.Run));
            return ExitCode(result);
        }), CancellationToken.None));

        // The experiment and its data; null on a dry run.
        Begun? Begin(ParseResult parsed)
        {
            if (parsed.GetValue(to) is not null && parsed.GetValue(resume) is not null)
                throw new VaeException("out: must be left out with --resume, which continues in its own folder, got both");
            if (parsed.GetValue(Common.DryRun) && parsed.GetValue(resume) is not null)
                return null;
            var (experiment, data) = parsed.GetValue(resume) is { } run ? choice.Resumed(parsed, RunFolder.Open(run)) : choice.New(parsed);
            return Common.StopsAt(parsed, experiment, data) ? null : new(experiment, data);
        }

        return command;
    }

    // A run that was stopped has none.
    private static string ReportLine(string run) => RunFolder.Open(run).File(RunFolder.ReportName) is var report && File.Exists(report)
        ? $"report: {report}" : $"no report: interrupted (--resume {run} writes it)";

    private sealed record Begun(Experiment Experiment, DataSplit Data);

    private static int ExitCode(TrainResult result) => result.Outcome switch
    {
        Outcome.Diverged => VaeCommand.Diverged,
        Outcome.Interrupted => VaeCommand.Interrupted,
        _ => VaeCommand.Success,
    };

    private static string DefaultFolder(Experiment experiment)
    {
        var data = DataChoice.FolderName(experiment.Data.Source);
        var time = TimeProvider.System.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var stem = Path.Combine("runs", $"{data}-{time}");
        return Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? stem : $"{stem}-{i}").First(path => !Directory.Exists(path));
    }
}
