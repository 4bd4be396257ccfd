using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class DataCommand
{
    private sealed record DataReport(
        string Name, string Shape, int Train, int Validation, int Test, int Classes, int ConditionValues, bool Binary, double? Mean,
        ValueList<ColumnSummary>? Columns = null);

    public static Command Make(TextWriter output)
    {
        var command = new Command("data", "Load a data set, downloading it if necessary, describe it, and optionally draw some of it.");
        var name = new Argument<string>("data")
        {
            Description = DataChoice.Kinds,
            DefaultValueFactory = _ => EmbeddedDigits.Name,
        };
        var sheet = Common.Out("PNG file to write (default: none)");
        var values = new Option<string>("--values")
        {
            Description = "What the numbers of a file are: "
                + "intensities (in [0, 1], or bytes) or raw (default: raw for tables, else intensities)",
        }.Checked(RunText.IsRaw);
        command.Add(name);
        command.Add(values);
        command.Add(sheet);
        command.Add(Common.Json);
        var where = new DataChoice(command);
        var tables = new TableChoice();
        foreach (var option in tables.Options)
            command.Add(option);
        command.SetAction(parsed =>
        {
            var (source, asked) = (parsed.GetRequiredValue(name), parsed.GetValue(values));
            var plan = tables.Plan(parsed, where.Locate(parsed, source), null,
                asked is not null && !RunText.IsRaw(asked) || where.AsksForImages(parsed), new("", 0));
            var data = where.Load(parsed, new DataSpec(source, Binarizations.None,
                RawValues: plan is not null || asked is not null && RunText.IsRaw(asked),
                Masked: plan is { IsMasked: true }, Schema: plan?.Schema, Crop: where.Crops(parsed), Windows: plan?.Windows), 0);
            var train = data.Train;
            Report(output, parsed.GetValue(Common.Json), plan?.Understood, new(
                train.Name, $"{train.Shape}", train.Count, data.Validation.Count, data.Test.Count,
                train.Classes.Count, train.ConditionWidth,
                train.Pixels.IsBinary, plan is null ? Mean(train.Pixels) : null));
            if (parsed.GetValue(sheet) is { } path)
            {
                RunPictures.Sheet(train, 100).Save(path);
                Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            }
            return VaeCommand.Success;
        });
        return command;
    }

    private static ColumnSummary Translated(ColumnSummary column) => column.With(note: OptionNames.Translate(column.Note));

    private static void Report(TextWriter output, bool json, TableInference? table, DataReport report)
    {
        if (json)
            Printing.Line(output, report with { Columns = table is null ? null : ValueList.From(table.Columns.Select(Translated)) });
        else if (table is not null)
            SchemaTables.Write(output, report.Name, table);
        else
            Printing.Facts(output, json, report, report.Name);
    }

    private static double Mean(Pixels pixels)
    {
        var some = new float[Math.Min(pixels.Length, 1 << 24)];
        pixels.CopyTo(0, some);
        return some.Average();
    }
}
