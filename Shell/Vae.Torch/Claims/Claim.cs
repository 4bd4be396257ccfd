namespace Vae.Torch;

/// <summary>Which side of a published figure is the better one.</summary>
internal enum Better
{
    /// <summary>As of −ln p(x).</summary>
    Lower,
    /// <summary>As of a score.</summary>
    Higher,
}

/// <summary>A figure that somebody published, and all that it takes to measure ours: a file of its own, a line of a table.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Source">The paper or page, and the table in it.</param>
/// <param name="Figure">What is measured, with its unit.</param>
/// <param name="Published">The figure; null where a direction alone was published.</param>
/// <param name="Better">Which side of it is better.</param>
/// <param name="Tolerance">How far on the worse side ours may lie, where training is shorter than theirs; ≥ 0.</param>
/// <param name="Measure">One of <see cref="NamedMeasures.Numbers"/>, as in <c>nll:5000</c>.</param>
/// <param name="Experiments">One; or an even number, as of several seeds, and then the figure is the mean over the second half less the mean over the first.</param>
/// <param name="Note">What differs from the publication.</param>
/// <param name="Measured">Ours, when it was last measured; null before.</param>
/// <param name="MeasuredOn">The day, as in 2026-01-31; null before.</param>
/// <param name="Seconds">That training and measuring took; null before.</param>
/// <param name="Commit">The version that was measured; null before.</param>
internal sealed record Claim(
    string Name, string Source, string Figure, double? Published, Better Better, double Tolerance, string Measure, ValueList<Experiment> Experiments,
    string Note, double? Measured, string? MeasuredOn, double? Seconds, string? Commit)
{
    /// <summary>Whether a figure is as good as the published one, or worse by no more than the tolerance; with none published, whether it is on the better side of 0.</summary>
    public bool IsMetBy(double figure) => Better == Better.Lower ? figure <= (Published ?? 0) + Tolerance : figure >= (Published ?? 0) - Tolerance;
}

/// <summary>What a claim gave when it was run.</summary>
/// <param name="Claim">What was claimed.</param>
/// <param name="Reproduced">Ours, now.</param>
/// <param name="Seconds">That training and measuring took, of runs that were trained before their own seconds.</param>
/// <param name="IsMet">Whether it is as good as the published one but for the tolerance.</param>
internal sealed record ClaimResult(Claim Claim, double Reproduced, double Seconds, bool IsMet);
