using SkiaSharp;

namespace Vae.Torch;

/// <summary>
/// The letters of pictures, carried along: a machine without fonts would draw blanks, and two machines two pictures.
/// </summary>
internal static class Typefaces
{
    private static readonly SKTypeface Regular = Embedded("Inter-Regular.otf");
    private static readonly SKTypeface SemiBold = Embedded("Inter-SemiBold.otf");

    /// <summary>
    /// The embedded letters (Latin, Greek, Cyrillic); for a script that they lack the machine's, where it has any that Skia finds
    /// (its Linux build looks for none), else a box.
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
