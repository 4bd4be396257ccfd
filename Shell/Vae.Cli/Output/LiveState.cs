using Vae.Torch;

namespace Vae.Cli;

/// <summary>The state of the live display: a pure function of the events so far.</summary>
/// <param name="Images">Training examples per epoch.</param>
/// <param name="StepsPerEpoch">Steps per epoch.</param>
/// <param name="Epochs">Epochs of the whole run.</param>
/// <param name="Step">Steps since the run started.</param>
/// <param name="ImagesPerSecond">Recent speed; examples per second; 0 if unknown.</param>
/// <param name="Terms">Recent loss terms; zeros if unknown.</param>
/// <param name="Communication">Recent share of the time in communication between ranks; in [0, 1].</param>
internal sealed record LiveState(
    long Images, long StepsPerEpoch, int Epochs, long Step, double ImagesPerSecond, Terms Terms, double Communication = 0)
{
    public static LiveState Nothing { get; } = new(0, 1, 1, 0, 0, new(0, 0, 0));

    /// <summary>Fraction of the run that is done; in [0, 1].</summary>
    public double Done => Math.Clamp(Step / (double)Math.Max(1, StepsPerEpoch * Epochs), 0, 1);

    /// <summary>The current epoch, from 1.</summary>
    public long Epoch => Math.Min(Step / Math.Max(1, StepsPerEpoch) + 1, Epochs);

    /// <summary>Remaining time at the recent speed; seconds; infinite if the speed is unknown.</summary>
    public double SecondsLeft => ImagesPerSecond > 0 ? (1 - Done) * Epochs * Images / ImagesPerSecond : double.PositiveInfinity;

    public LiveState After(TrainEvent value) => value.Match(
        started: s => new(s.Images, s.StepsPerEpoch, s.Experiment.Train.Epochs, s.Step, 0, new(0, 0, 0)),
        progressed: p => this with
        {
            Step = p.Step,
            ImagesPerSecond = p.ImagesPerSecond,
            Terms = p.Terms,
            Communication = p.Communication,
        },
        epochEnded: e => this with { Step = e.Entry.Step, ImagesPerSecond = e.Entry.ImagesPerSecond },
        notFinite: _ => this,
        ended: _ => this);
}
