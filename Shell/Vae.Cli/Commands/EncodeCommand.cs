using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class EncodeCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("encode",
            "Encode examples and write their codes (posterior means) as a file: .csv, .tsv or .parquet with a row for each example, "
                + "or .npy.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var sigma = new Option<bool>("--sigma") { Description = "Write the posterior's standard deviations after the means" };
        var to = Common.Out($"File to write: {AnswerFiles.Forms} (default: codes.csv in the run folder)").Checked(AnswerFiles.Rows);
        command.Add(sigma);
        command.Add(to);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            var folder = run.Folder(parsed);
            var path = parsed.GetValue(to) ?? folder.File("codes.csv");
            VaeException.Require(model.Spec.Latent > 0, "model.latent", "must be at least 1 to encode", "0");
            if (parsed.GetValue(sigma))
                model.RequireDistribution("standard deviations of codes");
            var data = where.Load(parsed, folder).Test;
            var codes = new Evaluator(model, data, folder.Experiment().Data.Binarization, parsed.GetValue(Common.Seed)).Encode();
            AnswerFiles.Write(path, Rows(codes, RowNames.Create(data, where.File(parsed)), parsed.GetValue(sigma)));
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }

    private static NumberRows Rows(Encodings codes, RowNames names, bool sigma)
    {
        var (means, size) = (codes.Means.ToArray(), codes.Means.Dims[1]);
        if (!sigma)
            return new(names, AnswerFiles.Columns("z", size), Array.ConvertAll(means, value => (float)value));
        var deviations = Array.ConvertAll(codes.LogVariances.ToArray(), value => Math.Exp(value / 2));
        return new(names, AnswerFiles.Columns("z", size).Append(AnswerFiles.Columns("sigma", size)),
            [.. means.Chunk(size).Zip(deviations.Chunk(size))
                .SelectMany(row => row.First.Concat(row.Second)).Select(value => (float)value)]);
    }
}
