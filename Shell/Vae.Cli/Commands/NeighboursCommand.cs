using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class NeighboursCommand
{
    private sealed record Found(int Index, string Class, double Distance);

    public static Command Make(TextWriter output)
    {
        var command = new Command(
            "neighbours", "Find the test examples whose codes (posterior means) are nearest to that of a given one.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var index = new Option<int>("--index") { Description = "Index of the given test example" };
        var count = Common.Count("Number of neighbours", 10);
        var to = Common.Out("PNG file to write (default: neighbours.png in the run folder)");
        foreach (Option option in new Option[] { index, count, to })
            command.Add(option);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            var experiment = run.Folder(parsed).Experiment();
            Show(output, parsed.GetValue(Common.Json),
                new(model, where.Load(parsed, run.Folder(parsed)).Test, experiment.Data.Binarization),
                parsed.GetValue(index), parsed.GetValue(count), parsed.GetValue(to) ?? run.Folder(parsed).File("neighbours.png"));
            return VaeCommand.Success;
        });
        return command;
    }

    private static void Show(TextWriter output, bool json, EvaluationInput input, int index, int count, string path)
    {
        var data = input.Data;
        var neighbours = LatentNeighbours.Find(input, index, count);
        string Class(int at) => data.HasLabels ? data.Classes[data.Labels.Span[at]] : "";
        if (json)
            foreach (var neighbour in neighbours)
                Printing.Line(output, new Found(neighbour.Index, Class(neighbour.Index), neighbour.Distance));
        else
            Tables.Write(output, $"nearest neighbours of test example {index}{(data.HasLabels ? $", of class {Class(index)}" : "")}",
                ["index#", "class", "distance#"], neighbours.Select(neighbour => (string[])[
                    $"{neighbour.Index}", Class(neighbour.Index), Printing.Text(neighbour.Distance)]));
        if (!RunPictures.CanShow(data.Shape))
            return;
        StudyPictures.Neighbours(input.Model, data, input.Binarization, index, neighbours).Save(path);
        Printing.Wrote(output, json, path);
    }
}
