namespace Vae.Torch;

/// <summary>A file as a table of named columns of text: its schema is inferred from it, and it is read by a schema.</summary>
public sealed class TableFile
{
    // Different texts of a column that are kept where rows are read in groups.
    private const int MaxDistinct = 1 << 14;

    private readonly TableGroups? groups;
    private readonly DelimitedFile file;
    private readonly bool isHeader;
    private readonly bool decimalComma;

    private TableFile(DelimitedFile file, bool isHeader, bool decimalComma)
    {
        (this.file, this.isHeader, this.decimalComma) = (file, isHeader, decimalComma);
        Names = Headers.Names(file.Records[0], isHeader);
    }

    private TableFile(TableGroups groups, bool decimalComma)
    {
        (this.groups, this.decimalComma, isHeader) = (groups, decimalComma, true);
        (file, Names) = (new(groups.Path, [[.. groups.Names]], [0]), groups.Names);
    }

    /// <summary>The columns, in the order of the file.</summary>
    public ValueList<string> Names { get; }

    /// <summary>Number of rows.</summary>
    public int Count => groups?.Count ?? file.Records.Count - (isHeader ? 1 : 0);

    /// <summary>Whether the path is that of a table: .csv, .tsv, or a file of the format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">A format beside .csv and .tsv; null for none.</param>
    public static bool IsTable(string path, ITableFormat? format = null) =>
        Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" || IsOf(format, path);

    /// <summary>Reads a file; the delimiter and the header of a .csv or .tsv are recognized.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">A format beside .csv and .tsv; null for none.</param>
    /// <param name="decimalComma">Whether numbers have a decimal comma; recognized if false, where it is unambiguous.</param>
    /// <param name="isHeader">Whether the first line of a .csv or .tsv names the columns; null to recognize it.</param>
    public static TableFile Open(string path, ITableFormat? format, bool decimalComma = false, bool? isHeader = null)
    {
        if (IsOf(format, path))
            return OfTexts(path, Disk.Read(path, format!.Read), decimalComma);
        var file = DelimitedFile.Read(path);
        if (file.Records.Count == 0)
            throw new VaeException($"{path}: must hold at least one line, got none");
        var table = new TableFile(file, isHeader ?? Headers.IsHeader(file.Records), decimalComma || HasDecimalCommas(file));
        return table.Count > 0 ? table : throw new VaeException($"{path}: must hold at least one row below the names of columns, got none");
    }

    /// <summary>
    /// Opens a file whose rows lie in groups, such as a Parquet file of any size. Columns are read one after the other for
    /// <see cref="Infer"/>: where one has more than 16,384 different texts, its kind follows from a sample of them, and its mean and
    /// deviation from all rows. <see cref="Read"/> reads the rows into memory if they fit into an array, and else, as
    /// <see cref="DataSources"/> does, a group at a time where it is needed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="decimalComma">Whether numbers have a decimal comma.</param>
    /// <exception cref="VaeException">The file is damaged, holds no row, or its format has no groups.</exception>
    public static TableFile OpenInGroups(string path, ITableFormat format, bool decimalComma = false) => new(
        TableGroups.Open(path, format) ?? throw new VaeException(
            $"data.shuffleBlocks: must be 0 for {path}, whose format has no groups of rows, got more"), decimalComma);

    /// <summary>Reads a .csv or .tsv file; the delimiter and the header are recognized.</summary>
    /// <param name="path">The file.</param>
    /// <param name="decimalComma">Whether numbers have a decimal comma; recognized if false, where it is unambiguous.</param>
    public static TableFile Open(string path, bool decimalComma = false) => Open(path, null, decimalComma);

    /// <summary>A table of texts in memory.</summary>
    /// <param name="name">Its name in messages, in place of a path; rows are numbered from 1 there.</param>
    /// <param name="texts">At least one row, each with a cell for each column.</param>
    /// <param name="decimalComma">Whether numbers have a decimal comma.</param>
    /// <exception cref="VaeException">There is no row or no column, or a row has another number of cells.</exception>
    public static TableFile OfTexts(string name, TableTexts texts, bool decimalComma = false)
    {
        if (texts.Rows.Count == 0 || texts.Names.Count == 0)
            throw new VaeException($"{name}: must hold at least one row of at least one column, got none");
        for (var row = 0; row < texts.Rows.Count; row++)
            if (texts.Rows[row].Length != texts.Names.Count)
                throw new VaeException($"{name}:{row + 1}: must have {texts.Names.Count} cells, got {texts.Rows[row].Length}");
        return new(new(name, [[.. texts.Names], .. texts.Rows], [.. Enumerable.Range(0, texts.Rows.Count + 1)]), true, decimalComma);
    }

    /// <summary>What the columns hold, by their texts and by choices of the user; <see cref="VaeException"/> where those do not
    /// fit.</summary>
    /// <param name="choices">What a user says of some columns.</param>
    public TableInference Infer(ValueList<ColumnChoice>? choices = null) =>
        VaeException.Unwrap(TableSchemas.Infer(Names, Columns, choices ?? [], decimalComma, MaxKept));

