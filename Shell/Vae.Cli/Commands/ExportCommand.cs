using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class ExportCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("export",
            "Write a run's model for other programs: its encoder, its decoder and, unless it has a condition, a scorer of rows that takes "
                + "a table's cells as they are.");
        var run = new RunChoice(command);
        var onnx = new Option<bool>("--onnx") { Description = "As ONNX graphs, which run without libtorch" };
        var draws = new Option<int>("--draws")
        {
            Description = "Draws from the posterior that a score averages over",
            DefaultValueFactory = _ => 10,
        };
        var to = Common.Out("Folder to write to (default: the run folder)");
        foreach (Option option in new Option[] { onnx, draws, to })
            command.Add(option);
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(onnx))
                throw new VaeException("export: must have a form of the files (--onnx), got none");
            using var model = run.Model(parsed);
            var folder = run.Folder(parsed);
            var files = model.ExportOnnx(
                parsed.GetValue(to) ?? folder.Path, folder.Experiment().Data.Schema, parsed.GetValue(draws), parsed.GetValue(Common.Seed));
            foreach (var file in files)
                Printing.Wrote(output, parsed.GetValue(Common.Json), file);
            return VaeCommand.Success;
        });
        return command;
    }
}
