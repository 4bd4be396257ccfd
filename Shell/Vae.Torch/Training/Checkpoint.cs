using System.Globalization;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The progress of a run, without its tensors.</summary>
/// <param name="Step">Number of steps since the run began.</param>
/// <param name="Seconds">Training time.</param>
/// <param name="Totals">Sums over the measured steps of the current epoch.</param>
/// <param name="Best">The lowest validation criterion since the end of the warm-up; infinite before.</param>
/// <param name="BestEpoch">The epoch of <paramref name="Best"/>; 0 before the first.</param>
internal sealed record Progress(long Step, double Seconds, StepTotals Totals, double Best, int BestEpoch)
{
    public static Progress Start { get; } = new(0, 0, default, double.PositiveInfinity, 0);

    /// <summary>Batch size; 0 if the file does not say.</summary>
    public int Batch { get; init; }

    /// <summary>Number of steps of an epoch; 0 if the file does not say.</summary>
    public long StepsPerEpoch { get; init; }
}

/// <summary>How a run computes. The choices differ in the last bits of a float, so a resumed run keeps those that it began with.</summary>
/// <param name="Step">How a step is computed.</param>
/// <param name="Matmul">The matmul backend, by name.</param>
/// <param name="Precision">Precision of matrix products.</param>
internal sealed record Routes(StepRoute Step, string Matmul, Precision Precision)
{
    /// <summary>The choices as a text for display: <c>compiled step in bf16, default matmul backend</c>.</summary>
    public string Name
    {
        get
        {
            var precision = Precision switch { Precision.BFloat16 => " in bf16", Precision.TensorFloat32 => " in tf32", _ => "" };
            return $"{Step} step{precision}, {Matmul} matmul backend".ToLowerInvariant();
        }
    }
}

/// <summary>The complete state of training in one file, which is replaced as a whole, so that its parts always belong together.</summary>
internal static class Checkpoint
{
    private const string Prefix = "optimizer";

    // Doubles represent whole numbers exactly up to here.
    private const double MaxSteps = 1L << 53;

    /// <summary>Saves weights, optimizer state and progress.</summary>
    public static void SaveState(
        string file, Weights weights, OptimizerState state, Progress progress, Routes routes, IReadOnlyList<AuxiliaryNet> auxiliaries)
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(file,
            [
                .. weights.Entries(weights.Flat),
                .. state.Entries(Prefix),
                .. auxiliaries.SelectMany(network => network.Entries()),
            ],
            Metadata(progress, routes));
    }

    /// <summary>Saves the weights to evaluate with; the trained values come from a flat buffer, the weights' or their average.</summary>
    public static void SaveModel(RunFolder folder, Weights weights, Tensor flat, IReadOnlyList<AuxiliaryNet> auxiliaries)
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(
            folder.ModelFile, [.. weights.Entries(flat), .. auxiliaries.SelectMany(network => network.Kept())],
            new Dictionary<string, string> { ["format"] = "pt" });
    }

    /// <summary>Loads the weights to evaluate with from a saved state; their average if <paramref name="averaged"/> is true.</summary>
    /// <exception cref="VaeException">The file is damaged or of another model.</exception>
    public static void LoadWeights(string file, Weights weights, bool averaged, string prefix = Prefix)
    {
        var saved = SafeTensors.Read(file);
        weights.Load(saved, file);
        using var noGrad = no_grad();
        if (averaged)
            TorchBridge.Load(saved, file, $"{prefix}.average", weights.Flat);
    }

    /// <summary>Loads weights, optimizer state and progress.</summary>
    /// <exception cref="VaeException">The file is damaged or of another model.</exception>
    public static Progress LoadState(RunFolder folder, Weights weights, OptimizerState state, IReadOnlyList<AuxiliaryNet> auxiliaries)
    {
        var file = SafeTensors.Read(folder.StateFile);
        weights.Load(file, folder.StateFile);
        state.Load(file, folder.StateFile, Prefix);
        foreach (var network in auxiliaries)
            network.Load(file, folder.StateFile);
        return Parse(file, folder.StateFile);
    }

    /// <summary>The choices that a run began with; the given ones take precedence unless they are automatic.</summary>
    public static Routes LoadRoutes(RunFolder folder, Routes asked)
    {
        var saved = File.Exists(folder.StateFile) ? SafeTensors.Read(folder.StateFile).Metadata : new Dictionary<string, string>();
        // Checked even where another is asked for: a file with a route that does not exist is damaged.
        string? Saved(string key, IEnumerable<string> names) => !saved.TryGetValue(key, out var name) || names.Contains(name) ? name
            : throw new VaeException($"{folder.StateFile}: metadata.{key} must be one of {string.Join(", ", names)}, got {name}");
        var step = Saved("route.step", Enum.GetNames<StepRoute>());
        var matmul = Saved("route.products", MatmulBackends.Recorded);
        var precision = Saved("route.precision", Enum.GetNames<Precision>());
        return new(
            asked.Step == StepRoute.Auto && step is not null ? Enum.Parse<StepRoute>(step) : asked.Step,
            asked.Matmul == "auto" && matmul is not null ? matmul : asked.Matmul,
            asked.Precision != Precision.Auto ? asked.Precision
                : precision is not (null or nameof(Precision.Auto)) ? Enum.Parse<Precision>(precision) : Precision.Float32);
    }

    private static Dictionary<string, string> Metadata(Progress p, Routes routes) => new()
    {
        ["route.step"] = $"{routes.Step}",
        ["route.products"] = routes.Matmul,
        ["route.precision"] = $"{routes.Precision}",
        ["step"] = Text(p.Step),
        ["seconds"] = Text(p.Seconds),
        ["best"] = Text(p.Best),
        ["bestEpoch"] = Text(p.BestEpoch),
        ["batch"] = Text(p.Batch),
        ["stepsPerEpoch"] = Text(p.StepsPerEpoch),
        ["totals.loss"] = Text(p.Totals.Loss),
        ["totals.reconstruction"] = Text(p.Totals.Reconstruction),
        ["totals.kl"] = Text(p.Totals.Kl),
        ["totals.examples"] = Text(p.Totals.Examples),
        ["totals.skipped"] = Text(p.Totals.Skipped),
    };

    private static Progress Parse(SafeTensorFile file, string path)
    {
        double Number(string key) =>
            file.Metadata.TryGetValue(key, out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new VaeException($"{path}: metadata must have the number {key}, got {(text is null ? "none" : text)}");
        double Finite(string key) => Number(key) is var value && double.IsFinite(value)
            ? value
            : throw new VaeException($"{path}: metadata.{key} must be finite, got {value}");
        double Whole(string key, double max) => Number(key) is var value && value >= 0 && value <= max && value == Math.Floor(value)
            ? value
            : throw new VaeException($"{path}: metadata.{key} must be a whole number in 0 … {max}, got {value}");
        double Optional(string key, double max) => file.Metadata.ContainsKey(key) ? Whole(key, max) : 0;
        return new((long)Whole("step", MaxSteps), Finite("seconds"),
            new(Finite("totals.loss"), Finite("totals.reconstruction"), Finite("totals.kl"), (long)Whole("totals.examples", MaxSteps),
                (long)Optional("totals.skipped", MaxSteps)),
            Number("best") is var best && !double.IsNaN(best) ? best
                : throw new VaeException($"{path}: metadata.best must be a number, got NaN"),
            (int)Whole("bestEpoch", int.MaxValue))
        { Batch = (int)Optional("batch", int.MaxValue), StepsPerEpoch = (long)Optional("stepsPerEpoch", MaxSteps) };
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
