namespace Vae.Torch;

/// <summary>A table whose rows are those of series in time, and its windows.</summary>
internal sealed class WindowTable
{
    private readonly Dataset rows;
    private readonly TableSchema unrolled;
    private readonly WindowSpec windows;
    private readonly ValueList<ValueList<int>> segments;

    private WindowTable(Dataset rows, TableSchema unrolled, WindowSpec windows, TableTexts texts, ValueList<ValueList<int>> segments) =>
        (this.rows, this.unrolled, this.windows, Texts, this.segments) = (rows, unrolled, windows, texts, segments);

    /// <summary>The cells of the file.</summary>
    public TableTexts Texts { get; }

    /// <summary>The rows of each window, in the order of <see cref="Divide"/> without validation and test parts.</summary>
    public IEnumerable<ValueList<int>> All => segments.SelectMany(segment => Windows.Of(segment, windows));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">A format of tables beside .csv and .tsv; null for none.</param>
    /// <param name="unrolled">The columns of all steps.</param>
    /// <param name="windows">How it is cut.</param>
    /// <param name="isMasked">Whether cells may be missing.</param>
    /// <exception cref="VaeException">A column of time or group is not there, or a time cannot be read or recurs.</exception>
    public static WindowTable Open(string path, ITableFormat? format, TableSchema unrolled, WindowSpec windows, bool isMasked)
    {
        var (file, schema) = (TableFile.Open(path, format, unrolled.DecimalComma), windows.Rows(unrolled));
        var texts = file.Texts(schema);
        var times = Times(path, texts, windows.Time, unrolled.DecimalComma);
        var groups = windows.Group.Length == 0 ? [.. times.Select(_ => "")] : Cells(path, texts, windows.Group);
        if (Windows.Repeated(times, groups) is [var first, _])
            throw new VaeException($"{path}: must have one row for each time of a series, got several for "
                + $"{SafeText.Cut(texts.Rows[first][texts.Find(windows.Time)])} in column {SafeText.Cut(windows.Time)}"
                + (windows.Group.Length == 0 ? " (--group names the column that tells series apart)" : ""));
        return new(file.Read(schema, isMasked), unrolled, windows, texts, Windows.Segments(times, groups));
    }

    /// <summary>The windows of each part, none of which share a row; or as a run's record says.</summary>
    public DataSplit Divide(DataOptions options)
    {
        var parts = Windows.Divide(segments, windows.Steps, (options.Validation, options.Test), options.Seed);
        List<ValueList<int>> Cut(ValueList<ValueList<int>> part) => [.. part.SelectMany(segment => Windows.Of(segment, windows))];
        List<ValueList<int>> train = Cut(parts.Train), validation = Cut(parts.Validation), test = Cut(parts.Test);
        if (train.Count == 0 || options.Test > 0 && test.Count == 0)
            throw new VaeException($"{rows.Name}: must have a window of {windows.Steps} rows without a gap for training"
                + $"{(options.Test > 0 ? " and one for testing" : "")}, got {train.Count:N0} and {test.Count:N0} windows of {rows.Count:N0} rows");
        static int[] Range(int start, int count) => [.. Enumerable.Range(start, count)];
        return Splits.Divide(Create([.. train, .. validation, .. test]), options,
            new PartIndices(Range(0, train.Count), Range(train.Count, validation.Count),
                Range(train.Count + validation.Count, test.Count)));
    }

    private Dataset Create(List<ValueList<int>> all)
    {
        var (width, values) = (rows.ItemSize, new float[checked(all.Count * windows.Steps * rows.ItemSize)]);
        var at = 0;
        foreach (var row in all.SelectMany(window => window))
        {
            rows.Pixels.CopyTo((long)row * width, values.AsSpan(at, width));
            at += width;
        }
        return Dataset.Create(rows.Name, Shape.Vector(windows.Steps * width), Pixels.OfFloats(values), default, [])
            .WithSchema(unrolled, rows.Notes);
    }

    private static string[] Cells(string path, TableTexts texts, string column) => texts.Find(column) is >= 0 and var place
        ? [.. texts.Rows.Select(row => row[place])]
        : throw new VaeException($"{path}: must have the column {SafeText.Cut(column)}, got "
            + string.Join(", ", texts.Names.Select(SafeText.Cut)));

    private static double[] Times(string path, TableTexts texts, string column, bool decimalComma)
    {
        var cells = Cells(path, texts, column);
        var format = DateTexts.Find(ValueList.From(cells.Distinct()));
        double[] times = [.. cells.Select(cell => format.Length > 0 ? ColumnKind.Date.Days(cell, format)
            : NumberTexts.Parse(NumberTexts.Normalize(cell, decimalComma)))];
        return Array.FindIndex(times, time => !double.IsFinite(time)) is >= 0 and var row
            ? throw new VaeException($"{path}: must have a date of one form or a number in every row of column {SafeText.Cut(column)}, "
                + $"got '{SafeText.Cut(cells[row])}'")
            : times;
    }
}
