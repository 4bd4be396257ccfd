using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

internal static class TrainCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("train", "Train a model and leave weights, history, pictures and a report in a run folder.");
        var choice = new TrainChoice(command);
        var to = new Option<string>("--out") { Description = "The run folder to make (default: runs/DATA-MODEL-TIME)" };
        var resume = new Option<string>("--resume") { Description = "The folder of a run to go on with" };
        var step = new Option<string>("--step") { Description = "How a step is computed: auto, compiled or autograd", DefaultValueFactory = _ => "auto" };
        var products = new Option<string>("--products") { Description = "How matrix products are computed on the CPU: auto (the faster here), default or onednn", DefaultValueFactory = _ => "auto" };
        var precision = new Option<string>("--precision") { Description = "Of products: f32; bf16, which rounds those of linear layers and is faster where the processor has it; tf32, on CUDA, convolutions too (default: f32)", DefaultValueFactory = _ => "" };
        var board = new Option<bool>("--tensorboard") { Description = "Also write loss terms and draws of each epoch for TensorBoard, in the run folder" };
        foreach (Option option in new Option[] { to, resume, step, products, precision, board, Common.Device, Common.Threads, Common.Json })
            command.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            if (parsed.GetValue(to) is not null && parsed.GetValue(resume) is not null)
                throw new VaeException("out: must be left out with --resume, which goes on in its own folder, got both");
            var (experiment, data) = parsed.GetValue(resume) is { } run ? choice.Resumed(parsed, RunFolder.Open(run)) : choice.New(parsed);
            var options = new RunOptions(
                parsed.GetValue(resume) ?? parsed.GetValue(to) ?? DefaultFolder(experiment), parsed.GetValue(resume) is not null,
                parsed.GetRequiredValue(Common.Device), parsed.GetValue(Common.Threads), RunText.Route(parsed.GetRequiredValue(step)), parsed.GetRequiredValue(products),
                RunText.Precision(parsed.GetValue(precision) ?? ""));
            TrainResult Train(IProgress<TrainEvent> progress)
            {
                using var log = parsed.GetValue(board) ? new TensorBoardLog(progress) : null;
                var result = Trainer.Train(experiment, data, options, log ?? progress, stop);
                RunReports.Write(RunFolder.Open(result.Run), result, data, options.Device);
                return result;
            }
            if (parsed.GetValue(Common.Json))
                return ExitCode(Outputs.Json(output, Train));
            var result = Outputs.Show(Printing.Console(output), Train);
            output.WriteLine($"report: {RunFolder.Open(result.Run).File("report.html")}");
            return ExitCode(result);
        }, CancellationToken.None));
        return command;
    }

    private static int ExitCode(TrainResult result) => result.Outcome switch
    {
        Outcome.Diverged => VaeCommand.Diverged,
        Outcome.Interrupted => VaeCommand.Interrupted,
        _ => VaeCommand.Success,
    };

    private static string DefaultFolder(Experiment experiment)
    {
        var data = Path.GetFileNameWithoutExtension(experiment.Data.Source.TrimEnd(Path.DirectorySeparatorChar));
        var stem = Path.Combine("runs", $"{data}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
        return Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? stem : $"{stem}-{i}").First(path => !Directory.Exists(path));
    }
}
