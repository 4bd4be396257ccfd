using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Vae.Torch;

/// <summary>The cells of a Parquet file's column as texts; a null is empty.</summary>
internal static class ParquetCells
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static readonly Dictionary<Type, Func<ParquetRowGroupReader, DataField, Task<string[]>>> Readers = new()
    {
        [typeof(string)] = Texts,
        [typeof(ReadOnlyMemory<char>)] = Texts,
        [typeof(bool)] = Of<bool>(value => value ? "true" : "false"),
        [typeof(sbyte)] = Of<sbyte>(value => value.ToString(Culture)),
        [typeof(byte)] = Of<byte>(value => value.ToString(Culture)),
        [typeof(short)] = Of<short>(value => value.ToString(Culture)),
        [typeof(ushort)] = Of<ushort>(value => value.ToString(Culture)),
        [typeof(int)] = Of<int>(value => value.ToString(Culture)),
        [typeof(uint)] = Of<uint>(value => value.ToString(Culture)),
        [typeof(long)] = Of<long>(value => value.ToString(Culture)),
        [typeof(ulong)] = Of<ulong>(value => value.ToString(Culture)),
        [typeof(float)] = Of<float>(value => float.IsNaN(value) ? "" : value.ToString("R", Culture)),
        [typeof(double)] = Of<double>(value => double.IsNaN(value) ? "" : value.ToString("R", Culture)),
        [typeof(decimal)] = Of<decimal>(value => value.ToString(Culture)),
        [typeof(DateTime)] = Dates,
        [typeof(DateOnly)] = Of<DateOnly>(value => value.ToString("yyyy-MM-dd", Culture)),
        [typeof(TimeSpan)] = Of<TimeSpan>(value => value.ToString("c", Culture)),
        [typeof(Guid)] = Of<Guid>(value => value.ToString()),
    };

    /// <summary>Whether cells of the column's type have a text.</summary>
    public static bool Covers(DataField field) => Readers.ContainsKey(field.ClrType);

    /// <summary>The texts of a column in a row group.</summary>
    public static async Task<string[]> Read(ParquetRowGroupReader group, DataField field)
    {
        try
        {
            return await Readers[field.ClrType](group, field).ConfigureAwait(false);
        }
        // Whatever a damaged file makes the reader throw is the file's fault.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException($"the column {field.Name} cannot be read ({e.Message})", e);
        }
    }

    private static Func<ParquetRowGroupReader, DataField, Task<string[]>> Of<T>(Func<T, string> text) where T : struct =>
        async (group, field) => Array.ConvertAll(await Values<T>(group, field).ConfigureAwait(false), value =>
            value is { } known ? text(known) : "");

    private static async Task<T?[]> Values<T>(ParquetRowGroupReader group, DataField field) where T : struct
    {
        var count = checked((int)group.RowCount);
        if (field.IsNullable)
        {
            var cells = new T?[count];
            await group.ReadAsync<T>(field, cells.AsMemory()).ConfigureAwait(false);
            return cells;
        }
        var values = new T[count];
        await group.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
        return Array.ConvertAll(values, value => (T?)value);
    }

    private static async Task<string[]> Texts(ParquetRowGroupReader group, DataField field)
    {
        var texts = new string?[checked((int)group.RowCount)];
        await group.ReadAsync(field, texts.AsMemory()).ConfigureAwait(false);
        // As in a delimited file, spaces at the ends say nothing.
        return Array.ConvertAll(texts, text => text?.Trim() ?? "");
    }

    // A column of days has no time of day.
    private static async Task<string[]> Dates(ParquetRowGroupReader group, DataField field)
    {
        var moments = await Values<DateTime>(group, field).ConfigureAwait(false);
        var format = moments.All(moment => moment is not { } known || known.TimeOfDay == TimeSpan.Zero)
            ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss";
        return Array.ConvertAll(moments, moment => moment?.ToString(format, Culture) ?? "");
    }
}
