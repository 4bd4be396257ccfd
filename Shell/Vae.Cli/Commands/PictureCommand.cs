using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class PictureCommand
{
    private static readonly string[] Kinds = ["class-sheet", "manifold", "traversals", "interpolation", "scatter", "curves"];

    public static Command Make(TextWriter output)
    {
        var command = new Command("picture", "Look into a run's latent space: classes beside each other, a plane of codes, what each dimension does, the way from one image to another.");
        var run = new RunChoice(command);
        var kind = new Argument<string>("kind") { Description = string.Join(", ", Kinds) };
        var where = new DataChoice(command);
        var from = new Option<int>("--from") { Description = "interpolation: the place of the first test image" };
        var into = new Option<int>("--to") { Description = "interpolation: the place of the other", DefaultValueFactory = _ => 1 };
        var label = new Option<int>("--label") { Description = "manifold: the class, of a model conditioned on one", DefaultValueFactory = _ => -1 };
        var to = new Option<string>("--out") { Description = "The PNG to write (default: KIND.png in the run folder)" };
        command.Add(kind);
        foreach (Option option in new Option[] { from, into, label, to })
            command.Add(option);
        command.SetAction(parsed =>
        {
            var asked = parsed.GetRequiredValue(kind);
            if (!Kinds.Contains(asked))
                throw new VaeException($"kind: must be one of {string.Join(", ", Kinds)}, got {asked}");
            var path = parsed.GetValue(to) ?? run.Folder(parsed).File($"{asked}.png");
            var places = new Places(parsed.GetValue(from), parsed.GetValue(into), parsed.GetValue(label));
            Draw(asked, run, parsed, () => where.Load(parsed, run.Folder(parsed).Experiment()).Test, places).Save(path);
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }

    /// <summary>The test images between which a way is drawn, and the class of a plane.</summary>
    private sealed record Places(int From, int To, int Label);

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
            "interpolation" => LatentPictures.Interpolation(model, test(), binarization, at.From, at.To),
            _ => LatentPictures.Scatter(model, test(), binarization),
        };
    }
}
