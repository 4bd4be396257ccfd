using System.Text.Json.Serialization;

namespace Vae.Torch;

/// <summary>
/// Loss terms in nats per example: negElbo = reconstruction + KL, whatever the objective and its KL weight β. Null if not
/// applicable: an autoencoder, whose posterior is a point, has a reconstruction term only.
/// </summary>
/// <param name="NegElbo">−ELBO.</param>
/// <param name="Reconstruction">−ln p(x|z) at draws from the posterior; where the condition shows part of x, of the rest of x.</param>
/// <param name="Kl">KL(q(z|x) ‖ p(z)).</param>
[TypeFormatterSource(typeof(NumberFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record Terms(double? NegElbo, double Reconstruction, double? Kl)
{
    /// <summary>Whether every term that is not null is finite.</summary>
    [JsonIgnore]
    public bool AreFinite => double.IsFinite(Criterion) && double.IsFinite(Reconstruction) && double.IsFinite(Kl ?? 0);

    /// <summary>The criterion by which models are compared, lower being better: −ELBO, or the reconstruction of an autoencoder.</summary>
    [JsonIgnore]
    public double Criterion => NegElbo ?? Reconstruction;

    /// <summary>The terms that apply to a model.</summary>
    internal static Terms Create(VaeSpec spec, double reconstruction, double kl) =>
        Posteriors.HasDensity(spec.Posterior) ? new(reconstruction + kl, reconstruction, kl) : new(null, reconstruction, null);
}

/// <summary>The result of an epoch: a line of <c>history.jsonl</c>.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Step">Number of steps since the run began.</param>
/// <param name="Seconds">Training time so far, earlier sessions of a resumed run included.</param>
/// <param name="ImagesPerSecond">Training throughput in this epoch, loading of the data included.</param>
/// <param name="LearningRate">Learning rate at the last step.</param>
/// <param name="Beta">KL weight β at the last step.</param>
/// <param name="Train">Means over the measured steps of the epoch, each with the weights of that step.</param>
/// <param name="Validation">Terms on the validation set (the test set if there is none), with the weights at the end of the epoch.</param>
/// <param name="Skipped">Number of steps that were skipped because their gradient was an outlier.</param>
/// <param name="Communication">Share of the time that rank 0 spent in communication with other ranks; in [0, 1].</param>
public sealed record HistoryEntry(
    int Epoch, long Step, double Seconds, double ImagesPerSecond, double LearningRate, double Beta,
    Terms Train, Terms Validation, long Skipped = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double Communication = 0);

/// <summary>How a run ended.</summary>
public enum Outcome
{
    /// <summary>All epochs were trained.</summary>
    Completed,
    /// <summary>The validation criterion stopped improving; the best weights were kept.</summary>
    StoppedEarly,
    /// <summary>The run was cancelled; a later run resumes at the same step.</summary>
    Interrupted,
    /// <summary>A loss term or a weight became NaN or infinite; the last good checkpoint was kept.</summary>
    Diverged,
}

/// <summary>A progress event of training.</summary>
public abstract record TrainEvent
{
    private protected TrainEvent() { }

    /// <summary>Training starts or resumes.</summary>
    /// <param name="Run">Path of the run folder.</param>
    /// <param name="Experiment">The experiment.</param>
    /// <param name="Images">Number of training examples.</param>
    /// <param name="Parameters">Number of trained values.</param>
    /// <param name="Step">Number of steps taken so far; above 0 when resumed.</param>
    /// <param name="StepsPerEpoch">Number of steps in an epoch.</param>
    /// <param name="Route">How a step is computed, as a text for display.</param>
    public sealed record Started(
        string Run, Experiment Experiment, long Images, long Parameters, long Step, long StepsPerEpoch, string Route) : TrainEvent
    {
        /// <summary>What looks unintended, as <see cref="Specs.Remarks"/> finds it; empty for a resumed run.</summary>
        public ValueList<string> Remarks { get; init; } = [];

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Started(this);
    }

    /// <summary>Training has progressed; reported a few times a second.</summary>
    /// <param name="Step">Number of steps since the run began.</param>
    /// <param name="ImagesPerSecond">Training throughput since the last report.</param>
    /// <param name="Terms">Means over the epoch so far.</param>
    /// <param name="Communication">Share of the time since the last report spent in communication with other ranks; in [0, 1].</param>
    public sealed record Progressed(long Step, double ImagesPerSecond, Terms Terms, double Communication = 0) : TrainEvent
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Progressed(this);
    }

    /// <summary>An epoch has ended.</summary>
    /// <param name="Entry">The result of the epoch.</param>
    public sealed record EpochEnded(HistoryEntry Entry) : TrainEvent
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.EpochEnded(this);
    }

    /// <summary>A loss term or a weight is NaN or infinite.</summary>
    /// <param name="Step">The step at which it was found.</param>
    /// <param name="Term">Name of the term.</param>
    /// <param name="Value">Value of the term.</param>
    public sealed record NotFinite(long Step, string Term, double Value) : TrainEvent
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.NotFinite(this);
    }

    /// <summary>The run has ended.</summary>
    /// <param name="Result">The result of the run.</param>
    public sealed record Ended(TrainResult Result) : TrainEvent
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Ended(this);
    }

    /// <summary>Calls the function of this event's case.</summary>
    /// <param name="started">Function for <see cref="Started"/>.</param>
    /// <param name="progressed">Function for <see cref="Progressed"/>.</param>
    /// <param name="epochEnded">Function for <see cref="EpochEnded"/>.</param>
    /// <param name="notFinite">Function for <see cref="NotFinite"/>.</param>
    /// <param name="ended">Function for <see cref="Ended"/>.</param>
    /// <returns>The function's result.</returns>
    public TResult Match<TResult>(
        Func<Started, TResult> started, Func<Progressed, TResult> progressed, Func<EpochEnded, TResult> epochEnded,
        Func<NotFinite, TResult> notFinite, Func<Ended, TResult> ended) =>
        Accept(new Cases<TResult>(started, progressed, epochEnded, notFinite, ended));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Started, TResult> Started, Func<Progressed, TResult> Progressed, Func<EpochEnded, TResult> EpochEnded,
        Func<NotFinite, TResult> NotFinite, Func<Ended, TResult> Ended);
}

/// <summary>The result of a run.</summary>
/// <param name="Run">Path of the run folder.</param>
/// <param name="Outcome">How the run ended.</param>
/// <param name="Epochs">Number of whole epochs trained, earlier sessions of a resumed run included.</param>
/// <param name="Seconds">Training time, earlier sessions of a resumed run included.</param>
/// <param name="ImagesPerSecond">Training throughput: the median over epochs.</param>
/// <param name="Train">Training terms of the last epoch.</param>
/// <param name="Test">Terms on the test set, with the kept weights.</param>
/// <param name="History">The results of all epochs.</param>
/// <param name="Note">Why the run ended, as a text for display.</param>
[TypeFormatterSource(typeof(NumberFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record TrainResult(
    string Run, Outcome Outcome, int Epochs, double Seconds, double ImagesPerSecond,
    Terms Train, Terms Test, ValueList<HistoryEntry> History, string Note);
