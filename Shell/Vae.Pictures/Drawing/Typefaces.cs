using SkiaSharp;

namespace Vae.Torch;

/// <summary>
/// The embedded fonts of pictures, so that all machines, even those without fonts, draw the same picture.
/// </summary>
internal static class Typefaces
{
    private static readonly SKTypeface Regular = Embedded("Inter-Regular.otf");
    private static readonly SKTypeface SemiBold = Embedded("Inter-SemiBold.otf");

    /// <summary>
    /// The embedded font (Latin, Greek, Cyrillic). For other scripts, a system font if Skia finds one (its Linux build looks for none);
    /// otherwise characters are drawn as boxes.
    /// </summary>
    public static SKTypeface For(string text, bool bold)
    {
        var typeface = bold ? SemiBold : Regular;
        foreach (var rune in text.EnumerateRunes())
        {
            if (typeface.GetGlyph(rune.Value) == 0)
                return SKFontManager.Default.MatchCharacter(rune.Value) ?? typeface;
        }
        return typeface;
    }

    private static SKTypeface Embedded(string name)
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream(name)!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
