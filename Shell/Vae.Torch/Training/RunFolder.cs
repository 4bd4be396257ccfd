using System.Text.Json;

namespace Vae.Torch;

/// <summary>
/// A run on disk: <c>experiment.json</c>, <c>model.safetensors</c> (the weights to use), <c>optimizer.safetensors</c> (all
/// that resuming needs), <c>history.jsonl</c>, pictures, <c>report.html</c>. Each file is replaced as a whole, and nothing
/// in it can execute, so after a kill at any moment the folder loads.
/// </summary>
public sealed class RunFolder
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new FiniteNumbers<double>() },
    };

    private readonly CustomComponents? parts;

    private RunFolder(string path, CustomComponents? parts) => (Path, this.parts) = (path, parts);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The weights to evaluate and sample with.</summary>
    public string ModelFile => File("model.safetensors");

    /// <summary>The state that training goes on from.</summary>
    public string StateFile => File("optimizer.safetensors");

    /// <summary>The state after the epoch with the best validation bound, weights and optimizer together, where there is a validation set. Of the form of <see cref="StateFile"/>: in its place, training goes on from that epoch.</summary>
    public string BestFile => File("best.safetensors");

    /// <summary>The whole spec.</summary>
    public string ExperimentFile => File("experiment.json");

    /// <summary>A line for each epoch.</summary>
    public string HistoryFile => File("history.jsonl");

    /// <summary>A file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A new run; <see cref="VaeException"/> where the folder holds anything already.</summary>
    public static RunFolder Create(string path, Experiment experiment)
    {
        var folder = new RunFolder(path, CustomComponents.Collect(experiment));
        try
        {
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() || System.IO.File.Exists(path))
                throw new VaeException($"out: must be a new or empty folder (or resume the run in it), got {path}");
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new VaeException($"out: must be a folder that can be made, got {path}: {e.Message}", e);
        }
        folder.Write(experiment);
        return folder;
    }

    /// <summary>A run that exists; <see cref="VaeException"/> where there is none.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="parts">Those of an application that the run's spec may name.</param>
    public static RunFolder Open(string path, CustomComponents? parts = null) =>
        System.IO.File.Exists(System.IO.Path.Combine(path, "experiment.json"))
            ? new(path, parts)
            : throw new VaeException($"run: must be the folder of a run, with an experiment.json, got {path}");

    /// <summary>Keeps every other process from training in this folder until disposed; a killed process keeps nothing.</summary>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(File("run.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException($"{Path}: must be writable and not in use by another run, got: {e.Message}", e);
        }
    }

    /// <summary>The whole spec of the run; <see cref="VaeException"/> with every problem of it.</summary>
    public Experiment Experiment() => VaeException.Unwrap(Named(ExperimentFile, SpecJson.ReadExperiment(Text(ExperimentFile), parts).Match(
        experiment => Specs.Problems(experiment) is { Count: > 0 } problems ? new Validated<Experiment>.Invalid(problems) : new Validated<Experiment>.Valid(experiment) as Validated<Experiment>,
        problems => new Validated<Experiment>.Invalid(problems))));

    /// <summary>Writes the spec.</summary>
    public void Write(Experiment experiment) => AtomicFile.WriteText(ExperimentFile, SpecJson.Write(experiment) + "\n");

    /// <summary>The epochs so far; empty before the first.</summary>
    public ValueList<HistoryEntry> History()
    {
        if (!System.IO.File.Exists(HistoryFile))
            return [];
        try
        {
            var history = ValueList.From(Text(HistoryFile).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<HistoryEntry>(FormerNames.Replace(line, FormerNames.History), Json) ?? throw new JsonException("a line is null")));
            for (var i = 0; i < history.Count; i++)
                if (history[i].Epoch <= (i == 0 ? 0 : history[i - 1].Epoch) || history[i].Step <= (i == 0 ? 0 : history[i - 1].Step))
                    throw new VaeException($"{HistoryFile}: must have epochs and steps from 1 upwards, each once, "
                        + $"got epoch {history[i].Epoch} at step {history[i].Step} in line {i + 1}");
            return history;
        }
        catch (JsonException e)
        {
            throw new VaeException($"{HistoryFile}: must have a JSON object a line, got: {e.Message}", e);
        }
    }

    /// <summary>Writes the epochs.</summary>
    public void Write(ValueList<HistoryEntry> history) =>
        AtomicFile.WriteText(HistoryFile, string.Concat(history.Select(entry => JsonSerializer.Serialize(entry, Json) + "\n")));

    /// <summary>The model with the run's weights; the caller disposes it.</summary>
    public VaeModel LoadModel(string device = "cpu")
    {
        if (!System.IO.File.Exists(ModelFile))
            throw new VaeException($"{Path}: must have weights (train it, or resume it, up to a checkpoint first), got no model.safetensors");
        var model = new VaeModel(Experiment().Model, 0, Devices.Find(device));
        try
        {
            model.Weights.Load(SafeTensors.Read(ModelFile), ModelFile);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The model with the weights of the epoch with the best validation bound, averaged where the run averages; the caller disposes it.</summary>
    public VaeModel LoadBest(string device = "cpu")
    {
        if (!System.IO.File.Exists(BestFile))
            throw new VaeException($"{Path}: must have a best epoch (train with a validation set: data.validation above 0), got no best.safetensors");
        var experiment = Experiment();
        var model = new VaeModel(experiment.Model, 0, Devices.Find(device));
        try
        {
            Checkpoint.LoadWeights(BestFile, model.Weights, experiment.Train.Averaging is not Averaging.None);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static string Text(string file)
    {
        const int mebibytes = 256;
        try
        {
            if (new FileInfo(file).Length is var length && length > mebibytes << 20)
                throw new VaeException($"{file}: must have at most {mebibytes} MiB, got {length} bytes");
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException($"{file}: must be readable, got: {e.Message}", e);
        }
    }

    private static Validated<T> Named<T>(string file, Validated<T> read) => read.Match(
        _ => read,
        problems => new Validated<T>.Invalid(ValueList.From(problems.Select(problem => problem.With(path: $"{file}: {problem.Path}")))));
}
