using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class ExploreCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("explore",
            "Write a page in which to move through a run's latent space and see what it decodes: one HTML file with the decoder and "
                + "some test examples in it, which needs no server and no network. It has a slider for each latent dimension, a map of the "
                + "codes, traversals and paths between examples. The run's report links to it.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var count = Common.Count("Maximum number of examples in the page", new ExplorerOptions().Count);
        var to = Common.Out($"File to write (default: {RunFolder.ExplorerName} in the run folder)");
        command.Add(count);
        command.Add(to);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            var folder = run.Folder(parsed);
            var experiment = folder.Experiment();
            var path = parsed.GetValue(to) ?? folder.File(RunFolder.ExplorerName);
            var isOfRun = Path.GetFullPath(path) == Path.GetFullPath(folder.File(RunFolder.ExplorerName));
            var hasReport = isOfRun && File.Exists(folder.File(RunFolder.ReportName));
            var data = where.Load(parsed, folder);
            Explorer.Write(model, data.Test.Count > 0 ? data.Test : data.Train, path, new(Title(folder, experiment), parsed.GetValue(count))
            {
                Binarization = experiment.Data.Binarization,
                Seed = parsed.GetValue(Common.Seed),
                Report = hasReport ? RunFolder.ReportName : "",
            });
            if (hasReport)
                RunReports.LinkExplorer(folder);
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }

    private static string Title(RunFolder folder, Experiment experiment) =>
        $"{CardText.Source(experiment.Data)}: {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path)))}";
}
