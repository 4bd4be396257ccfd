using System.Globalization;

namespace Vae.Torch;

/// <summary>Reads tables of numbers, one example a line, with an optional header in which a column may be named label.</summary>
internal static class Csv
{
    private const string LabelColumn = "label";

    private sealed class Table(string path, Reading reading)
    {
        public Reading Reading { get; } = reading;
        public string Path { get; } = path;
        public int Columns { get; set; }
        public int Label { get; set; } = -1;
        public List<float> Values { get; } = [];
        public List<string> Labels { get; } = [];
        public List<int> Lines { get; } = [];
        public int Width => Columns - (Label < 0 ? 0 : 1);

        public int Column(int index) => 1 + index + (Label >= 0 && index >= Label ? 1 : 0);

        public string Place(int i) => $"{Path}:{Lines[i / Width]}:{Column(i % Width)}";
    }

    /// <summary>
    /// Reads a file of numbers. Labels are whole numbers from 0, or words, whose sorted order gives
    /// the classes. <see cref="MissingCells"/> are missing values, if these are allowed. Not yet split.
    /// </summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="reading">What the numbers mean; null for intensities.</param>
    /// <exception cref="VaeException">A line is malformed, a value is out of range, or the file cannot be read.</exception>
    public static Dataset Read(string path, Reading? reading = null)
    {
        var file = DelimitedFile.Read(path);
        var table = new Table(path, reading ?? new());
        foreach (var (cells, line) in file.Records.Zip(file.Lines))
            Add(table, cells, line);
        if (table.Lines.Count == 0)
            throw new VaeException($"{path}: must hold at least one line of numbers, got none");
        var pixels = Pixels.OfNumbers([.. table.Values], table.Place, table.Reading);
        var (labels, classes) = Classes(table);
        return Dataset.Create(path, Dataset.ShapeOfFlat(table.Width, table.Reading), pixels, labels, classes);
    }

    private static void Add(Table table, string[] cells, int line)
    {
        if (table.Columns == 0)
        {
            table.Columns = cells.Length;
            if (cells.Any(cell => !IsNumber(table, cell, out _)))
            {
                ReadHeader(table, cells, line);
                return;
            }
        }
        AddRow(table, cells, line);
    }

    private static void ReadHeader(Table table, string[] cells, int line)
    {
        table.Label = Array.FindIndex(cells, cell => cell.Equals(LabelColumn, StringComparison.OrdinalIgnoreCase));
        // A first line with numbers in it is data with an error, not a header.
        if (Array.FindIndex(cells, cell => IsNumber(cell, out _)) is >= 0 and var number && table.Label < 0)
        {
            var wrong = Array.FindIndex(cells, cell => !IsNumber(cell, out _));
            throw new VaeException($"{table.Path}:{line}:{wrong + 1}: must be a number, as column {number + 1} is, got '{cells[wrong]}'");
        }
        if (table.Width == 0)
            throw new VaeException($"{table.Path}:{line}: must name a column of values beside {LabelColumn}, got none");
    }

    private static void AddRow(Table table, string[] cells, int line)
    {
        table.Lines.Add(line);
        for (var column = 0; column < cells.Length; column++)
            if (column == table.Label)
                table.Labels.Add(cells[column]);
            else if (IsNumber(table, cells[column], out var value))
                table.Values.Add(value);
            else
                throw new VaeException($"{table.Path}:{line}:{column + 1}: must be a number, got '{cells[column]}'"
                    + (MissingCells.Contains(cells[column]) ? " (missing values need data.masked=true)" : ""));
    }

    private static bool IsNumber(Table table, string cell, out float value)
    {
        if (IsNumber(cell, out value))
            return true;
        value = float.NaN;
        return table.Reading.Masked && MissingCells.Contains(cell);
    }

    private static bool IsNumber(string cell, out float value) =>
        float.TryParse(
            NumberTexts.Normalize(cell, NumberTexts.HasDecimalComma(cell)),
            NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static (int[] Labels, string[] Classes) Classes(Table table)
    {
        const int max = 100_000;
        if (table.Labels.Count == 0)
            return ([], []);
        var numbers = table.Labels
            .Select(l => int.TryParse(l, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).ToArray();
        if (!numbers.Contains(-1) && numbers.Max() < max)
            return (numbers, [.. Enumerable.Range(0, numbers.Max() + 1).Select(n => n.ToString(CultureInfo.InvariantCulture))]);
        // Among numbers, the first that is not a label; among words, the first that is not a word.
        var isNumber = table.Labels.ConvertAll(l => IsNumber(l, out _));
        var bad = !isNumber.Contains(false)
            ? Array.FindIndex(numbers, n => n is < 0 or >= max)
            : table.Labels.FindIndex(l => l.Length == 0 || IsNumber(l, out _));
        if (bad >= 0)
            throw new VaeException($"{table.Path}:{table.Lines[bad]}:{table.Label + 1}: must be a whole number in 0..{max - 1}, "
                + $"or a word in every line, got '{table.Labels[bad]}'");
        string[] classes = [.. table.Labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return ([.. table.Labels.Select(l => Array.BinarySearch(classes, l, StringComparer.Ordinal))], classes);
    }
}
