namespace Vae.Torch;

/// <summary>What a table is read as.</summary>
/// <param name="Path">Its file, for messages.</param>
/// <param name="Schema">The columns of the model.</param>
/// <param name="Names">The columns of the file.</param>
/// <param name="IsMasked">Whether cells may be missing.</param>
internal sealed record TableReading(string Path, TableSchema Schema, ValueList<string> Names, bool IsMasked);

/// <summary>Rows of text to rows of numbers.</summary>
internal static class TableEncoding
{
    private const int MaxShown = 10;

    /// <summary>The numbers of rows, [rows, width of the schema], flat; NaN where one is missing.</summary>
    /// <exception cref="VaeException">Every column with a cell that it cannot hold, or that is not there.</exception>
    public static float[] Values(TableReading reading, TableCells cells, bool decimalComma)
    {
        var places = Places(reading);
        var values = new float[checked(cells.Count * reading.Schema.Width)];
        var problems = new List<string>();
        var at = 0;
        foreach (var (column, place) in reading.Schema.Columns.Zip(places))
        {
            if (column.Kind.Width == 0)
                continue;
            if (Column(new(reading, column, place, decimalComma), cells, values.AsSpan(at)) is { Length: > 0 } problem)
                problems.Add(problem);
            at += column.Kind.Width;
        }
        if (problems.Count > 0)
            throw new VaeException(string.Join(Environment.NewLine, problems.Take(MaxShown)));
        return values;
    }

    private sealed record Source(TableReading Reading, TableColumn Column, int Place, bool DecimalComma);

    // Fills one column of all rows; what is wrong with its first bad cell, and how many more there are.
    private static string Column(Source source, TableCells cells, Span<float> into)
    {
        var texts = cells.Of(source.Place);
        var (width, kind) = (source.Reading.Schema.Width, source.Column.Kind);
        var known = new Dictionary<string, EncodedCell>(StringComparer.Ordinal);
        var (problem, refused) = ("", 0);
        for (var row = 0; row < cells.Count; row++)
        {
            var text = texts[row];
            if (!known.TryGetValue(text, out var cell))
                known[text] = cell = Checked(kind.Encode(NumberTexts.Normalize(text, source.DecimalComma)));
            if (cell.Rule.Length > 0 || cell.NeedsMask && !source.Reading.IsMasked)
            {
                if (refused++ == 0)
                    problem = Sentence(source, cell, cells.Line(row), text);
                continue;
            }
            for (var i = 0; i < kind.Width; i++)
                into[row * width + i] = cell.IsMissing ? float.NaN : (float)cell.Values[i];
        }
        return refused > 1 ? $"{problem}, and in {refused - 1:N0} more rows" : problem;
    }

    private static EncodedCell Checked(EncodedCell cell) =>
        cell.Values.All(value => double.IsNaN(value) || float.IsFinite((float)value)) ? cell
            : EncodedCell.Refused("must be within the range of 32 bits");

    private static string Sentence(Source source, EncodedCell cell, int line, string text)
    {
        var rule = cell.Rule.Length > 0 ? cell.Rule : source.Column.Kind is ColumnKind.Continuous
            ? "must be a number" : "must have a value";
        var advice = cell.Rule.Length == 0 ? " (missing values need data.masked=true)" : "";
        return $"{source.Reading.Path}:{line}:{source.Place + 1}: {rule}, "
            + $"got '{SafeText.Cut(text)}'{advice} in column {SafeText.Cut(source.Column.Name)}";
    }

    // Where each column of the schema stands in the file; −1 where no model sees it.
    private static List<int> Places(TableReading reading)
    {
        var places = reading.Schema.Columns.Select(column => reading.Names.ToList().IndexOf(column.Name)).ToList();
        var missing = reading.Schema.Columns.Zip(places).Where(pair => pair.Second < 0
            && pair.First.Kind.Width > 0).Select(pair => pair.First.Name).ToList();
        return missing.Count == 0 ? places : throw new VaeException(
            $"{reading.Path}: must have the column{(missing.Count == 1 ? "" : "s")} {Shown(missing)}, got {Shown([.. reading.Names])}");
    }

    /// <summary>The label of each row and the classes; none if no column is the label.</summary>
    /// <exception cref="VaeException">A cell is none of the classes.</exception>
    public static (int[] Labels, ValueList<string> Classes) Labels(TableReading reading, TableCells cells)
    {
        var found = reading.Schema.Columns.Zip(Places(reading))
            .FirstOrDefault(pair => pair.First.Kind is ColumnKind.Label && pair.Second >= 0);
        if (found.First?.Kind is not ColumnKind.Label label)
            return ([], []);
        var (texts, labels) = (cells.Of(found.Second), new int[cells.Count]);
        for (var row = 0; row < labels.Length; row++)
            labels[row] = label.Encode(texts[row]) is { Values: [var place] } ? (int)place
                : throw new VaeException($"{reading.Path}:{cells.Line(row)}:{found.Second + 1}: "
                    + $"must be one of {ClassTexts.Shown(label.Classes)}, "
                    + $"got '{SafeText.Cut(texts[row])}' in column {SafeText.Cut(found.First.Name)}");
        return (labels, label.Classes);
    }

    /// <summary>What a user should know about the columns that are read.</summary>
    public static ValueList<string> Notes(TableReading reading)
    {
        var extra = reading.Names.Except(reading.Schema.Columns.Select(column => column.Name)).ToList();
        return extra.Count == 0 ? [] : [$"{reading.Path}: columns that the model does not know are ignored: {Shown(extra)}"];
    }

    private static string Shown(List<string> names) =>
        string.Join(", ", names.Take(MaxShown).Select(SafeText.Cut)) + (names.Count > MaxShown ? $", … ({names.Count} in all)" : "");
}
