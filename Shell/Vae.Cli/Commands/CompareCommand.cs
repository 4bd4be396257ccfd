using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vae.Torch;

namespace Vae.Cli;

internal static class CompareCommand
{
    private const string Autoencoder = "autoencoder", Variational = "variational autoencoder", Page = "compare.html";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    // Enough to show the variation between seeds.
    private const int Seeds = 5;

    public static Command Make(TextWriter output)
    {
        var command = new Command("compare",
            "Compare runs by the geometry of their latent spaces and by their samples, in a table and a page with "
                + "pictures; or train an autoencoder and a VAE with the same networks and compare them.");
        var runs = new Argument<string[]>("runs")
        {
            Description = "Run folders with the same data; runs that differ only in their seed are shown as one group",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var pair = new Option<bool>("--ae-vae")
        {
            Description = "Train an autoencoder and a VAE, with the options of vae train; finished runs in --out are reused",
        };
        var seeds = new Option<int>("--seeds")
        {
            Description = "Runs of each kind with --ae-vae, with consecutive seeds from --seed",
            DefaultValueFactory = _ => Seeds,
        };
        var draws = new Option<int>("--draws")
        {
            Description = "Codes to draw, uniform and from N(0, I), for the evaluation classifier",
            DefaultValueFactory = _ => new ComparisonOptions().Draws,
        };
        var to = Common.Out("Folder of the page, its pictures and, with --ae-vae, the runs (default: runs/compare-DATA)");
        command.Add(runs);
        foreach (Option option in new Option[] { pair, seeds, draws, to, Common.Device, Common.Threads, Common.Json })
            command.Add(option);
        var choice = new TrainChoice(command);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            Devices.UseThreads(parsed.GetValue(Common.Threads));
            var folders = parsed.GetValue(runs) ?? [];
            if (parsed.GetValue(pair) == folders.Length > 0)
                throw new VaeException(
                    $"runs: must be folders of runs, or left out with --ae-vae, got {(folders.Length > 0 ? "both" : "neither")}");
            var options = new ComparisonOptions(parsed.GetValue(draws), Seed: parsed.GetValue(Common.Seed));
            if (parsed.GetValue(Common.DryRun))
                return Checked(parsed, choice, parsed.GetValue(pair));
            if (parsed.GetValue(pair))
                Write(output, parsed, Trained(output, parsed, choice, parsed.GetValue(seeds), parsed.GetValue(to), stop), options, stop);
            else
                Write(output, parsed, ReadRuns(parsed, choice, folders, parsed.GetValue(to)), options, stop);
            return VaeCommand.Success;
        }, CancellationToken.None));
        return command;
    }

    private static int Checked(ParseResult parsed, TrainChoice choice, bool pair)
    {
        if (pair && choice.New(parsed) is var (experiment, data))
            Common.StopsAt(parsed, experiment, data);
        return VaeCommand.Success;
    }

    /// <summary>The runs to compare: their folders, groups and data, and the folder of the page.</summary>
    private sealed record Chosen(ValueList<RunFolder> Folders, ValueList<string> Groups, DataSplit Data, string Out);

    private static Chosen Trained(TextWriter output, ParseResult parsed, TrainChoice choice, int seeds, string? to, CancellationToken stop)
    {
        if (seeds < 1)
            throw new VaeException($"seeds: must be at least 1, got {seeds}");
        choice.RequireNone(parsed, ["--posterior", "--objective"], "with --ae-vae, which trains both kinds");
        var (first, data) = choice.New(parsed);
        var into = to ?? Default(first.Data);
        List<RunFolder> folders = [];
        foreach (var (group, name) in new[] { (Autoencoder, "autoencoder"), (Variational, "vae") })
            for (var i = 0; i < seeds; i++)
            {
                var seed = first.Train.Seed + (ulong)i;
                var experiment = Kind(first, group).With(train: first.Train.With(seed: seed));
                var run = new SeriesRun(
                    $"{group}, seed {seed}", experiment,
                    () => seed == first.Train.Seed ? data
                        : choice.Where.Load(parsed, experiment.Data, experiment.Train.Seed, experiment.Model.Input),
                    Path.Combine(into, $"{name}-{seed}"));
                folders.Add(Series.Finish(output, parsed, run, stop));
            }
        return new(ValueList.From(folders), ValueList.From(folders.Select((_, i) => i < seeds ? Autoencoder : Variational)), data, into);
    }

    private static Experiment Kind(Experiment experiment, string group) => group == Variational ? experiment
        : experiment.With(
            model: experiment.Model.With(posterior: Posteriors.Point, prior: Priors.StandardNormal), objective: Objectives.Reconstruction);

    private static Chosen ReadRuns(ParseResult parsed, TrainChoice choice, string[] paths, string? to)
    {
        choice.RequireNone(parsed, choice.Names.Except(["--seed"]), "for runs that are trained already");
        List<RunFolder> folders = [.. paths.Select(path => RunFolder.Open(path))];
        List<Experiment> experiments = [.. folders.Select(folder => folder.Experiment())];
        var first = experiments[0];
        for (var i = 1; i < experiments.Count; i++)
            if (experiments[i].Data.Source != first.Data.Source || experiments[i].Model.Input != first.Model.Input)
                throw new VaeException(
                    $"runs: must be of the same data, {first.Data.Source} of shape {first.Model.Input}, "
                    + $"got {experiments[i].Data.Source} of shape {experiments[i].Model.Input} in {paths[i]}");
        // Runs that differ only in their seed form a group, named by its first run.
        string Group(int at) =>
            Name(folders[experiments.FindIndex(other => Seedless(other) == Seedless(experiments[at]))], experiments[at]);
        return new(
            ValueList.From(folders), ValueList.From(folders.Select((_, i) => Group(i))), choice.Where.Load(parsed, folders[0]),
            to ?? Default(first.Data));
    }

    private static Experiment Seedless(Experiment experiment) => experiment.With(train: experiment.Train.With(seed: 0));

    private static string Name(RunFolder folder, Experiment experiment)
    {
        var kind = !Posteriors.HasDensity(experiment.Model.Posterior) ? "autoencoder"
            : experiment.Model.Condition is Condition.None ? "VAE" : "conditional VAE";
        return $"{kind} {NameOf(folder)}";
    }

    private static string NameOf(RunFolder folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder.Path));

    private static string Default(DataSpec data) =>
        Path.Combine("runs", $"compare-{Path.GetFileNameWithoutExtension(data.Source.TrimEnd(Path.DirectorySeparatorChar))}");

    private static void Write(TextWriter output, ParseResult parsed, Chosen chosen, ComparisonOptions options, CancellationToken stop)
    {
        List<Candidate> candidates = [];
        try
        {
            for (var i = 0; i < chosen.Folders.Count; i++)
            {
                var experiment = chosen.Folders[i].Experiment();
                candidates.Add(new(
                    NameOf(chosen.Folders[i]), chosen.Groups[i], experiment.Train.Seed,
                    RunChoice.Model(parsed, chosen.Folders[i]), experiment.Data.Binarization));
            }
            // Groups are in the order of their first runs.
            candidates = [.. candidates.GroupBy(candidate => candidate.Group).SelectMany(group => group)];
            var comparison = Comparisons.Run(candidates, chosen.Data, options, stop);
            var figures = ComparisonPictures.Draw(candidates, chosen.Data.Test, options.Seed);
            Write(output, parsed.GetValue(Common.Json), chosen.Out, comparison, figures);
        }
        finally
        {
            candidates.ForEach(candidate => candidate.Model.Dispose());
        }
    }

    private static void Write(TextWriter output, bool json, string folder, Comparison comparison, ValueList<Figure> figures)
    {
        if (json)
            Printing.Line(output, comparison);
        else
            Print(output, comparison);
        Disk.CreateOut(folder);
        foreach (var (figure, i) in figures.Select((figure, i) => (figure, i)))
            figure.Picture.Save(Path.Combine(folder, $"compare-{i + 1}.png"));
        AtomicFile.WriteText(Path.Combine(folder, "compare.json"), Printing.File(comparison));
        var compared = comparison.Groups.Count > 3 ? $"{comparison.Groups.Count} kinds of models" : string.Join(" and ", comparison.Groups);
        ComparisonPage.Save($"Comparison: {compared}", comparison, figures, Path.Combine(folder, Page));
        Printing.Wrote(output, json, Path.Combine(folder, Page));
    }

    private static void Print(TextWriter output, Comparison comparison)
    {
        var hasReal = comparison.Accuracy is not null;
        string[] Real(ComparedMetric metric) =>
            hasReal ? [metric.Real is { } real ? ComparisonPage.Number(real) : ""] : [];
        string[] notes = comparison.Models.Count > comparison.Groups.Count
            ? ["Mean ± standard deviation over seeds; the page has minimum and maximum too.", ComparisonPage.DifferenceNote(comparison).Trim()]
            : [];
        var differs = ComparisonPage.HasDifferences(comparison);
        string[] Difference(ComparedMetric metric) => differs ? [ComparisonPage.Short(metric.Difference)] : [];
        Tables.Write(output,
            $"{comparison.Examples.ToString("N0", CultureInfo.InvariantCulture)} test examples of {comparison.Data}",
            ["", .. comparison.Groups.Select(group => $"{group}#"), .. differs ? new[] { "difference#" } : [], .. hasReal ? new[] { "real images#" } : []],
            comparison.Metrics.Select(metric => (string[])[metric.Name, .. metric.Groups.Select(ComparisonPage.Short), .. Difference(metric), .. Real(metric)]),
            string.Join('\n', comparison.Notes.Concat(notes).Where(note => note.Length > 0)));
    }
}
