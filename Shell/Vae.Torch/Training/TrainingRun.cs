using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The training loop: epochs, schedules, checkpoints and guards, independent of models and losses.</summary>
internal sealed partial class TrainingRun : IDisposable
{
    // On a device, reading the sums waits for all pending work.
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
    private readonly RankGroup ranks;
    private readonly int until;
    private Progress at;
    private double rate = 1;

    public TrainingRun(
        Experiment experiment, DataSplit data, RunOptions options, RunFolder folder, IProgress<TrainEvent> progress, Pace pace)
    {
        (this.experiment, this.data, this.folder) = (experiment, data, folder);
        (this.progress, this.pace, stopping) = (progress, pace, new(experiment));
        (ranks, until) = (options.Ranks ?? Ranks.Single, options.Until);
        var train = experiment.Train;
        StateChecks.Files(folder);
        try
        {
            model = new(experiment.Model, train.Seed, Devices.Find(options.Device), initialization: train.Initialization);
            if (train.Initialization.DataBias && !File.Exists(folder.StateFile))
                DataBias.Set(model, data.Train, experiment.Data.Binarization);
            state = new(model.Weights);
            var asked = Checkpoint.LoadRoutes(folder, new(options.Route, options.Matmul, options.Precision));
            Devices.PermitTensorFloat32(model.Device, asked.Precision == Precision.TensorFloat32);
            asked = asked with { Matmul = KernelChoice.Matmul(experiment, asked, model.Device) };
            (step, var route) = ShardedSteps.Choose(model, state, experiment, asked, data.Train.Count, ranks);
            routes = asked with { Step = route };
            batches = new(data.Train, experiment.Model.Condition, experiment.Data.Binarization, train.Batch, train.Seed, model.Device)
            {
                ShuffleBlocks = experiment.Data.ShuffleBlocks,
            };
            batches.Restrict(new(ranks.Rank, ranks.Count));
            if (experiment.Objective is Objective.SemiSupervised labels)
                batches.KeepLabels(labels.Labelled, labels.LabelledShare, train.Seed);
            timetable = new(experiment, batches.Batches);
            at = File.Exists(folder.StateFile) ? Checkpoint.LoadState(folder, model.Weights, state, step.Auxiliaries) : Progress.Start;
            // The history may have an epoch that ended after the checkpoint; it is trained again.
            history.AddRange(folder.History().Where(entry => entry.Step <= at.Step));
            StateChecks.Consistent(
                folder, at, history, (train.Batch, batches.Batches), state.Steps.ToDoubles()[0], Clippings.Skips(train.Clipping));
            StateChecks.Learns(experiment, at.Step / (double)batches.Batches);
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
        RankChecks.RequireAlike(ranks, experiment, data, routes.Matmul);
        OnFirstRank(() => folder.Write(experiment));
        progress.Report(new TrainEvent.Started(
            folder.Path, experiment, data.Train.Count, Parameters.Count(experiment.Model), at.Step, batches.Batches, Described)
        {
            Remarks = at.Step == 0 ? Specs.Remarks(experiment, data.Train.Facts()) : [],
        });
        if (at.Step == 0)
            Save(keep: true);
        clock.Start();
        var outcome = Loop(stop, out var note);
        var result = Result(outcome, note, stop);
        progress.Report(new TrainEvent.Ended(result));
        return result;
    }

    public void Dispose()
    {
        // Some are null if the constructor failed.
        batches?.Dispose();
        step?.Dispose();
        state?.Dispose();
        model?.Dispose();
        HeapMemory.Return();
    }


    private Outcome Loop(CancellationToken stop, out string note)
    {
        for (var epoch = (int)Math.Min(at.Step / batches.Batches, int.MaxValue); epoch < experiment.Train.Epochs; epoch++)
        {
            if (stopping.IsOver(at, history))
            {
                note = $"no better validation bound since epoch {at.BestEpoch}";
                return Outcome.StoppedEarly;
            }
            if (until > 0 && epoch >= until)
            {
                note = $"interrupted after epoch {epoch}, as asked; resume to continue";
                return Outcome.Interrupted;
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
                note = $"interrupted after step {at.Step}; resume to continue";
                return Outcome.Interrupted;
            }
        }
        note = experiment.Train.Epochs == 1 ? "1 epoch trained" : $"all {experiment.Train.Epochs} epochs trained";
        return Outcome.Completed;
    }

    /// <summary>Trains to the end of an epoch or until cancelled; returns what is not finite, if anything.</summary>
    private string? Epoch(int epoch, CancellationToken stop)
    {
        long first = at.Step, end = (epoch + 1) * batches.Batches, shown = first;
        Stopwatch since = Stopwatch.StartNew(), saved = Stopwatch.StartNew(), whole = Stopwatch.StartNew();
        TimeSpan moved = ranks.Communicating, reported = moved;
        while (at.Step < end)
        {
            var word = Agreed(stop.IsCancellationRequested, at.Step > first && saved.Elapsed > pace.Checkpoints);
            if (word != Word.Continue && Broken() is { } torn)
                return torn;
            if (word == Word.Stop)
                return null;
            if (word == Word.Save)
            {
                Save(keep: stopping.KeepsLast);
                saved.Restart();
            }
            var inputs = Step(epoch);
            if (inputs.Measured && IsCollected(end) && Collect(inputs.Number) is { } broken)
                return broken;
            if (since.Elapsed > pace.Reports)
            {
                var speed = (at.Step - shown) * batches.Batch / since.Elapsed.TotalSeconds;
                progress.Report(new TrainEvent.Progressed(
                    at.Step, speed, at.Totals.Mean(experiment.Model), (ranks.Communicating - reported) / since.Elapsed));
                (shown, reported, since) = (at.Step, ranks.Communicating, Stopwatch.StartNew());
            }
        }
        return Broken() ?? EndEpoch(epoch, (at.Step - first) * (double)data.Train.Count / batches.Batches / whole.Elapsed.TotalSeconds,
            (ranks.Communicating - moved) / whole.Elapsed);
    }

    private bool IsCollected(long end) =>
        model.Device.type == DeviceType.CPU || at.Step % CollectOnDeviceEvery < Timetable.MeasureEvery || at.Step == end;

    private StepInputs Step(int epoch)
    {
        var inputs = timetable.At(at.Step, rate);
        step.Run(batches, at.Step - epoch * batches.Batches, inputs);
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

    /// <summary>
    /// What is not finite, if anything; checked before every checkpoint, so that a usable one is never replaced by an unusable
    /// one.
    /// </summary>
    private string? Broken()
    {
        step.Settle();
        return Collect(at.Step - 1) ?? (model.Weights.AreFinite && state.AreFinite && step.Auxiliaries.All(network => network.AreFinite)
            ? null : NotFinite(at.Step - 1, "a weight", double.NaN));
    }

    private string NotFinite(long number, string term, double value)
    {
        progress.Report(new TrainEvent.NotFinite(number, term, value));
        return FormattableString.Invariant($"{term} was {value} at step {number} (checked every {Timetable.MeasureEvery} steps): ")
            + $"{DivergenceAdvice.For(experiment, data.Train.Facts(), timetable.At(number, rate).LearningRate)}; "
            + "the last good checkpoint was kept";
    }

    private string? EndEpoch(int epoch, double imagesPerSecond, double communication)
    {
        var last = timetable.At(at.Step - 1, rate);
        var validation = Kept(() => Terms(model, data.Validation.Count > 0 ? data.Validation : data.Test));
        if (!validation.AreFinite)
            return validation.Kl is { } kl && !double.IsFinite(kl)
                ? NotFinite(at.Step - 1, "validation kl", kl)
                : NotFinite(at.Step - 1, "validation reconstruction", validation.Reconstruction);
        var entry = new HistoryEntry(
            epoch + 1, at.Step, Seconds, imagesPerSecond, last.LearningRate, last.Beta,
            at.Totals.Mean(experiment.Model), validation, at.Totals.Skipped, communication);
        history.Add(entry);
        at = stopping.Update(at, entry) with { Totals = default };
        Save(keep: stopping.KeepsLast || at.BestEpoch == entry.Epoch, best: at.BestEpoch == entry.Epoch);
        progress.Report(new TrainEvent.EpochEnded(entry));
        return null;
    }

    private double Seconds => earlier + clock.Elapsed.TotalSeconds;

    private void SaveState(string file) => Checkpoint.SaveState(file, model.Weights, state, at, routes, step.Auxiliaries);

    /// <summary>Calls a function with the weights to evaluate with: their average if the run averages.</summary>
    private T Kept<T>(Func<T> use) =>
        experiment.Train.Averaging is Averaging.None ? use() : state.WithAverage(model.Weights, use);

    private Terms Terms(VaeModel of, Dataset on) => new Evaluator(
        new EvaluationInput(of, on, experiment.Data.Binarization, experiment.Train.Seed) { Ranks = ranks }).Terms();

    private TrainResult Result(Outcome outcome, string note, CancellationToken stop)
    {
        using var kept = KeptModel();
        // Of a run that was stopped in an epoch, the test set is measured all the same; several processes measure it together.
        var limit = outcome == Outcome.Interrupted || history.Count == 0 || ranks.Count > 1 ? CancellationToken.None : stop;
        Terms test;
        try
        {
            test = Interruptions.Within(limit, () => Terms(kept, data.Test));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            (outcome, test) = (Outcome.Interrupted, history[^1].Validation);
            note = $"{note}, then interrupted before the test set was measured; resume to go on";
        }
        var speeds = history.Select(entry => entry.ImagesPerSecond).Order().ToList();
        return new(folder.Path, outcome, history.Count, Seconds, speeds.Count == 0 ? 0 : speeds[speeds.Count / 2],
            history.Count == 0 ? test : history[^1].Train, test, ValueList.From(history), note);
    }
}
