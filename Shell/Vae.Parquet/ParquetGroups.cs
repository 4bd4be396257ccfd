using Parquet;
using Parquet.Schema;

namespace Vae.Torch;

/// <summary>The row groups of a Parquet file, whose sizes are checked before memory is taken for them.</summary>
internal sealed class ParquetGroups : ITableGroups
{
    private readonly ParquetReader reader;
    private readonly Stream stream;
    private readonly bool leaveOpen;
    private readonly DataField[] fields;
    private readonly bool[] isChecked;

    /// <param name="stream">The file.</param>
    /// <param name="leaveOpen">Whether the file stays open when this is disposed.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or has no column that can be read.</exception>
    public ParquetGroups(Stream stream, bool leaveOpen = false)
    {
        (this.stream, this.leaveOpen) = (stream, leaveOpen);
        ParquetChecks.Footer(stream);
        reader = Sound("not a Parquet file",
            () => ParquetReader.CreateAsync(new EndingStream(stream), leaveStreamOpen: true).GetAwaiter().GetResult());
        try
        {
            // A nested column has no cell for each row.
            fields = [.. Sound("no schema that can be read", () => reader.Schema).Fields.OfType<DataField>()
                .Where(field => !field.IsArray && ParquetCells.Covers(field))];
            if (fields.Length == 0)
                throw new InvalidDataException("no column of numbers, texts, dates or truth values");
            Names = ValueList.From(fields.Select(field => field.Name));
            Counts = ValueList.From(Enumerable.Range(0, reader.RowGroupCount).Select(Rows));
            isChecked = new bool[Counts.Count];
        }
        catch (InvalidDataException)
        {
            Close();
            throw;
        }
    }

    public ValueList<string> Names { get; }

    public ValueList<int> Counts { get; }

    public string[] Read(int group, int column)
    {
        if (!isChecked[group])
            foreach (var chunk in reader.Metadata!.RowGroups[group].Columns)
                ParquetChecks.Pages(stream, chunk.MetaData ?? throw new InvalidDataException("a column without its description"));
        isChecked[group] = true;
        using var part = reader.OpenRowGroupReader(group);
        return ParquetCells.Read(part, fields[column]).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        Close();
        if (!leaveOpen)
            stream.Dispose();
    }

    private void Close() => reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private int Rows(int group)
    {
        using var part = reader.OpenRowGroupReader(group);
        return part.RowCount >= 0 && part.RowCount <= Math.Min(int.MaxValue, ParquetChecks.MaxRows(stream.Length)) ? (int)part.RowCount
            : throw new InvalidDataException($"{part.RowCount} rows announced in a file of {stream.Length} bytes");
    }

    // Whatever a damaged file makes the reader throw is the file's fault.
    private static T Sound<T>(string otherwise, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{otherwise} ({e.Message})", e);
        }
    }
}
