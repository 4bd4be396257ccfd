using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The loop: it knows epochs, schedules, checkpoints and guards, and nothing of models or losses.</summary>
internal sealed class TrainingRun : IDisposable
{
    // Loss values cost time that gradients do not need: every fourth step is enough for a mean and a guard.
    private const int MeasureEvery = 4;

    // On a device, reading the sums waits for all that is under way.
    private const int CollectOnDeviceEvery = 64;

    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(200), BetweenCheckpoints = TimeSpan.FromSeconds(60);

    private readonly Experiment experiment;
    private readonly DataSplit data;
    private readonly RunFolder folder;
    private readonly IProgress<TrainEvent> progress;
    private readonly VaeModel model;
    private readonly OptimizerState state;
    private readonly ITrainingStep step;
    private readonly BatchSource batches;
    private readonly Stopwatch clock = new();
    private readonly List<HistoryEntry> history = [];
    private readonly double earlier;
    private readonly string route;
    private Progress at;

    public TrainingRun(Experiment experiment, DataSplit data, RunOptions options, RunFolder folder, IProgress<TrainEvent> progress)
    {
        (this.experiment, this.data, this.folder, this.progress) = (experiment, data, folder, progress);
        var train = experiment.Train;
        model = new(experiment.Model, train.Seed, Devices.Find(options.Device));
        state = new(model.Weights);
        (step, route) = TrainingSteps.Choose(model, state, experiment, options.Route);
        batches = new(data.Train, experiment.Model.Condition, experiment.Data.Binarization, train.Batch, train.Seed, model.Device);
        at = File.Exists(folder.StateFile) ? Checkpoint.LoadState(folder, model.Weights, state) : Progress.Start;
        // The folder may hold an epoch that ended after the checkpoint; it is trained again.
        history.AddRange(folder.History().Where(entry => entry.Step <= at.Step));
        earlier = at.Seconds;
    }

    public TrainResult Go(CancellationToken stop)
    {
        folder.Write(experiment);
        progress.Report(new TrainEvent.Started(folder.Path, experiment, data.Train.Count, Parameters.Count(experiment.Model), at.Step, batches.Batches, route));
        if (at.Step == 0)
            Save(keep: true);
        clock.Start();
        var outcome = Loop(stop, out var note);
        var result = Result(outcome, note);
        progress.Report(new TrainEvent.Ended(result));
        return result;
    }

    public void Dispose()
    {
        batches.Dispose();
        step.Dispose();
        state.Dispose();
        model.Dispose();
    }

    private Outcome Loop(CancellationToken stop, out string note)
    {
        for (var epoch = (int)(at.Step / batches.Batches); epoch < experiment.Train.Epochs; epoch++)
        {
            if (Impatient(epoch))
            {
                note = $"no better held-out bound since epoch {at.BestEpoch}";
                return Outcome.StoppedEarly;
            }
            batches.Shuffle(epoch);
            if (Epoch(epoch, stop) is { } broken)
            {
                note = broken;
                return Outcome.Diverged;
            }
            if (at.Step < (epoch + 1) * batches.Batches)
            {
                Save(keep: KeepsLast);
                note = $"asked to stop after step {at.Step}; resume to go on";
                return Outcome.Interrupted;
            }
        }
        note = $"all {experiment.Train.Epochs} epochs trained";
        return Outcome.Completed;
    }

    /// <summary>Trains to the end of an epoch or until asked to stop; says what broke, if anything.</summary>
    private string? Epoch(int epoch, CancellationToken stop)
    {
        long first = at.Step, end = (epoch + 1) * batches.Batches, shown = first;
        Stopwatch since = Stopwatch.StartNew(), saved = Stopwatch.StartNew(), whole = Stopwatch.StartNew();
        while (at.Step < end)
        {
            if (stop.IsCancellationRequested)
                return null;
            var inputs = Step(epoch);
            if (inputs.Measured && (model.Device.type == DeviceType.CPU || at.Step % CollectOnDeviceEvery < MeasureEvery || at.Step == end)
                && Collect(inputs.Number) is { } broken)
                return broken;
            if (since.Elapsed > BetweenReports)
            {
                progress.Report(new TrainEvent.Progressed(at.Step, (at.Step - shown) * batches.Batch / since.Elapsed.TotalSeconds, Mean(at.Totals)));
                (shown, since) = (at.Step, Stopwatch.StartNew());
            }
            if (saved.Elapsed > BetweenCheckpoints && at.Step < end)
            {
                Save(keep: KeepsLast);
                saved.Restart();
            }
        }
        return Collect(at.Step - 1) ?? EndEpoch(epoch, (at.Step - first) * (double)data.Train.Count / batches.Batches / whole.Elapsed.TotalSeconds);
    }

