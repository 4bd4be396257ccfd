using System.Globalization;
using Vae.Torch;

namespace Vae.Cli.Tests;

/// <summary>Writes tests/Claims/README.md: what claims are, and a table of all.</summary>
internal static class ClaimTable
{
    private const string Introduction = """
        # Claims

        A claim is a published result with everything needed to reproduce it, in one file: the experiments, the metric, the
        direction that is better, and how much worse the reproduced value may be. With several experiments, the metric is the mean
        over the second half of them minus the mean over the first; with several seeds, it is the mean over them. Only the command
        writes the reproduced value, its date, its duration and the version that gave it:

        ```text
        vae claim # list the claims
        vae claim mnist-10-epochs # train, measure, print reported and reproduced values; exit code 1 if not reproduced
        vae claim --all --budget 30m # the quickest that fit into the time on this machine, of the tier short
        ```

        In the repository, `--claims tests/Claims --write` stores the results in the files. On the CPU, `--all` trains a claim on each
        core. Further processes with the same `--out` share the work: each takes claims that no other has.

        The rule of the tolerance: at most 0.3 nats or twice the standard deviation over seeds, whichever is larger, set before the run.
        The preprocessing is that of the publication, and the experiments must have the same. A claim that is not met stays in the table
        with the value reached so far. The tier `long` takes hours, `gpu` a GPU.

        Seconds are for training and evaluation on one thread of a shared machine with two cores. If the publication reports only
        which of two models is better, the sign of their difference is the claim.

        | claim | tier | status | metric | preprocessing | reported | reproduced | better | tolerance | seconds | source |
        |---|---|---|---|---|---:|---:|---|---:|---:|---|

        """;

    public static string Text(ValueList<Claim> claims) =>
        Introduction.ReplaceLineEndings("\n") + string.Concat(claims.Select(Row)) + "\n## Differences from the publications\n\n"
            + string.Concat(claims.Select(claim => $"- `{claim.Name}`: {claim.Note}\n"));

    private static string Row(Claim claim) => string.Concat(
        new[] { $"[{claim.Name}]({claim.Name}.json)", claim.TierText, claim.StatusText, claim.Figure, claim.Preprocessing,
            Number(claim.Published), Number(claim.Measured), claim.Better.ToString().ToLowerInvariant(), Number(claim.Tolerance),
            Number(claim.Seconds), claim.Source }
            .Select(cell => $"| {cell.Replace("|", "\\|", StringComparison.Ordinal)} ")) + "|\n";

    private static string Number(double? value) => value is { } number ? number.ToString("0.###", CultureInfo.InvariantCulture) : "—";
}
