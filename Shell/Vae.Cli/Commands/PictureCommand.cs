using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class PictureCommand
{
    private const int LayerExamples = 3;

    private static readonly string[] Kinds =
        ["class-sheet", "manifold", "traversals", "layers", "interpolation", "scatter", "columns", "curves"];

    public static Command Make(TextWriter output)
    {
        var command = new Command("picture",
            "Draw a picture of a run: samples of each class, the latent plane, what each dimension changes, "
                + "what the top stochastic layers decide, the path between two images, the codes of the test set, "
                + "those of a table's rows coloured by each column, the learning curves.");
        var run = new RunChoice(command);
        var kind = new Argument<string>("kind") { Description = string.Join(", ", Kinds) }.Checked(Known);
        var where = new DataChoice(command, isOfRun: true);
        var from = new Option<int>("--from") { Description = "Index of the first test image, for interpolation and layers" };
        var into = new Option<int>("--to")
        {
            Description = "Index of the second test image, for interpolation",
            DefaultValueFactory = _ => 1,
        };
        var label = new Option<int>("--label")
        {
            Description = "Class, for the manifold of a conditional model",
            DefaultValueFactory = _ => -1,
        };
        var to = Common.Out("PNG file to write (default: KIND.png in the run folder)");
        command.Add(kind);
        foreach (Option option in new Option[] { from, into, label, to })
            command.Add(option);
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(kind);
            var path = parsed.GetValue(to) ?? run.Folder(parsed).File($"{name}.png");
            var places = new Places(parsed.GetValue(from), parsed.GetValue(into), parsed.GetValue(label));
            Draw(name, run, parsed, () => where.Load(parsed, run.Folder(parsed)).Test, places).Save(path);
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }

    /// <summary>Indices of the test images of an interpolation, and the class of a manifold.</summary>
    private sealed record Places(int From, int To, int Label);

    private static string Known(string kind) =>
        Kinds.Contains(kind) ? kind : throw new VaeException($"kind: must be one of {string.Join(", ", Kinds)}, got {kind}");

    private static Picture Draw(string kind, RunChoice run, ParseResult parsed, Func<Dataset> test, Places at)
    {
        if (kind == "curves")
            return Pictures.Curves(run.Folder(parsed).History());
        using var model = run.Model(parsed);
        var binarization = run.Folder(parsed).Experiment().Data.Binarization;
        return kind switch
        {
            "class-sheet" => LatentPictures.ClassSheet(model, 10, parsed.GetValue(Common.Seed), ValueList.From(test().Classes)),
            "manifold" => LatentPictures.Manifold(model, 20, RunReports.Cloud(model, test, binarization), at.Label),
            "traversals" => LatentPictures.Traversals(model, test(), binarization),
            "layers" => LatentPictures.StochasticLayers(model, From(test(), at.From), binarization, seed: parsed.GetValue(Common.Seed)),
            "interpolation" => LatentPictures.Interpolation(model, test(), binarization, at.From, at.To),
            "columns" => TablePictures.Codes(model, test()),
            _ => LatentPictures.Scatter(model, test(), binarization),
        };
    }

    private static Dataset From(Dataset test, int first)
    {
        VaeException.Require(first >= 0 && first < test.Count, "from", $"must be 0 to {test.Count - 1}", first);
        return test.Take([.. Enumerable.Range(first, Math.Min(LayerExamples, test.Count - first))]);
    }
}
