using System.Globalization;
using Spectre.Console;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Prints the result of a sweep for people or for programs.</summary>
internal static class SweepTables
{
    private const int MaxNumber = 10;

    public static void Write(TextWriter output, bool json, SweepResult result, SweepSpec sweep)
    {
        if (json)
        {
            Printing.Line(output, new { Event = "sweep", result.Folder, result.Axes, result.Planned, Runs = result.Rows.Select(Row) });
            return;
        }
        var console = Printing.Console(output);
        var table = new Table().Title("nats per example, on the test set").RoundedBorder();
        foreach (var (i, axis) in result.Axes.Index())
        {
            var column = new Spectre.Console.TableColumn(axis.EscapeMarkup());
            // Numbers are not broken; long values are.
            table.AddColumn(result.Rows.All(row => row.Choices[i].Length <= MaxNumber) ? column.NoWrap() : column);
        }
        foreach (var name in new[] { "-ELBO", "reconstruction", "KL", "active", "epochs", "front", "" })
            table.AddColumn(new Spectre.Console.TableColumn(name).RightAligned().NoWrap());
        foreach (var row in result.Rows)
            table.AddRow([.. row.Choices.Select(choice => TextLines.Printable(choice).EscapeMarkup()),
                TextLines.Nats(row.Test.NegElbo), TextLines.Nats(row.Test.Reconstruction), TextLines.Nats(row.Test.Kl),
                row.ActiveUnits.ToString(CultureInfo.InvariantCulture), row.Epochs.ToString(CultureInfo.InvariantCulture),
                row.Pareto ? "*" : "", row.Outcome == Outcome.Completed ? ""
                : row.Outcome == Outcome.Interrupted && sweep.Halving is not null ? "stopped" : $"{row.Outcome}"]);
        console.Write(table);
        console.WriteLine("* on the Pareto front of KL and reconstruction");
        if (result.Rows.Count < result.Planned)
            console.WriteLine($"{result.Rows.Count} of {result.Planned} runs: "
                + (sweep.Part == SweepPart.All ? "repeat the command to continue" : "the part that ends last has all"));
        console.WriteLine($"page: {Path.Combine(result.Folder, "sweep.html")}");
    }

    private static object Row(SweepRow row) => new
    {
        row.Run,
        row.Choices,
        Outcome = $"{row.Outcome}",
        row.Epochs,
        row.Seconds,
        row.Test.NegElbo,
        row.Test.Reconstruction,
        row.Test.Kl,
        row.ActiveUnits,
        row.Pareto,
    };
}
