namespace Vae.Torch;

/// <summary>Whether lower or higher values of a metric are better.</summary>
internal enum Better
{
    /// <summary>Lower is better, as for −ln p(x).</summary>
    Lower,
    /// <summary>Higher is better, as for a score.</summary>
    Higher,
}

/// <summary>What it takes to run a claim.</summary>
internal enum ClaimTier
{
    /// <summary>Less than 20 minutes for each run, on one thread.</summary>
    Short,
    /// <summary>Hours.</summary>
    Long,
    /// <summary>A GPU.</summary>
    Gpu,
}

/// <summary>Whether a claim is reproduced.</summary>
internal enum ClaimStatus
{
    /// <summary>Not run yet.</summary>
    NotRun,
    /// <summary>Not reproduced yet; the file has the value reached so far.</summary>
    NotMet,
    /// <summary>Reproduced.</summary>
    Met,
}

/// <summary>A published result with everything needed to reproduce it: a file of its own, a line of a table.</summary>
/// <param name="Name">The file's name without its extension.</param>
/// <param name="Source">The paper or page, and the table in it.</param>
/// <param name="Figure">The metric, with its unit.</param>
/// <param name="Preprocessing">How the source prepares its images, as in <c>dynamic binarization</c>; that of the experiments.</param>
/// <param name="Tier">What it takes to run.</param>
/// <param name="Published">The reported value; null if only the better of two models is reported.</param>
/// <param name="Better">The better direction.</param>
/// <param name="Tolerance">
/// How much worse the reproduced value may be; ≥ 0, set before the run. For reported values at most <see cref="MinTolerance"/> or
/// twice the standard deviation over seeds, whichever is larger; 0 for directions.
/// </param>
/// <param name="Measure">One of <see cref="NamedMeasures.Numbers"/>, as in <c>nll:5000</c>.</param>
/// <param name="Experiments">
/// One; or an even number, and then the metric is the mean over the second half minus the mean over the first.
/// </param>
/// <param name="Seeds">The seeds that a single experiment is run with, for the mean over them; empty for its own alone.</param>
/// <param name="Note">What differs from the publication.</param>
/// <param name="Measured">The reproduced value; null before the first run.</param>
/// <param name="Deviation">The standard deviation of the reproduced value over seeds; null if there was one run.</param>
/// <param name="MeasuredOn">The day, as in 2026-01-31; null before.</param>
/// <param name="Seconds">Duration of training and evaluation; null before.</param>
/// <param name="Commit">The version that was measured; null before.</param>
internal sealed record Claim(
    string Name, string Source, string Figure, string Preprocessing, ClaimTier Tier, double? Published, Better Better, double Tolerance,
    string Measure, ValueList<Experiment> Experiments, ValueList<ulong> Seeds, string Note, double? Measured, double? Deviation,
    string? MeasuredOn, double? Seconds, string? Commit)
{
    /// <summary>The least tolerance of a reported value; nats.</summary>
    public const double MinTolerance = 0.3;

    /// <summary>Whether the value that was reached is good enough.</summary>
    public ClaimStatus Status => Measured is not { } value ? ClaimStatus.NotRun : IsMetBy(value) ? ClaimStatus.Met : ClaimStatus.NotMet;

    /// <summary>The status in words.</summary>
    public string StatusText => Status switch { ClaimStatus.Met => "met", ClaimStatus.NotMet => "not met", _ => "not run" };

    /// <summary>The tier as it is written in files and options.</summary>
    public string TierText => Tier.ToString().ToLowerInvariant();

    /// <summary>The largest tolerance that the rule allows: for a reported value, by the deviation over seeds.</summary>
    public double MaxTolerance => Published is null ? 0 : Math.Max(MinTolerance, 2 * (Deviation ?? 0));

    /// <summary>The runs: the experiment with each of the seeds, or the experiments.</summary>
    public ValueList<Experiment> Runs => Seeds.Count == 0 ? Experiments
        : ValueList.From(Seeds.Select(seed => Experiments[0].With(train: Experiments[0].Train.With(seed: seed))));

    /// <summary>
    /// Whether a value is as good as the reported one, or worse by no more than the tolerance; with none reported, whether it is on
    /// the better side of 0.
    /// </summary>
    public bool IsMetBy(double figure) =>
        Better == Better.Lower ? figure <= (Published ?? 0) + Tolerance : figure >= (Published ?? 0) - Tolerance;

    /// <summary>How an experiment prepares its images, in the words of <see cref="Preprocessing"/>.</summary>
    public static string PreprocessingOf(Experiment experiment) => experiment.Data.Binarization.Match(
        none: _ => experiment.Data.Source == StaticMnist.Name ? "static binarization" : "none",
        threshold: t => FormattableString.Invariant($"threshold {t.At}"),
        stochastic: _ => "dynamic binarization");
}

/// <summary>The result of running a claim.</summary>
/// <param name="Claim">What was claimed.</param>
/// <param name="Reproduced">The reproduced value.</param>
/// <param name="Deviation">The standard deviation over seeds; null for one run, and for differences.</param>
/// <param name="Seconds">Duration of training and evaluation; of runs that were trained before, their own.</param>
/// <param name="IsMet">Whether the value is as good as the reported one but for the tolerance.</param>
internal sealed record ClaimResult(Claim Claim, double Reproduced, double? Deviation, double Seconds, bool IsMet);
