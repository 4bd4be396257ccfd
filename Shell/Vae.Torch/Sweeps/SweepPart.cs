using System.Globalization;

namespace Vae.Torch;

/// <summary>A share of the runs of a sweep: every <paramref name="Count"/>-th, from <paramref name="Number"/> on.</summary>
/// <param name="Number">The number of the share, 1 … <paramref name="Count"/>.</param>
/// <param name="Count">Number of shares; at least 1.</param>
internal sealed record SweepPart(int Number, int Count)
{
    /// <summary>All runs.</summary>
    public static SweepPart All { get; } = new(1, 1);

    /// <summary>A share by its text, as 2/8.</summary>
    /// <exception cref="VaeException">The text is not I/N with I in 1 … N.</exception>
    public static SweepPart Parse(string text) =>
        text.Split('/') is [var number, var of] && Whole(number) is { } i && Whole(of) is { } n && i >= 1 && i <= n
            ? new(i, n) : throw new VaeException($"part: must be I/N with I in 1 … N, as 2/8, got {text}");

    /// <summary>The share of this task of a Slurm array job; all runs outside one.</summary>
    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    internal static SweepPart FromSlurm(Func<string, string?> variable) =>
        Whole(variable("SLURM_ARRAY_TASK_ID")) is { } id && Whole(variable("SLURM_ARRAY_TASK_COUNT")) is { } count
        && (Whole(variable("SLURM_ARRAY_TASK_MIN")) ?? 0) is var first
        && (id - first) / (Whole(variable("SLURM_ARRAY_TASK_STEP")) ?? 1) is var place && place >= 0 && place < count
            ? new(place + 1, count) : All;

    /// <summary>Whether a run belongs to the share.</summary>
    internal bool Has(int run) => run % Count == Number - 1;

    private static int? Whole(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
