using System.CommandLine;
using System.Text.Json;
using Vae.Torch;

namespace Vae.Cli;

internal static class CompareCommand
{
    private const string Autoencoder = "autoencoder", Variational = "variational autoencoder", Page = "compare.html";

    // As many seeds as show how figures vary.
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
                throw new VaeException($"runs: must be folders of runs, or left out with --ae-vae, got {(folders.Length > 0 ? "both" : "neither")}");
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

    /// <summary>What is compared: folders with the kind of each, the data of all, and where the page goes.</summary>
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
                folders.Add(Series.Finish(output, parsed, new($"{group}, seed {seed}", experiment,
                    () => seed == first.Train.Seed ? data : choice.Where.Load(parsed, experiment), Path.Combine(into, $"{name}-{seed}")), stop));
            }
        return new(ValueList.From(folders), ValueList.From(folders.Select((_, i) => i < seeds ? Autoencoder : Variational)), data, into);
    }

    private static Experiment Kind(Experiment experiment, string group) => group == Variational ? experiment
        : experiment.With(model: experiment.Model.With(posterior: Posteriors.Point, prior: Priors.StandardNormal), objective: Objectives.Reconstruction);

    private static Chosen ReadRuns(ParseResult parsed, TrainChoice choice, string[] paths, string? to)
    {
        choice.RequireNone(parsed, choice.Names.Except(["--seed"]), "for runs that are trained already");
        List<RunFolder> folders = [.. paths.Select(path => RunFolder.Open(path))];
        List<Experiment> experiments = [.. folders.Select(folder => folder.Experiment())];
        var first = experiments[0];
        for (var i = 1; i < experiments.Count; i++)
            if (experiments[i].Data.Source != first.Data.Source || experiments[i].Model.Input != first.Model.Input)
                throw new VaeException($"runs: must be of the same data, {first.Data.Source} of shape {first.Model.Input}, got {experiments[i].Data.Source} of shape {experiments[i].Model.Input} in {paths[i]}");
        // Alike but for the seed: one kind, named by its first run.
        string Group(int at) => Name(folders[experiments.FindIndex(of => Seedless(of) == Seedless(experiments[at]))], experiments[at]);
        return new(ValueList.From(folders), ValueList.From(folders.Select((_, i) => Group(i))), choice.Where.Load(parsed, first), to ?? Default(first.Data));
    }

    private static Experiment Seedless(Experiment experiment) => experiment.With(train: experiment.Train.With(seed: 0));

    private static string Name(RunFolder folder, Experiment experiment) =>
        $"{(Posteriors.HasDensity(experiment.Model.Posterior) ? experiment.Model.Condition is Condition.None ? "VAE" : "conditional VAE" : "autoencoder")} {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder.Path))}";

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
                candidates.Add(new(Path.GetFileName(Path.TrimEndingDirectorySeparator(chosen.Folders[i].Path)), chosen.Groups[i], experiment.Train.Seed,
                    RunChoice.Model(parsed, chosen.Folders[i]), experiment.Data.Binarization));
            }
            // Those of a kind one after another, in the order of their first.
            candidates = [.. candidates.GroupBy(of => of.Group).SelectMany(group => group)];
            var comparison = Comparisons.Run(candidates, chosen.Data, options, stop);
            Write(output, parsed.GetValue(Common.Json), chosen.Out, comparison, ComparisonPictures.Draw(candidates, chosen.Data.Test, options.Seed));
        }
        finally
        {
            candidates.ForEach(of => of.Model.Dispose());
        }
    }

    private static void Write(TextWriter output, bool json, string folder, Comparison comparison, ValueList<Figure> figures)
    {
        if (json)
            Printing.Line(output, comparison);
        else
            Print(output, comparison);
        Make(folder);
        foreach (var (figure, i) in figures.Select((figure, i) => (figure, i)))
            figure.Picture.Save(Path.Combine(folder, $"compare-{i + 1}.png"));
        AtomicFile.WriteText(Path.Combine(folder, "compare.json"), Printing.File(comparison));
        ComparisonPage.Save($"Comparison: {string.Join(" and ", comparison.Groups.Count > 3 ? [$"{comparison.Groups.Count} kinds of models"] : comparison.Groups)}", comparison, figures, Path.Combine(folder, Page));
        Printing.Wrote(output, json, Path.Combine(folder, Page));
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new VaeException($"out: must be a folder that can be made, got {folder}: {e.Message}", e);
        }
    }

    private static void Print(TextWriter output, Comparison of)
    {
        string[] real = of.Accuracy is null ? [] : ["real images#"];
        Tables.Write(output, $"{of.Examples:N0} test examples of {of.Data}", ["", .. of.Groups.Select(group => $"{group}#"), .. real],
            of.Metrics.Select(figure => (string[])[figure.Name, .. figure.Groups.Select(ComparisonPage.Short), .. real.Length == 0 ? [] : new[] { figure.Real is { } mark ? ComparisonPage.Number(mark) : "" }]),
            string.Join('\n', of.Notes.Concat(of.Models.Count > of.Groups.Count ? ["Mean ± standard deviation over seeds; from least to most on the page."] : Array.Empty<string>())));
    }
}
