using System.Globalization;

namespace Vae.Torch;

/// <summary>
/// Logs a run for TensorBoard, in a file <c>events.out.tfevents…</c> of the run folder: after each epoch the loss terms, learning
/// rate, β, speed, skipped steps and, if requested, a picture drawn with the current weights. A resumed run starts another file.
/// Every event is forwarded to the next progress.
/// </summary>
public sealed class TensorBoardLog : IProgress<TrainEvent>, IDisposable
{
    private readonly IProgress<TrainEvent>? next;
    private readonly Func<RunFolder, Experiment, byte[]?>? draw;
    private RunFolder? folder;
    private EventFile? file;
    private Experiment? experiment;

    /// <summary>Creates a log; its file is created when the run starts.</summary>
    /// <param name="next">Receives every event as well; null for none.</param>
    /// <param name="draw">
    /// Draws the run as a PNG file after each epoch, or returns null if the model cannot be drawn; null for no pictures. The package
    /// Vae.Pictures provides <c>RunPictures.Summary</c>.
    /// </param>
    public TensorBoardLog(IProgress<TrainEvent>? next = null, Func<RunFolder, Experiment, byte[]?>? draw = null) =>
        (this.next, this.draw) = (next, draw);

    /// <inheritdoc/>
    public void Report(TrainEvent value)
    {
        if (value is TrainEvent.Started started)
            Begin(started);
        else if (value is TrainEvent.EpochEnded ended)
            Write(ended.Entry);
        next?.Report(value);
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private void Begin(TrainEvent.Started started)
    {
        file?.Dispose();
        (folder, experiment) = (RunFolder.Open(started.Run), started.Experiment);
        // A second run in the same second would have the same name.
        var stem = $"events.out.tfevents.{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.vae";
        var path = Enumerable.Range(0, int.MaxValue)
            .Select(i => folder.File(i == 0 ? stem : $"{stem}.{i}")).First(path => !File.Exists(path));
        file = new(path, static () => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
        if (started.Step > 0)
            file.Restart(started.Step + 1);
    }

    private void Write(HistoryEntry entry)
    {
        file!.Scalars(entry.Step, [
            .. Terms("train", entry.Train), .. Terms(experiment!.Data.Validation > 0 ? "validation" : "test", entry.Validation),
            new("settings/learning rate", entry.LearningRate), new("settings/beta", entry.Beta),
            new("speed/images per second", entry.ImagesPerSecond),
            .. Clippings.Skips(experiment.Train.Clipping)
                ? [new("gradients/skipped", entry.Skipped)] : Array.Empty<KeyValuePair<string, double>>()]);
        if (draw?.Invoke(folder!, experiment) is { } png)
            file.Image(entry.Step, "samples", png);
    }

    private static IEnumerable<KeyValuePair<string, double>> Terms(string part, Terms terms)
    {
        if (terms.NegElbo is { } negElbo)
            yield return new($"negElbo/{part}", negElbo);
        yield return new($"reconstruction/{part}", terms.Reconstruction);
        if (terms.Kl is { } kl)
            yield return new($"kl/{part}", kl);
    }
}
