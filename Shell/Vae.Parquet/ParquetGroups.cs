using Parquet;
using Parquet.Schema;

namespace Vae.Torch;

/// <summary>The row groups of a Parquet file.</summary>
internal sealed class ParquetGroups : ITableGroups
{
    private readonly ParquetReader reader;
    private readonly Stream stream;
    private readonly DataField[] fields;

    public ParquetGroups(ParquetReader reader, Stream stream)
    {
        (this.reader, this.stream, fields) = (reader, stream, Fields(reader));
        Names = ValueList.From(fields.Select(field => field.Name));
        Counts = ValueList.From(Enumerable.Range(0, reader.RowGroupCount).Select(Rows));
    }

    public ValueList<string> Names { get; }

    public ValueList<int> Counts { get; }

    /// <summary>The columns that have a cell for each row, which a nested column has not.</summary>
    public static DataField[] Fields(ParquetReader reader) =>
        reader.Schema.Fields.OfType<DataField>().Where(field => !field.IsArray && ParquetCells.Covers(field)).ToArray()
            is { Length: > 0 } fields ? fields : throw new InvalidDataException("no column of numbers, texts, dates or truth values");

    public string[] Read(int group, int column)
    {
        using var part = reader.OpenRowGroupReader(group);
        return ParquetCells.Read(part, fields[column]).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        stream.Dispose();
    }

    private int Rows(int group)
    {
        using var part = reader.OpenRowGroupReader(group);
        return part.RowCount is >= 0 and <= int.MaxValue ? (int)part.RowCount
            : throw new InvalidDataException($"{part.RowCount} rows in a row group");
    }
}
