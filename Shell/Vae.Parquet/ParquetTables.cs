using Parquet;
using Parquet.Schema;

namespace Vae.Torch;

/// <summary>Parquet files as tables.</summary>
public static class ParquetTables
{
    /// <summary>
    /// The file format, for <see cref="DataOptions.Tables"/>, <see cref="TableFile"/> and <see cref="TableWriter"/>: files that end with
    /// .parquet.
    /// </summary>
    public static ITableFormat Format { get; } = new ParquetFormat();

    private sealed class ParquetFormat : ITableFormat
    {
        private const long MaxCells = 1 << 28;

        public string Extension => ".parquet";

        public TableTexts Read(Stream stream) => ReadAsync(stream).GetAwaiter().GetResult();

        public void Write(Stream stream, TableTexts table) => WriteAsync(stream, table).GetAwaiter().GetResult();

        private static async Task<TableTexts> ReadAsync(Stream stream)
        {
            ParquetChecks.Footer(stream);
            await using var reader = await Opened(new EndingStream(stream)).ConfigureAwait(false);
            // A nested column has no cell for each row.
            DataField[] fields = [.. Schema(reader).Fields.OfType<DataField>()
                .Where(field => !field.IsArray && ParquetCells.Covers(field))];
            if (fields.Length == 0)
                throw new InvalidDataException("no column of numbers, texts, dates or truth values");
            var rows = new List<string[]>();
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                using var part = reader.OpenRowGroupReader(group);
                if (part.RowCount < 0 || part.RowCount > ParquetChecks.MaxRows(stream.Length))
                    throw new InvalidDataException($"{part.RowCount} rows announced in a file of {stream.Length} bytes");
                if ((rows.Count + part.RowCount) * fields.Length > MaxCells)
                    throw new InvalidDataException($"more than {MaxCells} cells");
                var columns = new List<string[]>();
                foreach (var column in reader.Metadata!.RowGroups[group].Columns)
                    ParquetChecks.Pages(stream, column.MetaData ?? throw new InvalidDataException("a column without its description"));
                foreach (var field in fields)
                    columns.Add(await ParquetCells.Read(part, field).ConfigureAwait(false));
                rows.AddRange(Enumerable.Range(0, (int)part.RowCount).Select(row => columns.Select(cells => cells[row]).ToArray()));
            }
            return new(ValueList.From(fields.Select(field => field.Name)), rows);
        }

        // Whatever a damaged file makes the reader throw is the file's fault.
        private static async Task<ParquetReader> Opened(Stream stream)
        {
            try
            {
                return await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new InvalidDataException($"not a Parquet file ({e.Message})", e);
            }
        }

        private static ParquetSchema Schema(ParquetReader reader)
        {
            try
            {
                return reader.Schema;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new InvalidDataException($"no schema that can be read ({e.Message})", e);
            }
        }

        private static async Task WriteAsync(Stream stream, TableTexts table)
        {
            ParquetColumn[] columns = [.. table.Names.Select((name, i) =>
                ParquetColumn.Of(name, [.. table.Rows.Select(row => row[i])]))];
            await using var writer = await ParquetWriter.CreateAsync(
                new ParquetSchema(columns.Select(column => column.Field)), stream).ConfigureAwait(false);
            using var group = writer.CreateRowGroup();
            foreach (var column in columns)
                await column.Write(group).ConfigureAwait(false);
        }
    }
}
