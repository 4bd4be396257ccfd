namespace Vae;

/// <summary>Dates as they are written in files.</summary>
internal static class DateTexts
{
    /// <summary>The forms that are recognized; where several fit a whole column, the first counts.</summary>
    public static ValueList<string> Formats { get; } = [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ssZ",
        "yyyy/MM/dd", "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd HH:mm", "dd.MM.yyyy", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm",
        "MM/dd/yyyy", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm", "dd/MM/yyyy", "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm"];

    /// <summary>The form of all texts; empty if there is none.</summary>
    public static string Find(ValueList<string> texts) => texts.Count == 0 ? ""
        : Formats.FirstOrDefault(format => texts.All(text => !double.IsNaN(ColumnKind.Date.Days(text, format)))) ?? "";
}
