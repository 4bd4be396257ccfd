using System.Text;
using nietras.SeparatedValues;

namespace Vae.Torch;

/// <summary>The cells of a file of records separated by commas, semicolons, tabs or bars (RFC 4180), as text.</summary>
/// <param name="Path">The file.</param>
/// <param name="Records">Cells of each record; all of one number; blank lines are left out.</param>
/// <param name="Lines">The line at which each record begins, from 1.</param>
internal sealed record DelimitedFile(string Path, IReadOnlyList<string[]> Records, IReadOnlyList<int> Lines)
{
    private const int HeadLength = 1 << 16;
    private const int MaxCells = 1 << 28;

    /// <summary>Reads a file in UTF-8, with or without a byte order mark.</summary>
    public static DelimitedFile Read(string path) => Disk.Read(path, file =>
    {
        var delimiter = path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : Delimiters.Find(Head(file));
        file.Position = 0;
        using var text = Text(file);
        using var reader = Sep.New(delimiter)
            .Reader(o => o with
            {
                HasHeader = false,
                Unescape = true,
                DisableColCountCheck = true,
                CreateToString = SepToString.PoolPerCol()
            })
            .From(text);
        return Collect(path, reader);
    });

    private static DelimitedFile Collect(string path, SepReader reader)
    {
        var (records, lines) = (new List<string[]>(), new List<int>());
        var isFirst = true;
        foreach (var row in reader)
        {
            // The package gives the line after the first record as that of its beginning.
            var line = isFirst ? 1 : row.LineNumberFrom;
            isFirst = false;
            var cells = new string[row.ColCount];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = Unquoted(row[i].ToString());
            if (cells is [""])
                continue;
            if (records.Count > 0 && cells.Length != records[0].Length)
                throw new VaeException($"{path}:{line}: must have {records[0].Length} columns as the first line has, got {cells.Length}");
            if ((long)(records.Count + 1) * cells.Length > MaxCells)
                throw new VaeException($"{path}:{line}: must hold at most {MaxCells} values (write it as .npy), got more");
            records.Add(cells);
            lines.Add(line);
        }
        return new(path, records, lines);
    }

    private static string Head(Stream file)
    {
        using var reader = Text(file);
        var head = new char[HeadLength];
        return new(head, 0, reader.ReadBlock(head));
    }

    // Bytes that are no UTF-8 must not pass as some other text.
    private static StreamReader Text(Stream file) => new(file, new UTF8Encoding(false, throwOnInvalidBytes: true), true, -1,
        leaveOpen: true);

    // Quotes after a space are left in place by the reader.
    private static string Unquoted(string cell) =>
        cell.Trim() is var trimmed && trimmed.Length >= 2 && trimmed[0] == '"' && trimmed[^1] == '"' ? trimmed[1..^1].Trim() : trimmed;
}
