namespace Vae.Torch;

/// <summary>Which epoch is the best, and when the wait for a better one is over.</summary>
internal sealed class EarlyStopping(Experiment experiment)
{
    private readonly double warmUp =
        Objectives.Settled(experiment.Objective) is var end && double.IsFinite(end) ? end : 0;

    /// <summary>Whether the last weights are kept, and not the best.</summary>
    public bool KeepsLast => experiment.Train.Stopping is Stopping.Never;

    /// <summary>Progress with an epoch judged: the best since the warm-up's end; before, every epoch is.</summary>
    public Progress Update(Progress at, HistoryEntry entry) =>
        entry.Epoch <= warmUp ? at with { Best = double.PositiveInfinity, BestEpoch = entry.Epoch }
        : entry.Validation.Criterion < at.Best ? at with { Best = entry.Validation.Criterion, BestEpoch = entry.Epoch }
        : at;

    /// <summary>Whether a run that has trained so many epochs should end.</summary>
    public bool IsOver(Progress at, IReadOnlyList<HistoryEntry> history) => experiment.Train.Stopping.Match(
        never: _ => false,
        patience: p => at.BestEpoch > 0 && history.Count - at.BestEpoch >= p.Epochs,
        plateau: p => Stalls(history, p.Epochs) > p.Times);

    /// <summary>What the learning rate is multiplied by after these epochs.</summary>
    public double Rate(IReadOnlyList<HistoryEntry> history) =>
        experiment.Train.Stopping is Stopping.Plateau p ? Stoppings.RateAfter(p, Stalls(history, p.Epochs)) : 1;

    private int Stalls(IReadOnlyList<HistoryEntry> history, int epochs) =>
        Stoppings.Stalls(history.Where(entry => entry.Epoch > warmUp).Select(entry => entry.Validation.Criterion), epochs);
}
