namespace Vae.Torch;

/// <summary>Which epoch is the best, and when the wait for a better one is over.</summary>
internal sealed class EarlyStopping(Experiment experiment)
{
    private readonly double warmUp =
        experiment.Objective.Match(elbo: e => Schedules.Settled(e.Beta), importanceWeighted: _ => 0) is var end && double.IsFinite(end) ? end : 0;

    /// <summary>Whether the last weights are kept, and not the best.</summary>
    public bool KeepsLast => experiment.Train.Stopping is Stopping.Never;

    /// <summary>Progress with an epoch judged: the best since the warm-up's end; before, every epoch is.</summary>
    public Progress Judge(Progress at, HistoryEntry entry) =>
        entry.Epoch <= warmUp ? at with { Best = double.PositiveInfinity, BestEpoch = entry.Epoch }
        : entry.Held.NegElbo < at.Best ? at with { Best = entry.Held.NegElbo, BestEpoch = entry.Epoch }
        : at;

    /// <summary>Whether a run that has trained so many epochs should end.</summary>
    public bool IsOver(Progress at, int epochs) =>
        experiment.Train.Stopping is Stopping.Patience patience && at.BestEpoch > 0 && epochs - at.BestEpoch >= patience.Epochs;
}