    private StepInputs Step(int epoch)
    {
        var place = at.Step - epoch * batches.Batches;
        var time = epoch + place / (double)batches.Batches;
        var inputs = new StepInputs(at.Step, Schedules.At(experiment.Train.LearningRate, time), Beta(time), place % MeasureEvery == 0);
        using (NewDisposeScope())
        {
            var (x, condition) = batches.At(place, Purpose.Binarize, at.Step);
            step.Run(x, condition, inputs);
        }
        at = at with { Step = at.Step + 1 };
        return inputs;
    }

    private double Beta(double time) => Objectives.BetaAt(experiment.Objective, time);

    private string? Collect(long number)
    {
        var more = step.Collect();
        foreach (var (term, value) in new[] { ("reconstruction", more.Reconstruction), ("kl", more.Kl), ("loss", more.Loss) })
        {
            if (double.IsFinite(value))
                continue;
            progress.Report(new TrainEvent.NotFinite(number, term, value));
            return $"{term} was {value} at step {number} (looked at every {MeasureEvery} steps): try a lower learning rate, gradient clipping or a longer warm-up; the last good checkpoint was kept";
        }
        at = at with { Totals = at.Totals + more };
        return null;
    }

    private string? EndEpoch(int epoch, double imagesPerSecond)
    {
        if (!model.Weights.AreFinite)
        {
            progress.Report(new TrainEvent.NotFinite(at.Step - 1, "weights", double.NaN));
            return $"weights were not finite after step {at.Step - 1}: try a lower learning rate or gradient clipping; the last good checkpoint was kept";
        }
        var last = epoch + (batches.Batches - 1) / (double)batches.Batches;
        var held = Kept(() => new Evaluator(model, data.Validation.Count > 0 ? data.Validation : data.Test, experiment.Data.Binarization, experiment.Train.Seed).Terms());
        var entry = new HistoryEntry(epoch + 1, at.Step, Seconds, imagesPerSecond,
            Schedules.At(experiment.Train.LearningRate, last), Beta(last), Mean(at.Totals), held);
        history.Add(entry);
        Judge(entry);
        at = at with { Totals = default };
        Save(keep: KeepsLast || at.BestEpoch == entry.Epoch);
        progress.Report(new TrainEvent.EpochEnded(entry));
        return null;
    }

    /// <summary>Whether this epoch is the best since the warm-up's end; before, every epoch is.</summary>
    private void Judge(HistoryEntry entry)
    {
        if (entry.Epoch <= WarmUp || entry.Held.Criterion < at.Best)
            at = at with { Best = entry.Epoch <= WarmUp ? double.PositiveInfinity : entry.Held.Criterion, BestEpoch = entry.Epoch };
    }

    private double WarmUp => Objectives.Settled(experiment.Objective) is var end && double.IsFinite(end) ? end : 0;

    private bool Impatient(int epochs) =>
        experiment.Train.Stopping is Stopping.Patience patience && at.BestEpoch > 0 && epochs - at.BestEpoch >= patience.Epochs;

    private bool KeepsLast => experiment.Train.Stopping is Stopping.Never;

    private double Seconds => earlier + clock.Elapsed.TotalSeconds;

    private Terms Mean(StepTotals totals) => Terms.Of(experiment.Model, totals.Reconstruction / totals.Examples, totals.Kl / totals.Examples);

    /// <summary>History first and the state last: the state is what a resumed run believes.</summary>
    private void Save(bool keep)
    {
        at = at with { Seconds = Seconds };
        folder.Write(ValueList.From(history));
        if (keep)
            Checkpoint.SaveModel(folder, model.Weights, experiment.Train.Averaging is Averaging.None ? model.Weights.Flat : state.Average);
        Checkpoint.SaveState(folder, model.Weights, state, at);
    }

    /// <summary>Something done with the weights that would be kept now.</summary>
    private T Kept<T>(Func<T> use)
    {
        if (experiment.Train.Averaging is Averaging.None)
            return use();
        using var gradless = no_grad();
        using var current = model.Weights.Flat.clone();
        model.Weights.Flat.copy_(state.Average);
        var used = use();
        model.Weights.Flat.copy_(current);
        return used;
    }

    private TrainResult Result(Outcome outcome, string note)
    {
        using var kept = folder.LoadModel(model.Device.ToString());
        var test = new Evaluator(kept, data.Test, experiment.Data.Binarization, experiment.Train.Seed).Terms();
        var speeds = history.Select(entry => entry.ImagesPerSecond).Order().ToList();
        return new(folder.Path, outcome, history.Count, Seconds, speeds.Count == 0 ? 0 : speeds[speeds.Count / 2],
            history.Count == 0 ? test : history[^1].Train, test, ValueList.From(history), note);
    }
}
