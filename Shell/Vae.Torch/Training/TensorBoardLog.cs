using System.Globalization;

namespace Vae.Torch;

/// <summary>
/// Writes what happens in a run for TensorBoard: in the run folder a file <c>events.out.tfevents…</c> with loss terms, learning
/// rate, β, speed and skipped steps after each epoch, and draws from the prior by the weights that are kept then. A run that
/// is resumed begins another file. Every event is told on to another progress.
/// </summary>
public sealed class TensorBoardLog : IProgress<TrainEvent>, IDisposable
{
    private const int Draws = 36;

    private readonly IProgress<TrainEvent>? next;
    private RunFolder? folder;
    private EventFile? file;
    private Experiment? experiment;

    /// <summary>A log that tells events on to <paramref name="next"/>, if there is one; the file is made when the run begins.</summary>
    public TensorBoardLog(IProgress<TrainEvent>? next = null) => this.next = next;

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
        var path = Enumerable.Range(0, int.MaxValue).Select(i => folder.File(i == 0 ? stem : $"{stem}.{i}")).First(path => !File.Exists(path));
        file = new(path, static () => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
        if (started.Step > 0)
            file.Restart(started.Step + 1);
    }

    private void Write(HistoryEntry entry)
    {
        file!.Scalars(entry.Step, [
            .. Terms("train", entry.Train), .. Terms(experiment!.Data.Validation > 0 ? "validation" : "test", entry.Held),
            new("settings/learning rate", entry.LearningRate), new("settings/beta", entry.Beta),
            new("speed/images per second", entry.ImagesPerSecond),
            .. Clippings.Skips(experiment.Train.Clipping) ? [new("gradients/skipped", entry.Skipped)] : Array.Empty<KeyValuePair<string, double>>()]);
        var spec = experiment.Model;
        if (!RunPictures.CanShow(spec.Input) || !Posteriors.HasDensity(spec.Posterior) || RunPictures.NeedsData(spec.Condition))
            return;
        using var model = folder!.LoadModel();
        file.Image(entry.Step, "samples", RunPictures.Samples(model, Draws, experiment.Train.Seed));
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
