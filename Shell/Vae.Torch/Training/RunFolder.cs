using System.Text.Json;

namespace Vae.Torch;

/// <summary>
/// A run on disk: <c>experiment.json</c>, <c>model.safetensors</c> (the weights to evaluate with), <c>optimizer.safetensors</c>
/// (the state to resume from), <c>history.jsonl</c>, <c>data.json</c> (which rows are in which part), images, <c>report.html</c>,
/// <c>README.md</c> (the model card), and <c>explore.html</c> if it was asked for.
/// Each file is replaced as a whole and holds no code; the folder loads even if the run was killed.
/// </summary>
public sealed class RunFolder
{
    /// <summary>Names of the pages in a run folder: about the run, and to explore its latent space.</summary>
    internal const string ReportName = "report.html", ExplorerName = "explore.html";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new FiniteNumbers<double>() },
    };

    private readonly CustomComponents? parts;

    private RunFolder(string path, CustomComponents? parts) => (Path, this.parts) = (path, parts);

    /// <summary>Path of the folder.</summary>
    public string Path { get; }

    /// <summary>Path of the weights to evaluate and sample with.</summary>
    public string ModelFile => File("model.safetensors");

    /// <summary>Path of the state from which training resumes.</summary>
    public string StateFile => File("optimizer.safetensors");

    /// <summary>
    /// Path of the state, weights and optimizer, after the epoch with the best validation criterion; written if there is a
    /// validation set. Copied over <see cref="StateFile"/>, it lets training resume from that epoch.
    /// </summary>
    public string BestFile => File("best.safetensors");

    /// <summary>Path of the experiment's specification.</summary>
    public string ExperimentFile => File("experiment.json");

    /// <summary>Path of the history, a line for each epoch.</summary>
    public string HistoryFile => File("history.jsonl");

    /// <summary>The record of the data: a hash, and the rows of each part.</summary>
    public string DataFile => File("data.json");

    /// <summary>Path of a file in the folder.</summary>
    /// <param name="name">Name of the file.</param>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Creates the folder of a new run.</summary>
    /// <param name="path">The folder: absent or empty.</param>
    /// <param name="experiment">The experiment, which is written to the folder.</param>
    /// <exception cref="VaeException">The folder is not empty or cannot be created.</exception>
    public static RunFolder Create(string path, Experiment experiment)
    {
        var folder = new RunFolder(path, CustomComponents.Collect(experiment));
        try
        {
            // A run that was killed while it wrote its first file has begun nothing.
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path)
                    .Any(entry => entry != AtomicFile.Temporary(folder.ExperimentFile)) || System.IO.File.Exists(path))
                throw new VaeException($"out: must be a new or empty folder (or resume the run in it), got {path}");
            Disk.CreateFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new VaeException($"out: must be a folder that can be created, got {path}: {e.Message}", e);
        }
        folder.Write(experiment);
        return folder;
    }

    /// <summary>The folder of a run that another process creates; nothing is read.</summary>
    internal static RunFolder CreatedElsewhere(string path, Experiment experiment) => new(path, CustomComponents.Collect(experiment));

    /// <summary>Opens the folder of an existing run.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="parts">Custom components that the run's specification may name; null for none.</param>
    /// <exception cref="VaeException">The folder has no <c>experiment.json</c>.</exception>
    /// <example>
    /// <code>
    /// var run = RunFolder.Open("runs/digits");
    /// var last = run.History()[^1];
    /// using var model = run.LoadModel();
    /// </code>
    /// </example>
    public static RunFolder Open(string path, CustomComponents? parts = null) =>
        System.IO.File.Exists(System.IO.Path.Combine(path, "experiment.json"))
            ? new(path, parts)
            : throw new VaeException($"run: must be the folder of a run, with an experiment.json, got {path}");

    /// <summary>Locks the folder against training by other processes until disposed; the lock of a killed process is released.</summary>
    /// <exception cref="VaeException">Another process trains in the folder, or the folder is not writable.</exception>
    public IDisposable Lock()
    {
        try
        {
            return FileLock.TryTake(File("run.lock"), delete: true) ?? throw new VaeException(
                $"{Path}: must not be in use by another process, got one that trains in it; wait for its end, or name another folder");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException($"{Path}: must be writable, got: {e.Message}", e);
        }
    }

    /// <summary>Reads the run's experiment.</summary>
    /// <exception cref="VaeException">The file is unreadable or the specification has problems; the message lists them all.</exception>
    public Experiment Experiment() => VaeException.Unwrap(Named(ExperimentFile, SpecJson.ReadExperiment(Text(ExperimentFile), parts).Match(
        experiment => Specs.Problems(experiment) is { Count: > 0 } problems
            ? new Validated<Experiment>.Invalid(problems) : new Validated<Experiment>.Valid(experiment) as Validated<Experiment>,
        problems => new Validated<Experiment>.Invalid(problems))));

    /// <summary>Writes the run's experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <exception cref="VaeException">The folder is not writable.</exception>
    public void Write(Experiment experiment) => AtomicFile.WriteText(ExperimentFile, SpecJson.Write(experiment) + "\n");

    /// <summary>
    /// The run's data, divided as when the run was made, wherever its rows stand now; <see cref="VaeException"/> where rows are gone or
    /// new. A run of an earlier version has no record: its data are divided by its seed.
    /// </summary>
    /// <param name="options">Where and how to read; what the run's spec says is set here.</param>
    /// <param name="acceptChanges">Whether a file with other rows is used as far as it holds those of the run;
    /// <see cref="DataSplit.Changes"/> says so then.</param>
    /// <param name="progress">Receives progress of downloads.</param>
    public DataSplit LoadData(DataOptions? options = null, bool acceptChanges = false, IProgress<DownloadProgress>? progress = null)
    {
        var experiment = Experiment();
        var (given, own) = (options ?? new(), DataOptions.For(experiment.Data, experiment.Train.Seed));
        return DataSources.Load(experiment.Data.Source, own with
        {
            Root = given.Root,
            Channels = given.Channels,
            Height = given.Height,
            Width = given.Width,
            Memory = given.Memory,
            Decoder = given.Decoder,
            Tables = given.Tables,
            Download = given.Download,
            Record = DataRecord(),
            AcceptChanges = acceptChanges,
        }, progress);
    }

    /// <summary>What the run keeps of its data; null in a run of an earlier version, and for data that are not of one file.</summary>
    internal DataRecord? DataRecord() => System.IO.File.Exists(DataFile) ? Torch.DataRecord.Read(Text(DataFile), DataFile) : null;

    /// <summary>Writes what the run keeps of its data.</summary>
    internal void Write(DataRecord record) => AtomicFile.WriteText(DataFile, record.Write());

    /// <summary>Reads the results of the epochs so far; empty before the first.</summary>
    /// <exception cref="VaeException">The file is unreadable or damaged.</exception>
    public ValueList<HistoryEntry> History()
    {
        if (!System.IO.File.Exists(HistoryFile))
            return [];
        try
        {
            var history = ValueList.From(Text(HistoryFile).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<HistoryEntry>(FormerNames.Replace(line, FormerNames.History), Json)
                    ?? throw new JsonException("a line is null")));
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

    /// <summary>Writes the results of the epochs.</summary>
    /// <param name="history">The results, in order.</param>
    /// <exception cref="VaeException">The folder is not writable.</exception>
    public void Write(ValueList<HistoryEntry> history) =>
        AtomicFile.WriteText(HistoryFile, string.Concat(history.Select(entry => JsonSerializer.Serialize(entry, Json) + "\n")));

    /// <summary>Loads the model with the run's weights; the caller disposes it.</summary>
    /// <param name="device">The device: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <exception cref="VaeException">The run has no weights yet, a file is damaged, or the device does not exist.</exception>
    /// <example>
    /// <code>
    /// using var model = RunFolder.Open("runs/digits").LoadModel();
    /// using var images = model.Sample(count: 16, seed: 1);    // [16, 1, 28, 28]
    /// </code>
    /// </example>
    public VaeModel LoadModel(string device = "cpu") => Load(best: false, device);

    /// <summary>
    /// Loads the model with the weights, or their EMA if the run averages, of the epoch with the best validation criterion; the
    /// caller disposes it.
    /// </summary>
    /// <param name="device">The device: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <exception cref="VaeException">The run has no best epoch, a file is damaged, or the device does not exist.</exception>
    public VaeModel LoadBest(string device = "cpu") => Load(best: true, device);

    private VaeModel Load(bool best, string device)
    {
        var file = RequireWeights(best);
        var experiment = Experiment();
        var model = new VaeModel(experiment.Model, 0, Devices.Find(device));
        try
        {
            Checkpoint.LoadWeights(file, model.Weights, best && experiment.Train.Averaging is not Averaging.None);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The file of the weights to evaluate with: those of the last checkpoint, or the state of the best epoch.</summary>
    /// <exception cref="VaeException">There is none.</exception>
    internal string RequireWeights(bool best) => (best ? BestFile : ModelFile) is var file && System.IO.File.Exists(file) ? file
        : throw new VaeException(best
            ? $"{Path}: must have a best epoch (train with a validation set: data.validation above 0), got no best.safetensors"
            : $"{Path}: must have weights (train or resume the run up to a checkpoint first), got no model.safetensors");

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
