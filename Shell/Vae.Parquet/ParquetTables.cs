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

        // So that a reader needs a part of a large file only.
        private const int GroupRows = 1 << 16;

        public string Extension => ".parquet";

        public TableTexts Read(Stream stream) => ReadAsync(stream).GetAwaiter().GetResult();

        public ITableGroups Open(Stream stream) => new ParquetGroups(Opened(stream).GetAwaiter().GetResult(), stream);

        public void Write(Stream stream, TableTexts table) => WriteAsync(stream, table).GetAwaiter().GetResult();

        private static async Task<TableTexts> ReadAsync(Stream stream)
        {
            await using var reader = await Opened(stream).ConfigureAwait(false);
            var fields = ParquetGroups.Fields(reader);
            var rows = new List<string[]>();
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                using var part = reader.OpenRowGroupReader(group);
                if (part.RowCount < 0 || (rows.Count + part.RowCount) * fields.Length > MaxCells)
                    throw new InvalidDataException(
                        $"more than {MaxCells} cells (data.shuffleBlocks of at least 1 reads them by row groups)");
                var columns = new List<string[]>();
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

        private static async Task WriteAsync(Stream stream, TableTexts table)
        {
            ParquetColumn[] columns = [.. table.Names.Select((name, i) =>
                ParquetColumn.Of(name, [.. table.Rows.Select(row => row[i])]))];
            await using var writer = await ParquetWriter.CreateAsync(
                new ParquetSchema(columns.Select(column => column.Field)), stream).ConfigureAwait(false);
            for (var first = 0; first == 0 || first < table.Rows.Count; first += GroupRows)
            {
                using var group = writer.CreateRowGroup();
                foreach (var column in columns)
                    await column.Write(group, first..Math.Min(first + GroupRows, table.Rows.Count)).ConfigureAwait(false);
            }
        }
    }
}
