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

        public TableTexts Read(Stream stream)
        {
            using var groups = new ParquetGroups(stream, leaveOpen: true);
            if (groups.Counts.Sum(count => (long)count) * groups.Names.Count > MaxCells)
                throw new InvalidDataException($"more than {MaxCells} cells (data.shuffleBlocks of at least 1 reads them by row groups)");
            var rows = new List<string[]>();
            for (var group = 0; group < groups.Counts.Count; group++)
            {
                string[][] columns = [.. Enumerable.Range(0, groups.Names.Count).Select(column => groups.Read(group, column))];
                rows.AddRange(Enumerable.Range(0, groups.Counts[group]).Select(row => columns.Select(cells => cells[row]).ToArray()));
            }
            return new(groups.Names, rows);
        }

        public ITableGroups Open(Stream stream) => new ParquetGroups(stream);

        public void Write(Stream stream, TableTexts table) => WriteAsync(stream, table).GetAwaiter().GetResult();

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
