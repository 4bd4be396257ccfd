namespace Vae.Torch;

/// <summary>Whether lower or higher values of a metric are better.</summary>
internal enum Better
{
    /// <summary>Lower is better, as for −ln p(x).</summary>
    Lower,
    /// <summary>Higher is better, as for a score.</summary>
    Higher,
}

/// <summary>A published result and everything needed to reproduce it; one file and one row of a table.</summary>
/// <param name="Name">The file's name without its extension.</param>
/// <param name="Source">The paper or page, and the table in it.</param>
/// <param name="Figure">What is measured, with its unit.</param>
/// <param name="Published">The published value; null if only a direction was published.</param>
/// <param name="Better">Whether lower or higher is better.</param>
/// <param name="Tolerance">How much worse the reproduced value may be, as training may be shorter than published; ≥ 0.</param>
/// <param name="Measure">One of <see cref="NamedMeasures.Numbers"/>, such as <c>nll:5000</c>.</param>
/// <param name="Experiments">
/// One experiment whose metric is the result, or an even number, such as two models with several seeds each: the result is then the
/// mean over the second half minus the mean over the first.
/// </param>
/// <param name="Note">Differences from the publication.</param>
/// <param name="Measured">The last reproduced value; null if never run.</param>
/// <param name="MeasuredOn">The date of <paramref name="Measured"/>, such as 2026-01-31; null if never run.</param>
/// <param name="Seconds">Time that training and measuring took; seconds; null if never run.</param>
/// <param name="Commit">The commit that was measured; null if never run.</param>
internal sealed record Claim(
    string Name, string Source, string Figure, double? Published, Better Better, double Tolerance, string Measure,
    ValueList<Experiment> Experiments, string Note, double? Measured, string? MeasuredOn, double? Seconds, string? Commit)
{
    /// <summary>
    /// Whether a value is at least as good as the published one, within the tolerance; if only a direction was published, whether it
    /// lies on the better side of 0.
    /// </summary>
    public bool IsMetBy(double figure) =>
        Better == Better.Lower ? figure <= (Published ?? 0) + Tolerance : figure >= (Published ?? 0) - Tolerance;
}

/// <summary>The outcome of running a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Reproduced">The reproduced value.</param>
/// <param name="Seconds">Time of training and measuring; seconds. Runs that were already trained count with their recorded time.</param>
/// <param name="IsMet">Whether the reproduced value is as good as the published one, within the tolerance.</param>
internal sealed record ClaimResult(Claim Claim, double Reproduced, double Seconds, bool IsMet);
