using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vae.Torch;

/// <summary>Claims as files: JSON objects with the members of <see cref="Claim"/>, the experiments as a run's own <c>experiment.json</c> has them.</summary>
internal static class ClaimFiles
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, IndentSize = 2, MaxDepth = 80 };

    /// <summary>The claims of a folder, by name; <see cref="VaeException"/> with the file and what is wrong in it.</summary>
    public static ValueList<Claim> ReadAll(string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "*.json").Any())
            throw new VaeException($"claims: must be a folder of .json files, got {folder}");
        return ValueList.From(Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read));
    }

    /// <summary>A claim; <see cref="VaeException"/> with the file and what is wrong in it.</summary>
    public static Claim Read(string file)
    {
        try
        {
            var node = JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new JsonException("no object");
            var experiments = Experiments(node, file);
            var claim = new Claim(
                Path.GetFileNameWithoutExtension(file), Text(node, "source"), Text(node, "figure"), Preprocessing(node, experiments), TierOf((string?)node["tier"] ?? "short"),
                Number(node, "published"), BetterOf(Text(node, "better")), Number(node, "tolerance") ?? 0, Text(node, "measure"), experiments, Seeds(node, experiments),
                (string?)node["note"] ?? "", Number(node, "measured"), Number(node, "deviation"), (string?)node["measuredOn"], Number(node, "seconds"), (string?)node["commit"]);
            Check(claim, file);
            return claim;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            throw new VaeException($"{file}: must be a claim as JSON, got: {e.Message}", e);
        }
    }

    private static void Check(Claim claim, string file)
    {
        try
        {
            NamedMeasures.FindNumber(claim.Measure);
        }
        catch (VaeException e)
        {
            throw new VaeException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>The file of a claim, as <see cref="Read"/> reads it.</summary>
    public static void Write(string folder, Claim claim)
    {
        var node = new JsonObject
        {
            ["name"] = claim.Name,
            ["source"] = claim.Source,
            ["figure"] = claim.Figure,
            ["preprocessing"] = claim.Preprocessing,
            ["tier"] = claim.TierText,
            ["published"] = claim.Published,
            ["better"] = claim.Better == Better.Lower ? "lower" : "higher",
            ["tolerance"] = claim.Tolerance,
            ["note"] = claim.Note,
            ["measured"] = claim.Measured,
            ["deviation"] = claim.Deviation,
            ["measuredOn"] = claim.MeasuredOn,
            ["seconds"] = claim.Seconds,
            ["commit"] = claim.Commit,
            ["measure"] = claim.Measure,
            ["seeds"] = new JsonArray([.. claim.Seeds.Select(seed => JsonValue.Create(seed))]),
            ["experiments"] = new JsonArray([.. claim.Experiments.Select(experiment => JsonNode.Parse(SpecJson.Write(experiment)))]),
        };
        AtomicFile.WriteText(Path.Combine(folder, $"{claim.Name}.json"), node.ToJsonString(Options) + "\n");
    }

    private static Better BetterOf(string text) => text switch
    {
        "lower" => Better.Lower,
        "higher" => Better.Higher,
        _ => throw new JsonException($"better: must be lower or higher, got {text}"),
    };

    private static ClaimTier TierOf(string text) => text switch
    {
        "short" => ClaimTier.Short,
        "long" => ClaimTier.Long,
        "gpu" => ClaimTier.Gpu,
        _ => throw new JsonException($"tier: must be short, long or gpu, got {text}"),
    };

    // That of the source, which would be compared with other data otherwise.
    private static string Preprocessing(JsonObject node, ValueList<Experiment> experiments)
    {
        string[] ours = [.. experiments.Select(Claim.PreprocessingOf).Distinct()];
        var theirs = (string?)node["preprocessing"] ?? ours[0];
        return ours is [var one] && one == theirs ? theirs
            : throw new JsonException($"preprocessing: must be that of the experiments, {string.Join(" and ", ours)}, got {theirs}");
    }

    private static ValueList<ulong> Seeds(JsonObject node, ValueList<Experiment> experiments)
    {
        ValueList<ulong> seeds = node["seeds"] is JsonArray given ? [.. given.Select(seed => (ulong?)seed ?? throw new JsonException("seeds: must be whole numbers, got null"))] : [];
        return seeds.Count == 0 || experiments.Count == 1 && seeds.Distinct().Count() == seeds.Count ? seeds
            : throw new JsonException($"seeds: must be left out with several experiments, and different, got {seeds}");
    }

    private static string Text(JsonObject node, string name) => (string?)node[name] ?? throw new JsonException($"{name}: must be given, got none");

    private static double? Number(JsonObject node, string name) => (double?)node[name];

    private static ValueList<Experiment> Experiments(JsonObject node, string file)
    {
        var all = node["experiments"] as JsonArray is { Count: > 0 } given && (given.Count == 1 || given.Count % 2 == 0) ? given
            : throw new JsonException($"experiments: must be one or an even number, got {(node["experiments"] as JsonArray)?.Count.ToString(CultureInfo.InvariantCulture) ?? "no list"}");
        return ValueList.From(all.Select((experiment, i) => SpecJson.ReadExperiment(experiment?.ToJsonString() ?? "null").Match(
            read => Specs.Problems(read) is { Count: > 0 } problems ? throw Broken(problems, file, i) : read,
            problems => throw Broken(problems, file, i))));
    }

    private static VaeException Broken(ValueList<Problem> problems, string file, int place) =>
        new(string.Join(Environment.NewLine, problems.Select(problem => $"{file}: experiments[{place}].{problem}")));
}
