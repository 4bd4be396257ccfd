using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Posterior predictive checks for people.</summary>
internal static class ColumnChecks
{
    private const double Level = 0.01;

    public static void Write(TextWriter output, bool json, ValueList<ColumnCheck> checks, FittedSampler? sampler)
    {
        if (json)
        {
            foreach (var check in checks)
                Printing.Line(output, check);
            return;
        }
        Tables.Write(output, $"distributions of test rows and of rows with codes from {sampler?.Fitted ?? "the prior"}",
            ["column", "distance#", "usual of the model's own rows#", "p-value#"],
            checks.Select(check => (string[])[
                TextLines.Printable(check.Column), Text(check.Distance), Text(check.Usual), Text(check.PValue)]));
        foreach (var check in checks.Where(check => check.PValue <= Level))
            output.WriteLine($"! the model misses the distribution of {TextLines.Printable(check.Column)}: test rows are "
                + $"{Text(check.Distance)} from its rows, which are up to {Text(check.Usual)} from each other");
        if (checks.All(check => check.PValue > Level))
            output.WriteLine($"no column's distribution is missed (p > {Text(Level)} in each)");
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
