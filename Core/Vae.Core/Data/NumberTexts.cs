using System.Globalization;
using System.Text.RegularExpressions;

namespace Vae;

/// <summary>Numbers as they are written in files.</summary>
internal static partial class NumberTexts
{
    // Beyond these a float32 has no digits left.
    private const int MaxDigits = 9;

    /// <summary>The number of a text in the invariant culture; NaN if it is no finite number.</summary>
    public static double Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value : double.NaN;

    /// <summary>Whether it is a finite number.</summary>
    public static bool IsNumber(string text) => !double.IsNaN(Parse(text));

    /// <summary>Whether it is an infinite number, which programs write for a division by 0.</summary>
    public static bool IsInfinite(string text) => Infinite().IsMatch(text);

    /// <summary>Decimals of a number as written, at most 9; −1 with an exponent.</summary>
    public static int Digits(string text) => text.Contains('e', StringComparison.OrdinalIgnoreCase) ? -1
        : text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? Math.Min(MaxDigits, text.Length - point - 1) : 0;

    /// <summary>A number with the given count of decimals; with −1, in 7 significant digits.</summary>
    public static string Write(double value, int digits)
    {
        var text = digits < 0
            ? value.ToString("G7", CultureInfo.InvariantCulture)
            : value.ToString($"F{digits}", CultureInfo.InvariantCulture);
        return Zero().IsMatch(text) ? text[1..] : text;
    }

    /// <summary>Whether a comma in the text can only be a decimal one: it is not followed by three digits.</summary>
    public static bool HasDecimalComma(string text) => Comma().Match(text) is { Success: true } match && match.Groups[1].Length != 3;

    /// <summary>Whether the text is a number whose commas may separate thousands.</summary>
    public static bool HasThousands(string text) => Thousands().IsMatch(text);

    /// <summary>The text with a decimal point and without separators of thousands if it is a number written with commas; else as
    /// it is.</summary>
    public static string Normalize(string text, bool decimalComma) =>
        !text.Contains(',', StringComparison.Ordinal) ? text
        : decimalComma ? Points().IsMatch(text) ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.')
            : text
        : Thousands().IsMatch(text) ? text.Replace(",", "", StringComparison.Ordinal) : text;

    [GeneratedRegex(@"^[-+]?(?:inf|infinity|∞)$", RegexOptions.IgnoreCase)]
    private static partial Regex Infinite();

    [GeneratedRegex(@"^-0(?:\.0*)?$")]
    private static partial Regex Zero();

    [GeneratedRegex(@"^[-+]?[0-9]*,([0-9]+)(?:[eE][-+]?[0-9]+)?$")]
    private static partial Regex Comma();

    [GeneratedRegex(@"^[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[-+]?(?:[0-9]*|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+(?:[eE][-+]?[0-9]+)?$")]
    private static partial Regex Points();
}
