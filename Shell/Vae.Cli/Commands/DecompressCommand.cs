using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class DecompressCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("decompress", "Restore the examples that 'vae compress' wrote with the same run.");
        var run = new RunChoice(command);
        var file = new Argument<string>("file") { Description = "File of compressed examples" };
        var to = Common.Out($"File to write: {AnswerFiles.Forms} (default: decompressed.npy in the run folder)").Checked(AnswerFiles.Rows);
        command.Add(file);
        command.Add(to);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            CodingArithmetic.Fix();
            var folder = run.Folder(parsed);
            var path = parsed.GetValue(to) ?? folder.File("decompressed.npy");
            var rows = model.Decompress(Disk.ReadAll(parsed.GetRequiredValue(file)));
            AnswerFiles.WriteExamples(path, new(folder.Experiment().Data.Schema, model.Spec.Input, [.. rows.Cast<float>()]));
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }
}

/// <summary>Settings with which compression and decompression round alike in every process.</summary>
internal static class CodingArithmetic
{
    /// <summary>One thread, and the matmul backend that every processor has.</summary>
    public static void Fix()
    {
        Devices.UseThreads(1);
        MatmulBackends.Use("default");
    }
}
