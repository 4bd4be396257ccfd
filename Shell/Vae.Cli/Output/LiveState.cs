using Vae.Torch;

namespace Vae.Cli;

/// <summary>What the last lines of the terminal show while training: a pure function of the events so far.</summary>
/// <param name="Images">Training examples in an epoch.</param>
/// <param name="StepsPerEpoch">Steps in an epoch.</param>
/// <param name="Epochs">Of the whole run.</param>
/// <param name="Step">Steps since the run began.</param>
/// <param name="ImagesPerSecond">Lately; 0 while unknown.</param>
/// <param name="Terms">Lately; zeros while unknown.</param>
internal sealed record LiveState(long Images, long StepsPerEpoch, int Epochs, long Step, double ImagesPerSecond, Terms Terms)
{
    public static LiveState Nothing { get; } = new(0, 1, 1, 0, 0, new(0, 0, 0));

    /// <summary>The part that is done, from 0 to 1.</summary>
    public double Done => Math.Clamp(Step / (double)Math.Max(1, StepsPerEpoch * Epochs), 0, 1);

    /// <summary>The epoch that goes on, from 1.</summary>
    public long Epoch => Math.Min(Step / Math.Max(1, StepsPerEpoch) + 1, Epochs);

    /// <summary>What is left at the present speed; infinite while that is unknown.</summary>
    public double SecondsLeft => ImagesPerSecond > 0 ? (1 - Done) * Epochs * Images / ImagesPerSecond : double.PositiveInfinity;

    public LiveState After(TrainEvent value) => value.Match(
        started: s => new(s.Images, s.StepsPerEpoch, s.Experiment.Train.Epochs, s.Step, 0, new(0, 0, 0)),
        progressed: p => this with { Step = p.Step, ImagesPerSecond = p.ImagesPerSecond, Terms = p.Terms },
        epochEnded: e => this with { Step = e.Entry.Step, ImagesPerSecond = e.Entry.ImagesPerSecond },
        notFinite: _ => this,
        ended: _ => this);
}
