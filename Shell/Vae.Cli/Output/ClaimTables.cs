using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Shows claims, their runs and their results, as tables or as JSON lines.</summary>
internal static class ClaimTables
{
    public static int List(TextWriter output, bool json, ValueList<Claim> claims)
    {
        if (json)
            foreach (var claim in claims)
                Printing.Line(output, new
                {
                    Event = "claim",
                    claim.Name,
                    Tier = claim.TierText,
                    claim.Preprocessing,
                    claim.Figure,
                    claim.Published,
                    claim.Measured,
                    Status = claim.StatusText,
                    claim.MeasuredOn,
                    claim.Seconds,
                });
        else
            Tables.Write(output, "claims", ["name", "tier", "metric", "reported#", "reproduced#", "status", "seconds#"],
                claims.Select(claim => new[]
                {
                    claim.Name, claim.TierText, claim.Figure, Number(claim.Published), Number(claim.Measured), claim.StatusText,
                    Number(claim.Seconds),
                }));
        return VaeCommand.Success;
    }

    // A terminal shows one run live. Of several at a time, each line names its claim.
    public static ClaimResult Train(
        TextWriter output, bool json, bool alone, Claim claim, Func<IProgress<TrainEvent>, ClaimResult> run)
    {
        if (json)
            return run(new JsonLines(output, claim.Name));
        output.WriteLine($"{claim.Name}: {claim.Figure}");
        return alone ? Outputs.Show(Printing.Console(output), run) : run(new PlainOutput(output, $"{claim.Name}: "));
    }

    // Other claims may take long after this one: each result is written at once, so that nothing is lost with a later one.
    public static void Result(TextWriter output, bool json, ClaimResult result)
    {
        var claim = result.Claim;
        if (json)
            Printing.Line(output, new
            {
                Event = "measured",
                claim.Name,
                result.Reproduced,
                result.Deviation,
                claim.Published,
                claim.Tolerance,
                Better = Side(claim),
                result.IsMet,
                result.Seconds,
            });
        else
            output.WriteLine($"{claim.Name}: {(result.IsMet ? "met" : "not met")}, {Number(result.Reproduced)} (reported "
                + $"{Number(claim.Published)}), {Number(Math.Round(result.Seconds))} s{Environment.NewLine}");
        output.Flush();
    }

    public static void Results(TextWriter output, IReadOnlyList<ClaimResult> results)
    {
        Tables.Write(output, "reproduced metrics",
            ["name", "reported#", "reproduced#", "before#", "better", "tolerance#", "met", "seconds#"],
            results.Select(result => new[]
            {
                result.Claim.Name, Number(result.Claim.Published), Number(result.Reproduced), Number(result.Claim.Measured),
                Side(result.Claim), Number(result.Claim.Tolerance), result.IsMet ? "yes" : "no",
                Number(Math.Round(result.Seconds)),
            }));
        foreach (var claim in results.Select(result => result.Claim))
            output.WriteLine($"{claim.Name}: {claim.Source}");
    }

    private static string Side(Claim claim) => claim.Better.ToString().ToLowerInvariant();

    // A table of the claims that fit a budget must not look complete.
    public static void LeftOut(TextWriter output, bool json, ValueList<Claim> claims, IReadOnlyList<Claim> elsewhere)
    {
        foreach (var claim in claims)
            if (json)
                Printing.Line(output, new
                {
                    Event = elsewhere.Contains(claim) ? "elsewhere" : "leftOut",
                    claim.Name,
                    Tier = claim.TierText,
                    claim.Seconds,
                });
            else
                output.WriteLine(elsewhere.Contains(claim) ? $"run by another process: {claim.Name} ({claim.TierText})"
                    : $"not run: {claim.Name} ({claim.TierText}), which took {Number(claim.Seconds)} seconds");
    }

    private static string Number(double? value) => value is { } number ? number.ToString("0.##", CultureInfo.InvariantCulture) : "—";
}
