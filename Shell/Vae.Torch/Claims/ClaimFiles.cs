using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vae.Torch;

/// <summary>
/// Reads and writes claims as JSON objects with the members of <see cref="Claim"/>; experiments are written as in a run's
/// <c>experiment.json</c>.
/// </summary>
internal static class ClaimFiles
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, IndentSize = 2, MaxDepth = 80 };

    /// <summary>Reads all claims of a folder, ordered by file name.</summary>
    /// <exception cref="VaeException">The folder has no claims, or a file is invalid; the message names it and its problems.</exception>
    public static ValueList<Claim> ReadAll(string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "*.json").Any())
            throw new VaeException($"claims: must be a folder of .json files, got {folder}");
        return ValueList.From(Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read));
    }

    /// <summary>Reads a claim.</summary>
    /// <exception cref="VaeException">The file is invalid; the message names it and its problems.</exception>
    public static Claim Read(string file)
    {
        try
        {
            var node = JsonNode.Parse(File.ReadAllText(file), documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new JsonException("not an object");
            var experiments = Experiments(node, file);
            var claim = new Claim(
                Path.GetFileNameWithoutExtension(file), Text(node, "source"), Text(node, "figure"), Preprocessing(node, experiments),
                ParseTier((string?)node["tier"] ?? "short"), Number(node, "published"), ParseBetter(Text(node, "better")),
                Number(node, "tolerance") ?? 0, Text(node, "measure"), experiments, Seeds(node, experiments),
                (string?)node["note"] ?? "", Number(node, "measured"), Number(node, "deviation"), (string?)node["measuredOn"],
                Number(node, "seconds"), (string?)node["commit"]);
            Check(claim, file);
            return claim;
        }
        catch (Exception e) when (
            e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
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

    /// <summary>Writes a claim to a file of its name, in the format of <see cref="Read"/>.</summary>
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

    private static Better ParseBetter(string text) => text switch
    {
        "lower" => Better.Lower,
        "higher" => Better.Higher,
        _ => throw new JsonException($"better: must be lower or higher, got {text}"),
    };

    private static ClaimTier ParseTier(string text) => text switch
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
        ValueList<ulong> seeds = node["seeds"] is not JsonArray given ? []
            : [.. given.Select(seed => (ulong?)seed ?? throw new JsonException("seeds: must be whole numbers, got null"))];
        return seeds.Count == 0 || experiments.Count == 1 && seeds.Distinct().Count() == seeds.Count ? seeds
            : throw new JsonException($"seeds: must be left out with several experiments, and different, got {seeds}");
    }

    private static string Text(JsonObject node, string name) =>
        (string?)node[name] ?? throw new JsonException($"{name}: must be given, got none");

    private static double? Number(JsonObject node, string name) => (double?)node[name] is not { } number ? null
        : double.IsFinite(number) ? number : throw new JsonException($"{name}: must be a finite number, got {node[name]?.ToJsonString()}");

    private static ValueList<Experiment> Experiments(JsonObject node, string file)
    {
        var list = node["experiments"] as JsonArray;
        var all = list is { Count: 1 } || list is { Count: > 0 } && list.Count % 2 == 0 ? list
            : throw new JsonException("experiments: must be a list of one or an even number, "
                + $"got {list?.Count.ToString(CultureInfo.InvariantCulture) ?? "not a list"}");
        return ValueList.From(all.Select((experiment, i) => SpecJson.ReadExperiment(experiment?.ToJsonString() ?? "null").Match(
            read => Specs.Problems(read) is { Count: > 0 } problems ? throw Broken(problems, file, i) : read,
            problems => throw Broken(problems, file, i))));
    }

    private static VaeException Broken(ValueList<Problem> problems, string file, int place) =>
        new(string.Join(Environment.NewLine, problems.Select(problem => $"{file}: experiments[{place}].{problem}")));
}
