using System.Text.Json.Serialization;

namespace Vae.Torch;

/// <summary>
/// Loss terms in nats per example: negElbo = reconstruction + KL, whatever β or objective was trained. An autoencoder, whose
/// posterior is a point, has a reconstruction and no more; null stands for what there is not.
/// </summary>
/// <param name="NegElbo">−ELBO.</param>
/// <param name="Reconstruction">−ln p(x|z) at draws from the posterior; of what a condition does not show, where it shows part of x.</param>
/// <param name="Kl">KL(q(z|x) ‖ p(z)).</param>
[TypeFormatterSource(typeof(NumberFormatters))]
public sealed record Terms(double? NegElbo, double Reconstruction, double? Kl)
{
    /// <summary>Whether all that there are are finite.</summary>
    [JsonIgnore]
    public bool AreFinite => double.IsFinite(Criterion) && double.IsFinite(Reconstruction) && double.IsFinite(Kl ?? 0);

    /// <summary>What tells a better model: −ELBO, or the reconstruction of an autoencoder.</summary>
    [JsonIgnore]
    public double Criterion => NegElbo ?? Reconstruction;

    /// <summary>The terms that a model has.</summary>
    internal static Terms Create(VaeSpec spec, double reconstruction, double kl) =>
        Posteriors.HasDensity(spec.Posterior) ? new(reconstruction + kl, reconstruction, kl) : new(null, reconstruction, null);
}

/// <summary>What an epoch ended with: a line of <c>history.jsonl</c>.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Steps since the run began.</param>
/// <param name="Seconds">Spent training so far, resumed parts included.</param>
/// <param name="ImagesPerSecond">While training this epoch, the data path included.</param>
/// <param name="LearningRate">At its last step.</param>
/// <param name="Beta">At its last step.</param>
/// <param name="Train">Means over the measured steps of the epoch, with the weights as they were then.</param>
/// <param name="Validation">On the held-out set (validation if there is one, else test), with the weights at its end.</param>
/// <param name="Skipped">Steps that were left out, their gradient being an outlier.</param>
public sealed record HistoryEntry(
    int Epoch, long Step, double Seconds, double ImagesPerSecond, double LearningRate, double Beta, Terms Train, Terms Validation, long Skipped = 0);

/// <summary>How a run ended.</summary>
public enum Outcome
{
    /// <summary>All epochs were trained.</summary>
    Completed,
    /// <summary>The validation bound no longer improved; the best weights were kept.</summary>
    StoppedEarly,
    /// <summary>Asked to stop; a later run resumes at the same step.</summary>
    Interrupted,
    /// <summary>A loss term was no longer finite; the last good checkpoint was kept.</summary>
    Diverged,
}

/// <summary>What happens while training, for whoever draws it.</summary>
public abstract record TrainEvent
{
    private protected TrainEvent() { }

    /// <summary>Training begins, or goes on.</summary>
    /// <param name="Run">The run folder.</param>
    /// <param name="Experiment">What is run.</param>
    /// <param name="Images">Training examples in an epoch.</param>
    /// <param name="Parameters">Trained values.</param>
    /// <param name="Step">The step that it begins with; above 0 when resumed.</param>
    /// <param name="StepsPerEpoch">Steps in an epoch.</param>
    /// <param name="Route">How a step is computed, for people.</param>
    public sealed record Started(string Run, Experiment Experiment, long Images, long Parameters, long Step, long StepsPerEpoch, string Route) : TrainEvent
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Started(this);
    }

    /// <summary>Some steps have been taken; a few times a second.</summary>
    /// <param name="Step">Steps since the run began.</param>
    /// <param name="ImagesPerSecond">Lately.</param>
    /// <param name="Terms">Lately.</param>
    public sealed record Progressed(long Step, double ImagesPerSecond, Terms Terms) : TrainEvent
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Progressed(this);
    }

    /// <summary>An epoch has ended.</summary>
    public sealed record EpochEnded(HistoryEntry Entry) : TrainEvent
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.EpochEnded(this);
    }

    /// <summary>A loss term was no longer finite.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Term">Its name.</param>
    /// <param name="Value">What it was.</param>
    public sealed record NotFinite(long Step, string Term, double Value) : TrainEvent
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.NotFinite(this);
    }

    /// <summary>The run has ended.</summary>
    public sealed record Ended(TrainResult Result) : TrainEvent
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Ended(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Started, TResult> started, Func<Progressed, TResult> progressed, Func<EpochEnded, TResult> epochEnded,
        Func<NotFinite, TResult> notFinite, Func<Ended, TResult> ended) =>
        Accept(new Cases<TResult>(started, progressed, epochEnded, notFinite, ended));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Started, TResult> Started, Func<Progressed, TResult> Progressed, Func<EpochEnded, TResult> EpochEnded,
        Func<NotFinite, TResult> NotFinite, Func<Ended, TResult> Ended);
}

/// <summary>What a run gave.</summary>
/// <param name="Run">The run folder.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Epochs">Whole epochs trained, resumed parts included.</param>
/// <param name="Seconds">Spent training, resumed parts included.</param>
/// <param name="ImagesPerSecond">The median over epochs.</param>
/// <param name="Train">The last epoch's training terms.</param>
/// <param name="Test">On the test set, with the kept weights.</param>
/// <param name="History">All epochs.</param>
/// <param name="Note">Why it ended, for people.</param>
[TypeFormatterSource(typeof(NumberFormatters))]
public sealed record TrainResult(
    string Run, Outcome Outcome, int Epochs, double Seconds, double ImagesPerSecond, Terms Train, Terms Test, ValueList<HistoryEntry> History, string Note);