    /// <summary>Numbers in the units of the file, for a likelihood that a user chose.</summary>
    /// <param name="likelihood">Its continuous columns are moved to a mean of 0, which keeps their digits in 32 bits.</param>
    /// <param name="aside">A column that no model sees; empty for none.</param>
    public TableSchema OfNumbers(Likelihood likelihood, string aside = "")
    {
        var items = likelihood switch
        {
            Likelihood.Columns columns => columns.Items,
            Likelihood.Masked { Inner: Likelihood.Columns columns } => columns.Items,
            _ => [],
        };
        return VaeException.Unwrap(TableSchemas.OfNumbers(
            Names, Columns, place => place < items.Count && items[place] is Column.Continuous, decimalComma, aside, MaxKept));
    }

    private int MaxKept => groups is null ? int.MaxValue : MaxDistinct;

    private List<IEnumerable<string>> Columns => [.. Enumerable.Range(0, Names.Count).Select(Cells)];

    /// <summary>
    /// The rows as examples of a schema, found by the names of columns; other columns are ignored. A missing cell is NaN, for
    /// <see cref="Dataset.WithMask"/>.
    /// </summary>
    /// <param name="schema">The columns to read.</param>
    /// <param name="isMasked">Whether cells may be missing.</param>
    /// <exception cref="VaeException">Every column with a cell that it cannot hold, or that is not there.</exception>
    public Dataset Read(TableSchema schema, bool isMasked)
    {
        if (groups is not null)
            return ReadInGroups(schema, isMasked, Array.MaxLength, 1);
        var table = WithHeaderOf(schema);
        var (reading, cells) = (new TableReading(file.Path, schema, table.Names, isMasked), TableCells.OfRows(table.Rows().ToList()));
        var values = TableEncoding.Values(reading, cells, decimalComma || schema.DecimalComma);
        var (labels, classes) = TableEncoding.Labels(reading, cells);
        return Dataset.Create(file.Path, Shape.Vector(schema.Width), Pixels.OfFloats(values), labels, classes)
            .WithSchema(schema, TableEncoding.Notes(reading));
    }

    /// <summary>The texts of the rows that <see cref="Read"/> reads, with the names of their columns.</summary>
    internal TableTexts Texts(TableSchema schema)
    {
        var table = WithHeaderOf(schema);
        return new(table.Names, [.. table.Rows().Select(row => row.Cells)]);
    }

    /// <summary>The rows as examples that are read by groups, in memory if they fit.</summary>
    /// <param name="schema">The columns to read.</param>
    /// <param name="isMasked">Whether cells may be missing.</param>
    /// <param name="memory">Maximum number of bytes of rows in memory.</param>
    /// <param name="mixed">Number of groups whose rows are shuffled together.</param>
    internal Dataset ReadInGroups(TableSchema schema, bool isMasked, long memory, int mixed)
    {
        var reading = new TableReading(file.Path, schema, Names, isMasked);
        var isHeld = (long)Count * schema.Width * sizeof(float) * (isMasked ? 2 : 1) <= memory;
        var comma = decimalComma || schema.DecimalComma;
        var (labels, classes) = TableEncoding.Labels(reading, groups!.Cells());
        return Dataset.Create(file.Path, Shape.Vector(schema.Width), isHeld
                ? Pixels.OfFloats(TableEncoding.Values(reading, groups.Cells(), comma))
                : Pixels.OfStore(new TableStore(groups, reading, comma, mixed, memory)), labels, classes)
            .WithSchema(schema, TableEncoding.Notes(reading)).WithBlocks(groups.OfRows());
    }

    /// <summary>The texts of one column, for a rule that divides the rows; of no column if it is the name of none.</summary>
    internal TableTexts Texts(string column) => Names.ToList().IndexOf(column) is >= 0 and var place
        ? new([column], [.. groups!.Column(place).Select(text => new[] { text })]) : new([], []);

    /// <summary>Closes a file whose rows are all in memory; of a file without groups, nothing is open.</summary>
    internal void Close() => groups?.Dispose();

    /// <summary>Whether a file is of a format.</summary>
    internal static bool IsOf(ITableFormat? format, string path) =>
        format is not null && path.EndsWith(format.Extension, StringComparison.OrdinalIgnoreCase);

    // A header that looks like data, or data that look like a header, are distinguished by the names that are asked for.
    private TableFile WithHeaderOf(TableSchema schema)
    {
        bool AreAll(ValueList<string> names) => schema.Modelled.All(column => names.Contains(column.Name));
        var other = new TableFile(file, !isHeader, decimalComma);
        return !AreAll(Names) && AreAll(other.Names) && other.Count > 0 ? other : this;
    }

    private IEnumerable<(string[] Cells, int Line)> Rows() => file.Records.Zip(file.Lines).Skip(isHeader ? 1 : 0);

    private IEnumerable<string> Cells(int column) => groups?.Column(column) ?? Rows().Select(row => row.Cells[column]);

    // A decimal comma is certain where one is not followed by three digits, and no number has a point.
    private static bool HasDecimalCommas(DelimitedFile file)
    {
        var texts = file.Records.SelectMany(record => record).Where(text => text.Contains(',', StringComparison.Ordinal)
            || NumberTexts.IsNumber(text)).ToList();
        return texts.Any(NumberTexts.HasDecimalComma) && !texts.Any(text => NumberTexts.IsNumber(text) && text.Contains('.',
            StringComparison.Ordinal));
    }
}
