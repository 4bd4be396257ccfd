using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>How a table is read for a new run.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="IsMasked">Whether cells may be missing.</param>
/// <param name="Understood">What was inferred; null where the user chose a likelihood and numbers are taken as they are.</param>
/// <param name="Recipe">Sizes that fit the table.</param>
/// <param name="Windows">How its rows are cut into windows, whose columns are then the schema.</param>
internal sealed record TablePlan(
    TableSchema Schema, bool IsMasked, TableInference? Understood, TableRecipe Recipe, WindowSpec Windows);

/// <summary>How the rows of a table are used.</summary>
/// <param name="Aside">A column that divides the rows, which no model sees; empty for none.</param>
/// <param name="Blocks">Number of groups of rows that are shuffled together; 0 for all rows.</param>
internal sealed record TableUse(string Aside, int Blocks);

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

    private readonly Option<int> window = new("--window")
    {
        Description = "Number of consecutive rows in an example, for a table with a column of time (default: a row is an example)",
    };
    private readonly Option<int> stride = new("--stride")
    {
        Description = "Rows between the beginnings of neighbouring windows (default: an eighth of --window)",
    };
    private readonly Option<string> time = new("--time")
    {
        Description = "Column of dates or numbers by which the rows of windows are ordered (default: the only column of dates)",
    };
    private readonly Option<string> group = new("--group")
    {
        Description = "Column that says which rows belong to one series; windows cross neither series nor gaps (default: one series)",
    };

    /// <summary>All options.</summary>
    public Option[] Options => [columns, @decimal, header, window, stride, time, group];

    /// <summary>
    /// How a file is read as a table: as it is understood and corrected by the options, or by numbers as they are for a likelihood that
    /// takes them. Null for what is no table, or holds intensities.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The file.</param>
    /// <param name="likelihood">The likelihood that was chosen; null if none was.</param>
    /// <param name="isIntensities">Whether numbers are intensities.</param>
    /// <param name="reading">How rows are divided and shuffled.</param>
    public TablePlan? Plan(ParseResult parsed, string path, Likelihood? likelihood, bool isIntensities, TableUse reading)
    {
        var isCut = Options[3..].FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        var isTable = TableFile.IsTable(path, ParquetTables.Format) && File.Exists(path);
        if (isCut is not null && (!isTable || isIntensities || likelihood is not null))
            throw new VaeException($"{isCut.Name.TrimStart('-')}: must be left out for anything but a .csv, .parquet or .tsv table whose "
                + $"likelihood follows from its columns, got {path}");
        var isAsked = parsed.GetValue(columns) is not null || parsed.GetValue(@decimal) is not null
            || parsed.GetValue(header) is not null;
        if (!isTable || isIntensities)
            return !isAsked ? null
                : throw new VaeException($"columns: must be left out for {path}, "
                    + $"which is {(isIntensities ? "read as intensities" : "no .csv, .parquet or .tsv file")}, got one");
        var comma = parsed.GetValue(@decimal) is { } mark && IsComma(mark);
        var isGrouped = reading.Blocks > 0 && isCut is null
            && path.EndsWith(ParquetTables.Format.Extension, StringComparison.OrdinalIgnoreCase);
        var file = isGrouped ? TableFile.OpenInGroups(path, ParquetTables.Format, comma)
            : TableFile.Open(path, ParquetTables.Format, comma, parsed.GetValue(header) is { } asked ? IsHeader(asked) : null);
        var aside = reading.Aside;
        if (likelihood is not null && parsed.GetValue(columns) is null)
        {
            var given = file.OfNumbers(likelihood, aside);
            return new(given, likelihood.Formulas().TakesMask, null, TableRecipe.For(given.Width, file.Count), WindowSpec.None);
        }
        var said = parsed.GetValue(columns) is { } text ? VaeException.Unwrap(SpecText.Columns(text)) : [];
        var understood = file.Infer(file.Names.Contains(aside) ? said.Append([ColumnChoice.Named(aside, "ignore")]) : said);
        var windows = isCut is null ? WindowSpec.None : Cut(parsed, understood.Schema);
        var schema = windows.IsUsed ? windows.Unrolled(understood.Schema) : understood.Schema;
        return new(schema, likelihood?.Formulas().TakesMask ?? understood.HasMissing, understood,
            TableRecipe.For(schema.Width, file.Count / windows.Stride), windows);
    }

    private WindowSpec Cut(ParseResult parsed, TableSchema schema)
    {
        VaeException.Require(parsed.GetValue(window) >= 1, "window", "must be at least 1 row, with any of --stride, --time and --group",
            parsed.GetValue(window));
        var dates = schema.Columns.Where(column => column.Kind is ColumnKind.Date).Select(column => column.Name).ToList();
        if (parsed.GetValue(time) is null && dates.Count != 1)
            throw new VaeException("time: must name the column of time where the table has not just one column of dates, got "
                + (dates.Count == 0 ? "none" : string.Join(", ", dates)));
        foreach (var (option, name) in new[] { ("time", parsed.GetValue(time)), ("group", parsed.GetValue(group)) })
            if (name is not null && schema.Columns.All(column => column.Name != name))
                throw new VaeException($"{option}: must name a column of the table, which are "
                    + $"{ClassTexts.Shown(ValueList.From(schema.Columns.Select(column => column.Name)))}, got {name}");
        var steps = parsed.GetValue(window);
        var by = parsed.GetResult(stride) is { Implicit: false } ? parsed.GetValue(stride) : Math.Max(1, steps / 8);
        VaeException.Require(by >= 1, "stride", "must be at least 1 row", by);
        return new(steps, by, parsed.GetValue(time) ?? dates[0], parsed.GetValue(group) ?? "");
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
