namespace Vae.Torch;

/// <summary>Texts of files as messages may show them.</summary>
internal static class SafeText
{
    private const int MaxLength = 60;

    /// <summary>Without control characters, and cut after 60 characters.</summary>
    public static string Cut(string text)
    {
        var shown = text.Length <= MaxLength ? text : text[..MaxLength] + "…";
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) && text.Length > MaxLength ? '?' : c));
    }
}
