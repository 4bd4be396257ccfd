using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class AnomalyCommand
{
    private const string Autoencoder = "an autoencoder has no KL and no bound on log p(x): its reconstruction is the score";

    // A density is high where there is little to say: Nalisnick et al. 2019.
    private const string Below = "below 0.5: pictures simpler than the ordinary ones are likely, though the model never saw their like";

    public static Command Make(TextWriter output)
    {
        var command = new Command("anomaly",
            "Score how anomalous each example is, by −ELBO and by the importance-weighted bound on −log p(x); or "
                + "measure, class by class, how well a model detects a class that was excluded from its training.");
        var run = new Argument<string>("run")
        {
            Description = "Run folder; its test set, with excluded classes, is scored, or the data set named by --data",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Add(run);
        var each = new Option<bool>("--leave-one-class-out", "--leave-out-each")
        {
            Description = "Train a model without each class in turn and measure how well that class is detected; finished runs in --out are reused",
        };
        var samples = new Option<int>("--importance-samples")
        {
            Description = "Samples k of the importance-weighted bound on −log p(x)",
            DefaultValueFactory = _ => 20,
        };
        var top = new Option<int>("--top") { Description = "Number of most anomalous examples to show", DefaultValueFactory = _ => 12 };
        var to = Common.Out("PNG file to write (default: anomalies.png in the run folder); with --leave-one-class-out, the folder of the runs (default: runs/anomaly-DATA)");
        foreach (Option option in new Option[] { each, samples, top, to, Common.AcceptChanges, Common.Device, Common.Threads, Common.Json })
            command.Add(option);
        var choice = new TrainChoice(command);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            Devices.UseThreads(parsed.GetValue(Common.Threads));
            var k = AtLeastOne("importance-samples", parsed.GetValue(samples));
            _ = AtLeastOne("top", parsed.GetValue(top));
            if (parsed.GetValue(each) == parsed.GetValue(run) is not null)
                throw new VaeException($"run: must be the folder of a run, or left out with --leave-one-class-out, got {(parsed.GetValue(each) ? "both" : "neither")}");
            if (parsed.GetValue(each))
                Each(output, parsed, choice, parsed.GetValue(to), k, stop);
            else if (!parsed.GetValue(Common.DryRun))
                One(output, parsed, choice, RunFolder.Open(parsed.GetRequiredValue(run)),
                    new(parsed.GetValue(top), parsed.GetValue(to), k), stop);
            return VaeCommand.Success;
        }, CancellationToken.None));
        return command;
    }

    private static int AtLeastOne(string path, int value) => value >= 1 ? value : throw new VaeException($"{path}: must be at least 1, got {value}");

    /// <summary>The number of examples to show, the PNG to write if it is not the default, and the samples of the bound.</summary>
    private sealed record Asked(int Top, string? Out, int Samples);

    private static void One(TextWriter output, ParseResult parsed, TrainChoice choice, RunFolder folder, Asked asked, CancellationToken stop)
    {
        choice.RequireNone(parsed, choice.Names.Except(["--data", "--seed"]), "for a run that is trained already");
        using var model = RunChoice.Model(parsed, folder);
        var (experiment, seed, json) = (folder.Experiment(), parsed.GetValue(Common.Seed), parsed.GetValue(Common.Json));
        ValueList<AnomalyScore> Scores(Dataset data) => Anomalies.Scores(new(model, data, experiment.Data.Binarization, seed), asked.Samples, stop);
        var own = choice.Where.Load(parsed, experiment.Data.With(excludedClasses: []), experiment.Train.Seed, model.Spec.Input, folder.DataRecord()).Test;
        var other = choice.Other(parsed) is { } source ? choice.Where.Rows(parsed, experiment, source) : null;
        var scored = other ?? own;
        var scores = Scores(scored);
        var found = other is null ? LeftOut(scores, experiment.Data.ExcludedClasses) : [Anomalies.Detect(other.Name, scores, Scores(own))];
        if (json)
            foreach (var score in scores)
                Printing.Line(output, score);
        else
            Tables.Write(output, $"{folder.Path}: the most anomalous of {scores.Count:N0} examples of {scored.Name}",
                ["place#", "class", "-log p(x)#", "-ELBO#", "reconstruction#"],
                scores.OrderByDescending(score => score.Best).Take(asked.Top).Select(score => (string[])[$"{score.Index}", score.Class, TextLines.Nats(score.Nll), TextLines.Nats(score.NegElbo), TextLines.Nats(score.Reconstruction)]),
                Posteriors.HasDensity(model.Spec.Posterior) ? "" : Autoencoder);
        Write(output, json, found);
        if (!RunPictures.CanShow(scored.Shape))
            return;
        var path = asked.Out ?? folder.File("anomalies.png");
        StudyPictures.Anomalies(model, scored, experiment.Data.Binarization, scores, asked.Top).Save(path);
        Printing.Wrote(output, json, path);
    }

    private static ValueList<Detection> LeftOut(ValueList<AnomalyScore> scores, ValueList<string> without) => ValueList.From(
        from name in without
        let anomalies = scores.Where(score => score.Class == name).ToList()
        where anomalies.Count > 0
        select Anomalies.Detect(name, anomalies, [.. scores.Where(score => !without.Contains(score.Class))]));

    private static void Each(TextWriter output, ParseResult parsed, TrainChoice choice, string? to, int samples, CancellationToken stop)
    {
        var (experiment, split) = choice.New(parsed);
        if (!split.Train.HasLabels || split.Train.Classes.Count < 2)
            throw new VaeException($"data: must have labels of at least 2 classes to leave out each, got {(split.Train.HasLabels ? "one" : "none")} in {split.Train.Name}");
        if (experiment.Data.ExcludedClasses.Count > 0)
            throw new VaeException($"exclude: must be left out with --leave-one-class-out, which excludes each class in turn, got {string.Join(", ", experiment.Data.ExcludedClasses)}");
        if (Common.StopsAt(parsed, experiment, split))
            return;
        var into = to ?? Path.Combine("runs", $"anomaly-{Path.GetFileNameWithoutExtension(experiment.Data.Source.TrimEnd(Path.DirectorySeparatorChar))}");
        var found = new List<Detection>();
        var present = split.Test.Labels.ToArray().Distinct().Select(label => split.Test.Classes[label]).ToHashSet();
        foreach (var name in split.Train.Classes.Where(present.Contains))
        {
            var folder = Series.Finish(output, parsed, new($"without {name}", experiment.With(data: experiment.Data.With(excludedClasses: [name])),
                () => Splits.ExcludeClasses(split, [name]), Path.Combine(into, $"without-{Safe(name, split.Train)}")), stop);
            using var model = folder.LoadModel(parsed.GetRequiredValue(Common.Device));
            found.AddRange(LeftOut(Anomalies.Scores(new(model, split.Test, experiment.Data.Binarization, parsed.GetValue(Common.Seed)), samples, stop), [name]));
        }
        Write(output, parsed.GetValue(Common.Json), ValueList.From(found));
        if (!parsed.GetValue(Common.Json) && !Posteriors.HasDensity(experiment.Model.Posterior))
            output.WriteLine(Autoencoder);
    }

    private static string Safe(string name, Dataset data) => name.All(char.IsAsciiLetterOrDigit) ? name : $"{data.Classes.ToList().IndexOf(name)}";

    private static void Write(TextWriter output, bool json, ValueList<Detection> found)
    {
        if (json)
            foreach (var detection in found)
                Printing.Line(output, detection);
        else if (found.Count > 0)
            Tables.Write(output, "area under the ROC curve of each score: 0.5 tells nothing, 1 all",
                ["anomalies", "of them#", "ordinary#", "-log p(x)#", "-ELBO#", "reconstruction#"],
                [.. found.Select(d => Row(d.Class, $"{d.Anomalies}", $"{d.Ordinary}", d.Nll, d.NegElbo, d.Reconstruction)),
                 .. found.Count > 1 ? [Row("mean", "", "", found.Average(d => d.Nll), found.Average(d => d.NegElbo), found.Average(d => d.Reconstruction))] : Array.Empty<string[]>()],
                found.Any(d => (d.Nll ?? d.Reconstruction) < 0.5) ? Below : "");
    }

    private static string[] Row(string name, string anomalies, string ordinary, params double?[] areas) => [name, anomalies, ordinary, .. areas.Select(area => Printing.Text(area))];
}
