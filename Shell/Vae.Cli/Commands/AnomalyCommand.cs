using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

internal static class AnomalyCommand
{
    private const string Autoencoder = "an autoencoder has no KL and no bound on log p(x): its score is the reconstruction";

    // Densities are high for simple inputs: Nalisnick et al. 2019.
    private const string Below =
        "below 0.5: examples that are simpler than the ordinary ones have a high likelihood, although the model never saw any";

    public static Command Make(TextWriter output)
    {
        var command = new Command("anomaly",
            "Score how anomalous each example is, by −ELBO, by the importance-weighted bound on −log p(x), and for tables by the ranks of "
                + "each column's share of it; or measure, class by class, how well a model detects a class that was excluded from its training.");
        var run = new Argument<string>("run")
        {
            Description = "Run folder; its test set, with excluded classes, is scored, or the data set named by --data",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Add(run);
        var each = new Option<bool>("--leave-one-class-out", "--leave-out-each")
        {
            Description = "Train a model without each class in turn and measure how well that class is detected; finished runs in --out "
                + "are reused",
        };
        var samples = new Option<int>("--importance-samples")
        {
            Description = "Samples k of the importance-weighted bound on −log p(x)",
            DefaultValueFactory = _ => 20,
        };
        var top = new Option<int>("--top") { Description = "Number of most anomalous examples to show", DefaultValueFactory = _ => 12 };
        var threshold = new Option<double>("--threshold")
        {
            Description = "Rate of false alarms on held-out rows of the run, in (0, 1), "
                + "by which examples are called anomalous (default: none)",
        };
        var by = new Option<string>("--score")
        {
            Description = "density (the bound on −log p(x)) or ranks (of each column's share of it among held-out rows, so that a single "
                + "rare cell or combination counts) (default: ranks for tables, else density)",
        }.Checked(IsRanks);
        var explain = new Option<bool>("--explain") { Description = "Give each column's share of the score; the shares sum to it" };
        var to = Common.Out($"File to write: scores as {AnswerFiles.Forms}, or a PNG (default: anomalies.png in the run folder); with "
            + "--leave-one-class-out, the folder of the runs (default: runs/anomaly-DATA)");
        foreach (Option option in new Option[] { each, samples, top, threshold, by, explain, to,
            Common.AcceptChanges, Common.Device, Common.Threads, Common.Json })
            command.Add(option);
        var choice = new TrainChoice(command);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            Devices.UseThreads(parsed.GetValue(Common.Threads));
            var k = AtLeastOne("importance-samples", parsed.GetValue(samples));
            _ = AtLeastOne("top", parsed.GetValue(top));
            if (parsed.GetValue(each) == parsed.GetValue(run) is not null)
                throw new VaeException(
                    "run: must be the folder of a run, or left out with --leave-one-class-out, "
                    + $"got {(parsed.GetValue(each) ? "both" : "neither")}");
            if (parsed.GetValue(each))
                Each(output, parsed, choice, parsed.GetValue(to), k, stop);
            else if (AnswerFiles.RowsOrPicture(parsed.GetValue(to)) is var file && !parsed.GetValue(Common.DryRun))
                One(output, parsed, choice, RunFolder.Open(parsed.GetRequiredValue(run)),
                    new(parsed.GetValue(top), file, k, Rate(parsed, threshold), parsed.GetValue(explain),
                        parsed.GetValue(by) is { } named ? IsRanks(named) : null), stop);
            return VaeCommand.Success;
        }, CancellationToken.None));
        return command;
    }

    private static int AtLeastOne(string path, int value) =>
        value >= 1 ? value : throw new VaeException($"{path}: must be at least 1, got {value}");

    private static bool IsRanks(string text) => text switch
    {
        "ranks" => true,
        "density" => false,
        _ => throw new VaeException($"score: must be density or ranks, got {text}"),
    };

    private static double? Rate(ParseResult parsed, Option<double> threshold) =>
        parsed.GetResult(threshold) is null or { Implicit: true } ? null
        : parsed.GetValue(threshold) is > 0 and < 1 and var rate ? rate
        : throw new VaeException($"threshold: must be a rate in (0, 1), such as 0.01, got {Printing.Text(parsed.GetValue(threshold))}");

    /// <summary>The number of examples to show, the file to write if it is not the default, samples of the bound,
    /// rate of false alarms, shares, whether the score is by ranks; null for the default.</summary>
    private sealed record Request(int Top, string? Out, int Samples, double? Rate, bool Explains, bool? ByRanks);

    private static void One(
        TextWriter output, ParseResult parsed, TrainChoice choice, RunFolder folder, Request asked, CancellationToken stop)
    {
        choice.RequireNone(parsed, choice.Names.Except(["--data", "--seed"]), "for a run that is trained already");
        using var model = RunChoice.Model(parsed, folder);
        var (experiment, seed, json) = (folder.Experiment(), parsed.GetValue(Common.Seed), parsed.GetValue(Common.Json));
        var byRanks = Ranked(asked, experiment.Data.Schema);
        ScoredRows Score(Dataset data) => ScoredRows.Measure(
            new(model, data, experiment.Data.Binarization, seed), asked.Samples, asked.Explains || byRanks || experiment.Data.Windows.IsUsed, stop);
        var other = choice.Other(parsed) is { } source ? Score(choice.Where.Rows(parsed, experiment, source)) : null;
        // Without new data and without a threshold or ranks, the run's own are not needed for more than their test set.
        var own = choice.Where.Load(
            parsed, experiment.Data.With(excludedClasses: []), experiment.Train.Seed, model.Spec.Input, folder.DataRecord());
        var test = Score(own.Test);
        // Validation rows were not trained on either.
        var heldOut = ValueList.From(own.Validation.Count > 0 && (byRanks || asked.Rate is not null)
            ? [test, Score(own.Validation)] : new[] { test }).Select(part => part.Without(experiment.Data.ExcludedClasses)).ToList();
        if (byRanks)
        {
            var ranks = new AnomalyRanks(experiment.Data.Schema, heldOut.SelectMany(part => RowShares.Of(part.Data, part.Shares)),
                Math.Max(1, experiment.Data.Windows.Steps));
            (other, test, heldOut) = (other?.By(ranks), test.By(ranks), [.. heldOut.Select(part => part.By(ranks))]);
        }
        var scored = other ?? test;
        // With a threshold, new rows are not all taken for anomalies.
        var found = other is null ? LeftOut(test.Scores, experiment.Data.ExcludedClasses) : asked.Rate is not null ? []
            : [Anomalies.Detect(other.Data.Name, other.Scores, test.Scores)];
        // Shares are shown only where they are asked for.
        var shares = scored.Shares;
        if (!asked.Explains)
            scored = scored with { Shares = [] };
        Show(output, json, folder.Path, scored, asked.Top, Posteriors.HasDensity(model.Spec.Posterior) ? "" : Autoencoder);
        Write(output, json, found);
        var threshold = asked.Rate is not { } rate ? null : ScoreThreshold.Set(
            rate, heldOut.SelectMany(part => part.Scores.Select(score => score.Best)), [.. scored.Scores.Select(score => score.Best)]);
        if (threshold is not null)
            Say(output, json, threshold, byRanks);
        if (experiment.Data.Windows.IsUsed && AnswerFiles.IsRows(asked.Out) && choice.Other(parsed) is { } file)
            Save(output, json, (asked, experiment.Data), file, (shares, heldOut));
        else
            Save(output, parsed, choice, scored, new(model, folder, experiment, asked, threshold));
    }

    // The rows of a file that was cut into windows. A step of one window varies more than the mean over several windows, so the threshold
    // keeps its rate of false alarms.
    private static void Save(TextWriter output, bool json, (Request Asked, DataSpec Data) of, string file,
        (ValueList<AnomalyShare> Shares, List<ScoredRows> HeldOut) found)
    {
        var (schema, windows) = (of.Data.Schema, of.Data.Windows);
        double? threshold = of.Asked.Rate is not { } rate ? null : ScoreThreshold.Set(rate, found.HeldOut.SelectMany(part =>
            part.Shares).SelectMany(share => StepScores.OfWindow(share, schema, windows.Steps).Select(step => step.Sum())), []).Threshold;
        new StepScores(WindowTable.Open(file, ParquetTables.Format, schema, windows, isMasked: true), windows, schema)
            .Write(of.Asked.Out!, found.Shares, threshold, of.Asked.Explains);
        Printing.Wrote(output, json, of.Asked.Out!);
    }

    /// <summary>What a file of scores is made from.</summary>
    private sealed record Saved(VaeModel Model, RunFolder Folder, Experiment Experiment, Request Asked, ScoreThreshold? Threshold);

    private static void Save(TextWriter output, ParseResult parsed, TrainChoice choice, ScoredRows scored, Saved of)
    {
        var json = parsed.GetValue(Common.Json);
        if (AnswerFiles.IsRows(of.Asked.Out))
            ScoreFiles.Write(of.Asked.Out!, RowNames.Create(scored.Data, choice.Other(parsed), of.Experiment.Data.Windows), scored.Scores, of.Threshold?.Threshold,
                scored.Shares, of.Experiment.Data.Schema);
        else if (RunPictures.CanShow(scored.Data.Shape))
            StudyPictures.Anomalies(of.Model, scored.Data, of.Experiment.Data.Binarization, scored.Scores, of.Asked.Top)
                .Save(of.Asked.Out ?? of.Folder.File("anomalies.png"));
        else if (of.Asked.Out is null)
            return;
        else
            throw new VaeException($"out: must end with {AnswerFiles.Forms} for {scored.Data.Name}, "
                + $"whose examples are not images, got {of.Asked.Out}");
        Printing.Wrote(output, json, of.Asked.Out ?? of.Folder.File("anomalies.png"));
    }

    // Ranks weigh the columns of a table against each other.
    private static bool Ranked(Request asked, TableSchema schema) => asked.ByRanks ?? schema.Modelled.Count > 1 ? schema.IsTable
        ? true : throw new VaeException("score: must be density for data that are not a table, got ranks") : false;

    private static void Say(TextWriter output, bool json, ScoreThreshold threshold, bool isRanked)
    {
        if (json)
            Printing.Line(output, threshold);
        else
            output.WriteLine($"{threshold.Alarms:N0} of {threshold.Scored:N0} examples "
                + $"are above the threshold {TextLines.Nats(threshold.Threshold)}{(isRanked ? "" : " nats")}, "
                + $"set on {threshold.HeldOut:N0} held-out examples for {Printing.Text(100 * threshold.Rate)}% false alarms"
                + (threshold.IsCoarse ? "; they are too few for this rate: the threshold is the highest of their scores" : ""));
    }

    private static void Show(TextWriter output, bool json, string run, ScoredRows scored, int top, string caption)
    {
        var (schema, isRanked) = (scored.Data.Schema, scored.Scores.Any(score => score.Ranks is not null));
        if (json)
            foreach (var (score, i) in scored.Scores.Select((score, i) => (score, i)))
                Printing.Line(output, scored.Shares.Count == 0 ? score : new
                {
                    score.Index,
                    score.Class,
                    score.Reconstruction,
                    score.NegElbo,
                    score.Nll,
                    score.Ranks,
                    Shares = ScoreFiles.Columns(schema, scored.Shares[i].Values.Count)
                        .Zip(ScoreFiles.ByColumn(scored.Shares[i], schema)).ToDictionary(pair => pair.First, pair => pair.Second),
                });
        else
            Tables.Write(output, $"{run}: the most anomalous of {scored.Scores.Count:N0} examples of {scored.Data.Name}",
                ["index#", "class", .. isRanked ? ["score#"] : Array.Empty<string>(), "-log p(x)#", "-ELBO#", "reconstruction#",
                    .. scored.Shares.Count == 0 ? Array.Empty<string>() : ["largest shares"]],
                scored.Scores.OrderByDescending(score => score.Best).Take(top).Select(score => (string[])[
                    $"{score.Index}", score.Class, .. score.Ranks is { } ranks ? [TextLines.Nats(ranks)] : Array.Empty<string>(),
                    TextLines.Nats(score.Nll), TextLines.Nats(score.NegElbo),
                    TextLines.Nats(score.Reconstruction),
                    .. scored.Shares.Count == 0 ? Array.Empty<string>() : [Largest(scored.Shares[score.Index], schema)]]), caption);
    }

    private static string Largest(AnomalyShare share, TableSchema schema) =>
        string.Join(", ", ScoreFiles.Columns(schema, share.Values.Count)
        .Zip(ScoreFiles.ByColumn(share, schema)).OrderByDescending(pair => pair.Second).Take(3)
        .Select(pair => $"{pair.First} {TextLines.Nats(pair.Second)}"));

    private static ValueList<Detection> LeftOut(ValueList<AnomalyScore> scores, ValueList<string> excluded) => ValueList.From(
        from name in excluded
        let anomalies = scores.Where(score => score.Class == name).ToList()
        where anomalies.Count > 0
        select Anomalies.Detect(name, anomalies, [.. scores.Where(score => !excluded.Contains(score.Class))]));

    private static void Each(TextWriter output, ParseResult parsed, TrainChoice choice, string? to, int samples, CancellationToken stop)
    {
        var (experiment, split) = choice.New(parsed);
        if (!split.Train.HasLabels || split.Train.Classes.Count < 2)
            throw new VaeException(
                "data: must have labels of at least 2 classes for --leave-one-class-out, "
                + $"got {(split.Train.HasLabels ? "one" : "none")} in {split.Train.Name}");
        if (experiment.Data.ExcludedClasses.Count > 0)
            throw new VaeException(
                "exclude: must be left out with --leave-one-class-out, which excludes each class in turn, "
                + $"got {string.Join(", ", experiment.Data.ExcludedClasses)}");
        if (Common.StopsAt(parsed, experiment, split))
            return;
        var data = DataChoice.FolderName(experiment.Data.Source);
        var into = to ?? Path.Combine("runs", $"anomaly-{data}");
        var found = new List<Detection>();
        var present = split.Test.Labels.ToArray().Distinct().Select(label => split.Test.Classes[label]).ToHashSet();
        foreach (var name in split.Train.Classes.Where(present.Contains))
        {
            var run = new SeriesRun(
                $"without {name}", experiment.With(data: experiment.Data.With(excludedClasses: [name])),
                () => Splits.ExcludeClasses(split, [name]), Path.Combine(into, $"without-{Safe(name, split.Train)}"));
            using var model = Series.Finish(output, parsed, run, stop).LoadModel(parsed.GetRequiredValue(Common.Device));
            var input = new EvaluationInput(model, split.Test, experiment.Data.Binarization, parsed.GetValue(Common.Seed));
            found.AddRange(LeftOut(Anomalies.Scores(input, samples, stop), [name]));
        }
        Write(output, parsed.GetValue(Common.Json), ValueList.From(found));
        if (!parsed.GetValue(Common.Json) && !Posteriors.HasDensity(experiment.Model.Posterior))
            output.WriteLine(Autoencoder);
    }

    private static string Safe(string name, Dataset data) =>
        name.All(char.IsAsciiLetterOrDigit) ? name : $"{data.Classes.ToList().IndexOf(name)}";

    private static void Write(TextWriter output, bool json, ValueList<Detection> found)
    {
        if (json)
            foreach (var detection in found)
                Printing.Line(output, detection);
        else if (found.Count > 0)
            Tables.Write(output, "area under the ROC curve of each score: 0.5 is chance, 1 is perfect",
                ["anomaly class", "anomalies#", "ordinary#", "-log p(x)#", "-ELBO#", "reconstruction#"],
                [.. found.Select(d => Row(d.Class, $"{d.Anomalies}", $"{d.Ordinary}", d.Nll, d.NegElbo, d.Reconstruction)),
                 .. found.Count > 1 ? [Mean(found)] : Array.Empty<string[]>()],
                found.Any(d => (d.Nll ?? d.Reconstruction) < 0.5) ? Below : "");
    }

    private static string[] Mean(ValueList<Detection> found) =>
        Row("mean", "", "", found.Average(d => d.Nll), found.Average(d => d.NegElbo), found.Average(d => d.Reconstruction));

    private static string[] Row(string name, string anomalies, string ordinary, params double?[] areas) =>
        [name, anomalies, ordinary, .. areas.Select(area => Printing.Text(area))];
}
