using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class ReconstructCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("reconstruct",
            "Reconstruct examples: images as one PNG with originals above reconstructions, or all examples as a file of rows in the "
                + "columns, units and words of the data.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var count = Common.Count("Number of images in the PNG", 20);
        var to = Common.Out($"File to write: .png, {AnswerFiles.Forms} (default: reconstructions.png in the run folder)")
            .Checked(AnswerFiles.RowsOrPicture);
        command.Add(count);
        command.Add(to);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            var (folder, seed) = (run.Folder(parsed), parsed.GetValue(Common.Seed));
            var path = parsed.GetValue(to) ?? folder.File("reconstructions.png");
            var (binarization, data) = (folder.Experiment().Data.Binarization, where.Load(parsed, folder).Test);
            if (AnswerFiles.IsRows(path))
                AnswerFiles.WriteExamples(path, new(folder.Experiment().Data.Schema,
                    Likelihoods.MeanShape(model.Spec.Likelihood, model.Spec.Input),
                    Predictions.Reconstruct(new(model, data, binarization, seed)))
                { Windows = folder.Experiment().Data.Windows });
            else
                RunPictures.Reconstructions(model, data, binarization, parsed.GetValue(count), seed).Save(path);
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }
}
