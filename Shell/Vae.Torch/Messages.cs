using System.Globalization;
using System.Text;

namespace Vae.Torch;

/// <summary>Texts for a terminal: what comes from a file must neither control it nor fill it.</summary>
internal static class Messages
{
    private const int MaxLine = 1500, KeptStart = 1000, KeptEnd = 300;

    /// <summary>The text with control characters written as their codes, such as \u001b, and long lines cut in the middle.</summary>
    /// <param name="text">Lines for people.</param>
    public static string Clean(string text)
    {
        if (text.Length <= MaxLine && !text.Any(IsControl))
            return text;
        return string.Join('\n', text.Split('\n').Select(line => Escape(Cut(line))));
    }

    private static string Cut(string line) => line.Length <= MaxLine ? line
        : $"{line[..KeptStart]} … ({line.Length - KeptStart - KeptEnd} characters left out) … {line[^KeptEnd..]}";

    private static string Escape(string line)
    {
        if (!line.Any(IsControl))
            return line;
        var text = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
            if (IsControl(line[i]) && !(line[i] == '\r' && i == line.Length - 1))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)line[i]:x4}");
            else
                text.Append(line[i]);
        return text.ToString();
    }

    // Format characters too: U+202E turns the rest of a line around.
    private static bool IsControl(char c) => c is not '\n' and not '\t' && CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
