using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

internal static class ImputeCommand
{
    private const string Forms = "left, right, upper or lower (that half is missing), random:P (each value is missing with probability P), "
        + "quadrants:N (all but N quadrants are missing) or columns:NAME,... (these columns of a table are missing)";

    private sealed record Imputed(int Examples, double Missing, double? Error, double? ErrorOfMean, int Rounds, double Accepted);

    /// <summary>What is imputed, and which of its values stay.</summary>
    private sealed record Work(
        Dataset Data, NdArray Observed, float[] Start, string? File, NdArray? Known, WindowSpec Windows);

    public static Command Make(TextWriter output)
    {
        var command = new Command("impute",
            "Impute missing values from the observed ones, in the file of --data or by hiding some of test examples, report the error of "
                + "those that were hidden, and save a file of rows or one PNG of originals, observed values and imputations.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var mask = new Option<string>("--mask") { Description = $"Values to hide: {Forms} (default: random:0.5; with --data none)" };
        var count = Common.Count("Number of examples; with --data all, unless it is set. The picture shows the first 10", 200);
        var rounds = new Option<int>("--rounds")
        {
            Description = "Number of rounds; imputed values are means over the second half",
            DefaultValueFactory = _ => 100,
        };
        var method = new Option<string>("--method")
        {
            Description = "importance (weighted draws of q(z|x)), pseudo-gibbs, which accepts every sample from q(z|x), "
                + "or metropolis, which corrects for an inexact q; an autoencoder is deterministic "
                + "(default: importance for masked likelihoods, else pseudo-gibbs)",
        }.Checked(Method);
        var samples = new Option<int>("--samples") { Description = "Draws with the method importance", DefaultValueFactory = _ => 500 };
        var draws = new Option<int>("--draws")
        {
            Description = "Number of imputations to draw instead of one estimate, for multiple imputation: the file has all of them, "
                + "numbered in a column 'imputation'; a .npy is [draws, rows, values]",
        };
        var to = Common.Out($"File to write: {AnswerFiles.Forms}, or a PNG (default: imputed.png in the run folder)")
            .Checked(AnswerFiles.RowsOrPicture);
        foreach (Option option in new Option[] { mask, count, rounds, method, samples, draws, to })
            command.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            using var model = run.Model(parsed);
            var (folder, seed) = (run.Folder(parsed), parsed.GetValue(Common.Seed));
            if (parsed.GetValue(count) < 1)
                throw new VaeException($"count: must be at least 1, got {parsed.GetValue(count)}");
            var options = new ImputationOptions(
                parsed.GetValue(rounds), parsed.GetValue(method) is { } named ? Method(named) : null, parsed.GetValue(samples),
                Draws(parsed));
            var most = parsed.GetResult(count) is null or { Implicit: true } && where.File(parsed) is not null
                ? int.MaxValue : parsed.GetValue(count);
            var asked = Plan(model, folder.Experiment(), parsed, where, (parsed.GetValue(mask), most));
            var imputation = Imputations.Impute(
                new(model, asked.Data, folder.Experiment().Data.Binarization, seed), asked.Observed, asked.Start, options, stop);
            imputation = imputation with { Known = asked.Known ?? imputation.Known };
            Show(output, parsed.GetValue(Common.Json), folder.Path, model.Spec, (imputation, options.Rounds, asked.Data.Schema));
            Save(output, parsed.GetValue(Common.Json), (parsed.GetValue(to), folder.File("imputed.png")), asked, imputation);
            return VaeCommand.Success;
        }, CancellationToken.None));
        return command;

        int Draws(ParseResult parsed) => parsed.GetResult(draws) is null or { Implicit: true } ? 0
            : parsed.GetValue(draws) < 1 ? throw new VaeException($"draws: must be at least 1, got {parsed.GetValue(draws)}")
            : AnswerFiles.IsRows(parsed.GetValue(to)) ? parsed.GetValue(draws)
            : throw new VaeException($"draws: must be with an --out that ends with {AnswerFiles.Forms}, "
                + $"got {parsed.GetValue(to) ?? "no --out"}");

        Work Plan(VaeModel model, Experiment experiment, ParseResult parsed, DataChoice where, (string? Mask, int Max) asked)
        {
            var holes = where.Holes(parsed, experiment);
            var split = where.Load(parsed, experiment, run.Folder(parsed), holes);
            var all = holes ?? split.Test;
            var some = asked.Max >= all.Count ? all : all.Take([.. Enumerable.Range(0, asked.Max)]);
            var values = some.WithoutMask();
            var shown = Mask(asked.Mask ?? (holes is null ? "random:0.5" : ""), values, parsed.GetValue(Common.Seed));
            // A run that knows no missing values takes the values of the file, and what the file lacks as hidden.
            NdArray? known = some.IsMasked && !experiment.Data.Masked
                ? NdArray.FromValues(Array.ConvertAll(some.Observed(), value => (double)value), [some.Count, .. values.Shape.Dims]) : null;
            return new(experiment.Data.Masked ? some : values, known is { } has ? shown * has : shown, Imputations.MeanOf(split.Train),
                asked.Max >= all.Count ? where.File(parsed) : null, known, experiment.Data.Windows);
        }
    }

    private static void Save(TextWriter output, bool json, (string? Asked, string Default) path, Work work, Imputation imputation)
    {
        var values = work.Data.WithoutMask();
        if (AnswerFiles.IsRows(path.Asked))
            FilledTables.Write(path.Asked!, values, work.File, imputation, work.Windows);
        else if (RunPictures.CanShow(values.Shape))
            StudyPictures.Imputations(imputation, values.Shape).Save(path.Asked ?? path.Default);
        else if (path.Asked is null)
            return;
        else
            throw new VaeException($"out: must end with {AnswerFiles.Forms} for {values.Name}, "
                + $"whose examples are not images, got {path.Asked}");
        Printing.Wrote(output, json, path.Asked ?? path.Default);
    }

    private static void Show(
        TextWriter output, bool json, string run, VaeSpec model, (Imputation Imputation, int Rounds, TableSchema Schema) result)
    {
        var imputation = result.Imputation;
        var hidden = imputation.Known is { } known
            ? (known * (1.0 - imputation.Observed)).ToArray().Sum()
            : (1.0 - imputation.Observed).ToArray().Sum();
        Printing.Facts(output, json, new Imputed(
            imputation.Originals.Dims[0], imputation.Missing, hidden > 0 ? imputation.Error : null,
            hidden > 0 ? imputation.StartError : null,
            result.Rounds, imputation.Accepted), run);
        var columns = hidden > 0 && result.Schema.IsTable ? ColumnError.Measure(result.Schema, imputation) : [];
        if (json)
            foreach (var column in columns)
                Printing.Line(output, column);
        else if (columns.Count > 0)
            Tables.Write(output, "errors of the hidden cells, in the units of the columns",
                ["column", "cells#", "root mean squared error#", "of the mean#", "right#", "of the most frequent#"],
                columns.Select(error => (string[])[error.Column, $"{error.Hidden}", Printing.Text(error.Error),
                    Printing.Text(error.Baseline),
                    Printing.Text(error.Right), Printing.Text(error.BaselineRight)]));
        else if (hidden > 0)
            output.WriteLine("errors: root mean squared error of the missing values, imputed by the model and by the training set\x27s mean"
                + (Posteriors.HasDensity(model.Posterior) ? "" : "; an autoencoder does not draw, but reconstructs repeatedly"));
    }

    private static ImputationMethod Method(string text) => text switch
    {
        "pseudo-gibbs" => ImputationMethod.PseudoGibbs,
        "metropolis" => ImputationMethod.Metropolis,
        "importance" => ImputationMethod.Importance,
        _ => throw new VaeException($"method: must be pseudo-gibbs or metropolis, got {text} (importance is accepted too)"),
    };

    private static NdArray Mask(string text, Dataset data, ulong seed)
    {
        if (text.Length == 0)
            return NdArray.Full(1, [1, .. data.Shape.Dims]);
        var parts = text.Split(':', 2);
        if (parts is ["columns", var names] && data.Schema.IsTable)
            return HideColumns(names.Split(','), data.Schema);
        if (parts is ["random", var part]
            && double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var missing) && missing is > 0 and <= 1)
            return Masks.Random(data.Shape, data.Count, missing, KeyedRandom.FromSeed(seed));
        if (parts[0] != "random" && !data.Shape.IsImage)
            throw new VaeException($"mask: must be random:P{(data.Schema.IsTable ? " or columns:NAME,..." : "")} "
                + $"for {data.Name}, whose examples are not images, got {text}");
        return parts switch
        {
            ["left"] => Masks.HideLeft(data.Shape),
            ["right"] => Masks.HideRight(data.Shape),
            ["upper"] => Masks.HideUpper(data.Shape),
            ["lower"] => Masks.HideLower(data.Shape),
            ["quadrants", "1" or "2" or "3"] => Conditions.Observed(Conditions.Quadrants(parts[1][0] - '0'), data.Shape),
            _ => throw new VaeException($"mask: must be {Forms}, with P in (0, 1] and N in 1 to 3, got {text}"),
        };
    }

    private static NdArray HideColumns(string[] names, TableSchema schema)
    {
        if (names.FirstOrDefault(name => schema.Modelled.All(column => column.Name != name)) is { } unknown)
            throw new VaeException("mask: must name columns that the model sees, which are "
                + $"{string.Join(", ", schema.Modelled.Select(column => column.Name))}, got {unknown}");
        return NdArray.FromValues(
            [.. schema.Modelled
                .SelectMany(column => Enumerable.Repeat(names.Contains(column.Name) ? 0.0 : 1, column.Kind.Width))], 1, schema.Width);
    }
}
