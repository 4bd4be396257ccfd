using System.Globalization;
using Vae.Torch;

namespace Vae.Cli.Tests;

/// <summary>tests/Claims/README.md: what claims are, and all of them.</summary>
internal static class ClaimTable
{
    private const string Introduction = """
        # Claims

        A figure that was published, in a file with all that it takes to measure ours: the experiments, the measure, which side is better, how
        far on the worse side ours may lie and why. With several experiments the figure is the mean over the second half of them less the mean
        over the first. Ours, its day, its seconds and the version that gave it are written by the run alone:

        ```text
        vae claim                        the list
        vae claim mnist-10-epochs        trains, measures, prints ours beside theirs; exit code 1 where it is not met
        vae claim --all --budget 30m     the quickest that fit; with --write into the files
        ```

        Seconds are those of training and measuring on one thread of a shared machine of two cores. Where no figure is published for what
        was measured, the side of 0 is.

        | claim | figure | published | ours | better | tolerance | seconds | source |
        |---|---|---:|---:|---|---:|---:|---|

        """;

    public static string Text(ValueList<Claim> claims) =>
        Introduction.ReplaceLineEndings("\n") + string.Concat(claims.Select(Row)) + "\n## What differs\n\n"
            + string.Concat(claims.Select(claim => $"- `{claim.Name}`: {claim.Note}\n"));

    private static string Row(Claim claim) => string.Concat(
        new[] { $"[{claim.Name}]({claim.Name}.json)", claim.Figure, Number(claim.Published), Number(claim.Measured),
            claim.Better.ToString().ToLowerInvariant(), Number(claim.Tolerance), Number(claim.Seconds), claim.Source }
            .Select(cell => $"| {cell.Replace("|", "\\|", StringComparison.Ordinal)} ")) + "|\n";

    private static string Number(double? value) => value is { } number ? number.ToString("0.###", CultureInfo.InvariantCulture) : "—";
}
