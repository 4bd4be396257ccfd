using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

internal static class AttributesCommand
{
    // Training examples: enough for stable means, few enough to encode at once.
    private const int Measured = 10_000;

    private sealed record Vector(ValueList<double> Direction, double Length);

    public static Command Make(TextWriter output)
    {
        var command = new Command("attributes",
            "Add attributes to the codes of test examples, or subtract them, at several strengths: "
                + $"{LatentAttributes.Forms}. The vector of an attribute is the mean code of training examples with it minus "
                + "the mean code of those without.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var add = new Option<string[]>("--add") { Description = "Attributes to add", AllowMultipleArgumentsPerToken = true };
        var subtract = new Option<string[]>("--subtract")
        {
            Description = "Attributes to subtract; the pictures start from test examples that have them and lack the added ones",
            AllowMultipleArgumentsPerToken = true,
        };
        var strengths = new Option<string>("--strengths")
        {
            Description = "Factors of the attribute vector, separated by commas",
            DefaultValueFactory = _ => "-0.5,0,0.5,1,1.5,2",
        }.Checked(Strengths);
        var count = Common.Count("Number of test examples", 8);
        var to = Common.Out("PNG file to write (default: attributes.png in the run folder)");
        foreach (Option option in new Option[] { add, subtract, strengths, count, to })
            command.Add(option);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            var experiment = run.Folder(parsed).Experiment();
            var steps = Strengths(parsed.GetRequiredValue(strengths));
            if (parsed.GetValue(count) < 1)
                throw new VaeException($"count: must be at least 1, got {parsed.GetValue(count)}");
            var request = new Request(
                ValueList.From(parsed.GetValue(add) ?? []), ValueList.From(parsed.GetValue(subtract) ?? []), steps, parsed.GetValue(count),
                parsed.GetValue(to) ?? run.Folder(parsed).File("attributes.png"));
            Show(output, parsed.GetValue(Common.Json), model, where.Load(parsed, run.Folder(parsed)),
                experiment.Data.Binarization, request);
            return VaeCommand.Success;
        });
        return command;
    }

    private sealed record Request(ValueList<string> Add, ValueList<string> Subtract, ValueList<double> Strengths, int Count, string Path);

    private static void Show(TextWriter output, bool json, VaeModel model, DataSplit data, Binarization binarization, Request request)
    {
        var direction = LatentAttributes.Direction(new(model, First(data.Train), binarization), request.Add, request.Subtract);
        var length = Math.Sqrt(direction.Sum(value => value * value));
        if (json)
            Printing.Line(output, new Vector(direction, length));
        else
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"the attribute vector has length {length:0.###} in {direction.Count} dimensions"));
        if (!RunPictures.CanShow(data.Test.Shape))
            return;
        var shown = Shown(data.Test, request.Add, request.Subtract, request.Count);
        StudyPictures.Attributes(model, shown, binarization, direction, request.Strengths).Save(request.Path);
        Printing.Wrote(output, json, request.Path);
    }

    private static Dataset First(Dataset data) => data.Take([.. Enumerable.Range(0, Math.Min(data.Count, Measured))]);

    private static Dataset Shown(Dataset test, ValueList<string> add, ValueList<string> subtract, int count)
    {
        var absent = add.Select(attribute => LatentAttributes.Flags(test, attribute)).ToList();
        var present = subtract.Select(attribute => LatentAttributes.Flags(test, attribute)).ToList();
        int[] shown = [.. Enumerable.Range(0, test.Count)
            .Where(i => absent.All(flags => !flags[i]) && present.All(flags => flags[i])).Take(count)];
        return shown.Length > 0 ? test.Take(shown)
            : throw new VaeException(
                "attribute: must be such that some test example has all subtracted attributes and none of the added ones, "
                + $"got {string.Join(", ", add.Append(subtract))}");
    }

    private static ValueList<double> Strengths(string text) => ValueList.From(text.Split(',').Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw new VaeException($"strengths: must be numbers separated by commas, got {text}")));
}
