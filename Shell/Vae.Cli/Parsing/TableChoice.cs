using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>How a table is read for a new run.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="IsMasked">Whether cells may be missing.</param>
/// <param name="Understood">What was inferred; null where the user chose a likelihood and numbers are taken as they are.</param>
/// <param name="Recipe">Sizes that fit the table.</param>
internal sealed record TablePlan(TableSchema Schema, bool IsMasked, TableInference? Understood, TableRecipe Recipe);

/// <summary>The options that say what a table holds.</summary>
internal sealed class TableChoice
{
    private readonly Option<string> columns = new Option<string>("--columns")
    {
        Description = "What columns of a table hold, where that is not recognized, as in age=continuous,job=categorical+other,zip=ignore; "
            + "kinds: continuous, log, quantile, positive, zero-inflated, binary, ordinal[:LOW<...<HIGH], "
            + "categorical[:COUNT][+other], count, date, label, ignore",
    }.Checked(text => VaeException.Unwrap(SpecText.Columns(text)));
    private readonly Option<string> @decimal = new Option<string>("--decimal")
    {
        Description = "Decimal mark of the numbers of a table: point or comma (default: recognized)",
    }.Checked(IsComma);

    private readonly Option<string> header = new Option<string>("--header")
    {
        Description = "Whether the first line of a table names its columns: yes or no (default: recognized)",
    }.Checked(IsHeader);

    /// <summary>All options.</summary>
    public Option[] Options => [columns, @decimal, header];

    /// <summary>
    /// How a file is read as a table: as it is understood and corrected by the options, or by numbers as they are for a likelihood that
    /// takes them. Null for what is no table, or holds intensities.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The file.</param>
    /// <param name="likelihood">The likelihood that was chosen; null if none was.</param>
    /// <param name="isIntensities">Whether numbers are intensities.</param>
    /// <param name="aside">A column that divides the rows, which no model sees; empty for none.</param>
    public TablePlan? Plan(ParseResult parsed, string path, Likelihood? likelihood, bool isIntensities, string aside)
    {
        var isAsked = parsed.GetValue(columns) is not null || parsed.GetValue(@decimal) is not null
            || parsed.GetValue(header) is not null;
        if (!TableFile.IsTable(path, ParquetTables.Format) || !File.Exists(path) || isIntensities)
            return !isAsked ? null
                : throw new VaeException($"columns: must be left out for {path}, "
                    + $"which is {(isIntensities ? "read as intensities" : "no .csv, .parquet or .tsv file")}, got one");
        var file = TableFile.Open(path, ParquetTables.Format, parsed.GetValue(@decimal) is { } mark && IsComma(mark),
            parsed.GetValue(header) is { } asked ? IsHeader(asked) : null);
        if (likelihood is not null && parsed.GetValue(columns) is null)
        {
            var given = file.OfNumbers(likelihood, aside);
            return new(given, likelihood.Formulas().TakesMask, null, TableRecipe.For(given.Width, file.Count));
        }
        var said = parsed.GetValue(columns) is { } text ? VaeException.Unwrap(SpecText.Columns(text)) : [];
        var understood = file.Infer(file.Names.Contains(aside) ? said.Append([ColumnChoice.Named(aside, "ignore")]) : said);
        return new(understood.Schema, likelihood?.Formulas().TakesMask ?? understood.HasMissing, understood,
            TableRecipe.For(understood.Schema.Width, file.Count));
    }

    private static bool IsHeader(string text) => text switch
    {
        "yes" => true,
        "no" => false,
        _ => throw new VaeException($"header: must be yes or no, got {text}"),
    };

    private static bool IsComma(string text) => text switch
    {
        "comma" => true,
        "point" => false,
        _ => throw new VaeException($"decimal: must be point or comma, got {text}"),
    };
}
