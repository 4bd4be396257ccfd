using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class DataCommand
{
    private sealed record DataReport(
        string Name, string Shape, int Train, int Validation, int Test, int Classes, int ConditionValues, bool Binary, double Mean);

    public static Command Make(TextWriter output)
    {
        var command = new Command("data", "Load a data set, downloading it if necessary, describe it, and optionally draw some of it.");
        var name = new Argument<string>("data")
        {
            Description = "digits, sprites, mnist, fashion-mnist, static-mnist, a folder of images, or a .npy, .npz or .csv file",
            DefaultValueFactory = _ => EmbeddedDigits.Name,
        };
        var sheet = Common.Out("PNG file to write (default: none)");
        var values = new Option<string>("--values")
        {
            Description = "What the numbers of a file are: intensities (in [0, 1], or bytes) or raw",
            DefaultValueFactory = _ => "intensities",
        }.Checked(RunText.IsRaw);
        command.Add(name);
        command.Add(values);
        command.Add(sheet);
        command.Add(Common.Json);
        var where = new DataChoice(command);
        command.SetAction(parsed =>
        {
            var spec = new DataSpec(
                parsed.GetRequiredValue(name), Binarizations.None, RawValues: RunText.IsRaw(parsed.GetRequiredValue(values)));
            var data = where.Load(parsed, spec, 0);
            var train = data.Train;
            var report = new DataReport(
                train.Name, $"{train.Shape}", train.Count, data.Validation.Count, data.Test.Count, train.Classes.Count,
                train.ConditionWidth, train.Pixels.IsBinary, Mean(train.Pixels));
            Printing.Facts(output, parsed.GetValue(Common.Json), report, train.Name);
            if (parsed.GetValue(sheet) is { } path)
            {
                RunPictures.Sheet(train, 100).Save(path);
                Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            }
            return VaeCommand.Success;
        });
        return command;
    }

    private static double Mean(Pixels pixels)
    {
        var some = new float[Math.Min(pixels.Length, 1 << 24)];
        pixels.CopyTo(0, some);
        return some.Average();
    }
}
