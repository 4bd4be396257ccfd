using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The loop: it knows epochs, schedules, checkpoints and guards, and nothing of models or losses.</summary>
internal sealed class TrainingRun : IDisposable
{
    // On a device, reading the sums waits for all that is under way.
    private const int CollectOnDeviceEvery = 64;

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
    private readonly EarlyStopping stopping;
    private readonly Pace pace;
    private readonly Timetable timetable;
    private readonly double earlier;
    private readonly Routes routes;
    private Progress at;
    private double rate = 1;

    public TrainingRun(Experiment experiment, DataSplit data, RunOptions options, RunFolder folder, IProgress<TrainEvent> progress, Pace pace)
    {
        (this.experiment, this.data, this.folder, this.progress, this.pace, stopping) = (experiment, data, folder, progress, pace, new(experiment));
        var train = experiment.Train;
        StateChecks.Files(folder);
        try
        {
            model = new(experiment.Model, train.Seed, Devices.Find(options.Device));
            state = new(model.Weights);
            var asked = Checkpoint.LoadRoutes(folder, new(options.Route, options.Matmul, options.Precision));
            Devices.PermitTensorFloat32(model.Device, asked.Precision == Precision.TensorFloat32);
            (step, var route) = TrainingSteps.Choose(model, state, experiment, asked.Step, asked.Precision, data.Train.Count);
            routes = new(route, MatmulBackends.Use(asked.Matmul).Name, asked.Precision);
            batches = new(data.Train, experiment.Model.Condition, experiment.Data.Binarization, train.Batch, train.Seed, model.Device);
            if (experiment.Objective is Objective.SemiSupervised { Labelled: var labelled })
                batches.KeepLabels(labelled, train.Seed);
            timetable = new(experiment, batches.Batches);
            at = File.Exists(folder.StateFile) ? Checkpoint.LoadState(folder, model.Weights, state, step.Auxiliaries) : Progress.Start;
            // The folder may hold an epoch that ended after the checkpoint; it is trained again.
            history.AddRange(folder.History().Where(entry => entry.Step <= at.Step));
            StateChecks.Consistent(
                folder, at, history, (train.Batch, batches.Batches), state.Steps.ToDoubles()[0], Clippings.Skips(train.Clipping));
            at = at with { Batch = train.Batch, StepsPerEpoch = batches.Batches };
            earlier = at.Seconds;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TrainResult Go(CancellationToken stop)
    {
        using var flushed = new FlushedDenormals();
        folder.Write(experiment);
        progress.Report(new TrainEvent.Started(folder.Path, experiment, data.Train.Count, Parameters.Count(experiment.Model), at.Step, batches.Batches, Name(routes)));
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
        // A constructor that failed half-way leaves some of them unmade.
        batches?.Dispose();
        step?.Dispose();
        state?.Dispose();
        model?.Dispose();
    }

    private static string Name(Routes routes) =>
        $"{routes.Step} step{routes.Precision switch { Precision.BFloat16 => " in bf16", Precision.TensorFloat32 => " in tf32", _ => "" }}, {routes.Matmul} products".ToLowerInvariant();

    private Outcome Loop(CancellationToken stop, out string note)
    {
        for (var epoch = (int)Math.Min(at.Step / batches.Batches, int.MaxValue); epoch < experiment.Train.Epochs; epoch++)
        {
            if (stopping.IsOver(at, history))
            {
                note = $"no better held-out bound since epoch {at.BestEpoch}";
                return Outcome.StoppedEarly;
            }
            batches.Shuffle(epoch);
            rate = stopping.Rate(history);
            if (Epoch(epoch, stop) is { } broken)
            {
                note = broken;
                return Outcome.Diverged;
            }
            if (at.Step < (epoch + 1) * batches.Batches)
            {
                Save(keep: stopping.KeepsLast);
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
                return Broken();
            var inputs = Step(epoch);
            if (inputs.Measured && (model.Device.type == DeviceType.CPU || at.Step % CollectOnDeviceEvery < Timetable.MeasureEvery || at.Step == end)
                && Collect(inputs.Number) is { } broken)
                return broken;
            if (since.Elapsed > pace.Reports)
            {
                progress.Report(new TrainEvent.Progressed(at.Step, (at.Step - shown) * batches.Batch / since.Elapsed.TotalSeconds, at.Totals.Mean(experiment.Model)));
                (shown, since) = (at.Step, Stopwatch.StartNew());
            }
            if (saved.Elapsed > pace.Checkpoints && at.Step < end)
            {
                if (Broken() is { } torn)
                    return torn;
                Save(keep: stopping.KeepsLast);
                saved.Restart();
            }
        }
        return Broken() ?? EndEpoch(epoch, (at.Step - first) * (double)data.Train.Count / batches.Batches / whole.Elapsed.TotalSeconds);
    }

    private StepInputs Step(int epoch)
    {
        var inputs = timetable.At(at.Step, rate);
        using (NewDisposeScope())
        {
            var (x, condition) = batches.At(at.Step - epoch * batches.Batches, Purpose.Binarize, at.Step);
            step.Run(x, condition, inputs);
        }
        at = at with { Step = at.Step + 1 };
        return inputs;
    }

    private string? Collect(long number)
    {
        var more = step.Collect();
        foreach (var (term, value) in new[] { ("reconstruction", more.Reconstruction), ("kl", more.Kl), ("loss", more.Loss) })
            if (!double.IsFinite(value))
                return NotFinite(number, term, value);
        at = at with { Totals = at.Totals + more };
        return null;
    }

    /// <summary>What is not finite, if anything: asked before a checkpoint, so that none is ever replaced by one that cannot be used.</summary>
    private string? Broken() =>
        Collect(at.Step - 1)
            ?? (model.Weights.AreFinite && state.AreFinite && step.Auxiliaries.All(network => network.AreFinite) ? null
                : NotFinite(at.Step - 1, "a weight", double.NaN));

    private string NotFinite(long number, string term, double value)
    {
        progress.Report(new TrainEvent.NotFinite(number, term, value));
        return FormattableString.Invariant($"{term} was {value} at step {number} (looked at every {Timetable.MeasureEvery} steps): try a lower learning rate, gradient clipping or a longer warm-up; the last good checkpoint was kept");
    }

    private string? EndEpoch(int epoch, double imagesPerSecond)
    {
        var last = timetable.At(at.Step - 1, rate);
        var held = Kept(() => new Evaluator(model, data.Validation.Count > 0 ? data.Validation : data.Test, experiment.Data.Binarization, experiment.Train.Seed).Terms());
        if (!held.AreFinite)
            return held.Kl is { } kl && !double.IsFinite(kl) ? NotFinite(at.Step - 1, "held-out kl", kl) : NotFinite(at.Step - 1, "held-out reconstruction", held.Reconstruction);
        var entry = new HistoryEntry(epoch + 1, at.Step, Seconds, imagesPerSecond, last.LearningRate, last.Beta, at.Totals.Mean(experiment.Model), held, at.Totals.Skipped);
        history.Add(entry);
        at = stopping.Update(at, entry) with { Totals = default };
        Save(keep: stopping.KeepsLast || at.BestEpoch == entry.Epoch, best: at.BestEpoch == entry.Epoch);
        progress.Report(new TrainEvent.EpochEnded(entry));
        return null;
    }

    private double Seconds => earlier + clock.Elapsed.TotalSeconds;

    /// <summary>The state last, after the files that agree with it: the state is what a resumed run believes.</summary>
    private void Save(bool keep, bool best = false)
    {
        at = at with { Seconds = Seconds };
        // At the start it is the first: a folder with weights and no state has lost it.
        if (at.Step == 0)
            SaveState(folder.StateFile);
        else
            folder.Write(ValueList.From(history));
        if (keep)
            Checkpoint.SaveModel(folder, model.Weights, experiment.Train.Averaging is Averaging.None ? model.Weights.Flat : state.Average, step.Auxiliaries);
        // The best on the test set would be no honest choice.
        if (best && data.Validation.Count > 0)
            SaveState(folder.BestFile);
        if (at.Step > 0)
            SaveState(folder.StateFile);
    }

    private void SaveState(string file) => Checkpoint.SaveState(file, model.Weights, state, at, routes, step.Auxiliaries);

    /// <summary>Something done with the weights that would be kept now.</summary>
    private T Kept<T>(Func<T> use) =>
        experiment.Train.Averaging is Averaging.None ? use() : state.WithAverage(model.Weights, use);

    private TrainResult Result(Outcome outcome, string note)
    {
        using var kept = folder.LoadModel(model.Device.ToString());
        var test = new Evaluator(kept, data.Test, experiment.Data.Binarization, experiment.Train.Seed).Terms();
        var speeds = history.Select(entry => entry.ImagesPerSecond).Order().ToList();
        return new(folder.Path, outcome, history.Count, Seconds, speeds.Count == 0 ? 0 : speeds[speeds.Count / 2],
            history.Count == 0 ? test : history[^1].Train, test, ValueList.From(history), note);
    }
}
