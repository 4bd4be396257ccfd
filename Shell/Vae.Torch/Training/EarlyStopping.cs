namespace Vae.Torch;

/// <summary>Tracks the best epoch and decides when a run stops early.</summary>
internal sealed class EarlyStopping(Experiment experiment)
{
    private readonly double warmUp =
        Objectives.Settled(experiment.Objective) is var end && double.IsFinite(end) ? end : 0;

    /// <summary>Whether the last weights are kept instead of the best.</summary>
    public bool KeepsLast => experiment.Train.Stopping is Stopping.Never;

    /// <summary>Updates the best epoch: the one with the lowest criterion since the end of the warm-up; before, the latest.</summary>
    public Progress Update(Progress at, HistoryEntry entry) =>
        entry.Epoch <= warmUp ? at with { Best = double.PositiveInfinity, BestEpoch = entry.Epoch }
        : entry.Validation.Criterion < at.Best ? at with { Best = entry.Validation.Criterion, BestEpoch = entry.Epoch }
        : at;

    /// <summary>Whether a run with these epochs should stop.</summary>
    public bool IsOver(Progress at, IReadOnlyList<HistoryEntry> history) => experiment.Train.Stopping.Match(
        never: _ => false,
        patience: p => at.BestEpoch > 0 && history.Count - at.BestEpoch >= p.Epochs,
        plateau: p => Stalls(history, p.Epochs) > p.Times);

    /// <summary>The factor of the learning rate after these epochs.</summary>
    public double Rate(IReadOnlyList<HistoryEntry> history) =>
        experiment.Train.Stopping is Stopping.Plateau p ? Stoppings.RateAfter(p, Stalls(history, p.Epochs)) : 1;

    private int Stalls(IReadOnlyList<HistoryEntry> history, int epochs) =>
        Stoppings.Stalls(history.Where(entry => entry.Epoch > warmUp).Select(entry => entry.Validation.Criterion), epochs);
}
