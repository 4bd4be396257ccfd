using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class ReconstructCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("reconstruct", "Reconstruct test images and save originals above reconstructions as one PNG.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var count = Common.Count("Number of images", 20);
        var to = Common.Out("PNG file to write (default: reconstructions.png in the run folder)");
        command.Add(count);
        command.Add(to);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            var experiment = run.Folder(parsed).Experiment();
            var path = parsed.GetValue(to) ?? run.Folder(parsed).File("reconstructions.png");
            RunPictures.Reconstructions(model, where.Load(parsed, run.Folder(parsed)).Test, experiment.Data.Binarization, parsed.GetValue(count), parsed.GetValue(Common.Seed)).Save(path);
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }
}
