using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Vae.Torch;

/// <summary>A column of texts as Parquet stores it: whole numbers, numbers or strings. An empty text is a null.</summary>
/// <param name="Field">Its name and type.</param>
/// <param name="Texts">Its cells.</param>
internal sealed record ParquetColumn(DataField Field, string[] Texts)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A column of the narrowest type that keeps every cell.</summary>
    public static ParquetColumn Of(string name, string[] texts)
    {
        string[] known = [.. texts.Where(text => text.Length > 0)];
        return new(known.Length > 0 && known.All(text => Whole(text) is not null) ? new DataField<long?>(name)
            : known.Length > 0 && known.All(text => Number(text) is not null) ? new DataField<double?>(name)
            : new DataField<string>(name), texts);
    }

    /// <summary>Writes the cells of some rows.</summary>
    public async Task Write(ParquetRowGroupWriter group, Range rows)
    {
        var cells = Texts[rows];
        if (Field.ClrType == typeof(long))
            await group.WriteAsync<long>(Field, Array.ConvertAll(cells, Whole).AsMemory()).ConfigureAwait(false);
        else if (Field.ClrType == typeof(double))
            await group.WriteAsync<double>(Field, Array.ConvertAll(cells, Number).AsMemory()).ConfigureAwait(false);
        else
            await group.WriteAsync(Field, Array.ConvertAll(cells, text => text.Length == 0 ? null! : text)).ConfigureAwait(false);
    }

    // A number with leading zeros is a name.
    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var value) && value.ToString(Culture) == text ? value : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, Culture, out var value) && double.IsFinite(value) && !IsName(text) ? value : null;

    private static bool IsName(string text) =>
        text.TrimStart('-', '+') is ['0', >= '0' and <= '9', ..] || text.Any(char.IsWhiteSpace);
}
