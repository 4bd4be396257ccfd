using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The options of <c>vae sweep</c>: those of <c>vae train</c>, each with one value or several.</summary>
internal sealed class SweepChoice
{
    private readonly Command train = new("train");
    private readonly TrainChoice choice;
    private readonly List<Option<string>> several = [];
    private readonly List<Option<string>> single = [];
    private readonly Option<int> seeds = new("--seeds") { Description = "Number of seeds: 1 to N" };
    private readonly Option<string> search = new("--search")
    {
        Description = "Which runs: grid (every combination of lists); random:RUNS, halving:RUNS:FACTOR:EPOCHS or hyperband:EPOCHS:FACTOR, "
            + "each with :SEED, which draw from lists and ranges such as 1e-4..1e-2:log",
        DefaultValueFactory = _ => "grid",
    };
    private readonly Option<string> part = new("--part")
    {
        Description = "The share of the runs to train, as 2/8 (default: that of a Slurm array task, else all that no other process has)",
    };
    private readonly Dictionary<Experiment, ParseResult> parses = [];

    public SweepChoice(Command command)
    {
        choice = new(train);
        foreach (var option in train.Options)
        {
            var mirrored = new Option<string>(option.Name, [.. option.Aliases]) { Description = SymbolText.Described(option) };
            (choice.Deciding.Contains(option) ? several : single).Add(mirrored);
            command.Add(mirrored);
        }
        command.Add(seeds);
        command.Add(search);
        command.Add(part);
    }

    /// <summary>Every combination; all problems are reported together.</summary>
    public SweepSpec Sweep(ParseResult parsed)
    {
        var how = SweepSearch.Parse(parsed.GetRequiredValue(search));
        var given = ValueList.From(several.Where(option => parsed.GetValue(option) is not null)
            .Select(option => ValueList.From(Values(option.Name, parsed.GetValue(option)!)
                .Select(value => KeyValuePair.Create(option.Name, value)))).Concat(Seeds(parsed)));
        var varied = given.Where(values => values.Count > 1 || how.Count > 0 && SweepSearch.IsRange(values[0].Value))
            .Select(values => values[0].Key).ToList();
        string[] rest = [.. single.Where(option => parsed.GetValue(option) is not null)
            .SelectMany(option => new[] { option.Name, parsed.GetValue(option)! }), .. Length(how, given)];
        var combinations = how.Count == 0 ? SweepSpec.Combinations(given).ToList() : Drawn(given, how);
        var problems = new RunProblems(combinations.Count);
        var runs = new List<SweepRun>();
        foreach (var combination in combinations)
        {
            var choices = ValueList.From(combination.Where(pair => varied.Contains(pair.Key)).Select(pair => pair.Value));
            problems.Try(string.Join(' ', combination.Where(pair => varied.Contains(pair.Key)).Select(pair => $"{pair.Key} {pair.Value}")),
                () => runs.Add(new("", choices, Experiment([.. combination.SelectMany(pair => new[] { pair.Key, pair.Value }), .. rest]))));
        }
        problems.Throw();
        return SweepSpec.Create(ValueList.From(varied.Select(name => name.TrimStart('-'))), runs) with
        {
            Halving = how.Halving,
            Part = parsed.GetValue(part) is { } share ? SweepPart.Parse(share) : SweepPart.FromSlurm(Environment.GetEnvironmentVariable),
        };
    }

    private static string[] Length(SweepSearch how, ValueList<ValueList<KeyValuePair<string, string>>> given) =>
        how.Epochs == 0 ? [] : given.All(values => values[0].Key != "--epochs")
            ? ["--epochs", how.Epochs.ToString(CultureInfo.InvariantCulture)]
            : throw new VaeException("epochs: must be left out with the search hyperband, which names them, got some");

    private static List<ValueList<KeyValuePair<string, string>>> Drawn(
        ValueList<ValueList<KeyValuePair<string, string>>> given, SweepSearch how)
    {
        KeyValuePair<string, string> At(int option, double u) =>
            KeyValuePair.Create(given[option][0].Key, SweepSearch.At([.. given[option].Select(pair => pair.Value)], u));
        return [.. SweepSpec.Draws(given.Count, how.Count, how.Seed, At, pair => pair.Value)];
    }

    /// <summary>The data of one of the experiments.</summary>
    public DataSplit Load(Experiment experiment) => choice.New(parses[experiment]).Data;

    private Experiment Experiment(string[] arguments)
    {
        var parsed = train.Parse(arguments);
        if (parsed.Errors.Count > 0)
            throw new VaeException(string.Join(Environment.NewLine, parsed.Errors.Select(ParseSentences.Rewrite)));
        var experiment = choice.New(parsed).Experiment;
        parses[experiment] = parsed;
        return experiment;
    }

    private IEnumerable<ValueList<KeyValuePair<string, string>>> Seeds(ParseResult parsed)
    {
        if (parsed.GetResult(seeds) is null or { Implicit: true })
            yield break;
        var count = parsed.GetValue(seeds);
        if (count is < 1 or > SweepSpec.MaxRuns)
            throw new VaeException($"seeds: must be 1 to {SweepSpec.MaxRuns}, got {count}");
        if (parsed.GetValue(several.First(option => option.Name == Common.Seed.Name)) is not null)
            throw new VaeException("seeds: must be left out with --seed, which lists them, got both");
        yield return ValueList.From(Enumerable.Range(1, count)
            .Select(seed => KeyValuePair.Create(Common.Seed.Name, seed.ToString(CultureInfo.InvariantCulture))));
    }

    private static string[] Values(string name, string text)
    {
        // What a table holds is one choice.
        if (name == "--columns")
            return [text];
        var values = Split(name, text);
        return values.All(value => value.Length > 0) && values.Distinct().Count() == values.Length ? values
            : throw new VaeException($"{name.TrimStart('-')}: must be distinct values separated by commas, none empty, got {text}");
    }

    // A likelihood of columns has commas of its own: what is no likelihood alone belongs to the one before it.
    private static string[] Split(string name, string text)
    {
        var values = new List<string>();
        foreach (var part in text.Split(','))
            if (name == "--likelihood" && values.Count > 0
                && values[^1].Contains("columns:", StringComparison.Ordinal) && !IsLikelihood(part) && IsLikelihood($"{values[^1]},{part}"))
                values[^1] += $",{part}";
            else
                values.Add(part);
        return [.. values];
    }

    private static bool IsLikelihood(string text) => SpecText.Likelihood(text).Match(_ => true, _ => false);
}
