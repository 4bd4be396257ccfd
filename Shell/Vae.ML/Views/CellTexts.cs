using System.Globalization;

namespace Vae.Torch;

/// <summary>Cells as the texts that a schema is inferred from and read by.</summary>
internal static class CellTexts
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The texts of a column; empty for a missing cell.</summary>
    /// <param name="column">The column.</param>
    /// <param name="kind">What it holds; null if that is to be inferred.</param>
    public static string[] Of(GivenColumn column, ColumnKind? kind)
    {
        // A column of days has no time of day.
        var format = kind is ColumnKind.Date date ? date.Format
            : column.Values.OfType<DateTime>().All(moment => moment.TimeOfDay == TimeSpan.Zero) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss";
        // Of a 32-bit number all digits, so that a graph that reads the number itself sees the same; but the shortest for its looks.
        var isNumber = kind is ColumnKind.Continuous or ColumnKind.Positive or ColumnKind.ZeroInflated;
        return Array.ConvertAll(column.Values, value => value switch
        {
            null or float.NaN or double.NaN => "",
            float number => isNumber ? ((double)number).ToString("R", Culture) : number.ToString("R", Culture),
            double number => number.ToString("R", Culture),
            bool yes => yes ? "true" : "false",
            DateTime moment => moment == default ? "" : moment.ToString(format, Culture),
            string text => text.Trim(),
            _ => Convert.ToString(value, Culture) ?? "",
        });
    }
}
