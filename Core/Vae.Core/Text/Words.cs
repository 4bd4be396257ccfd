using System.Globalization;

namespace Vae;

/// <summary>The numbers in a one-line text, read alike in every culture; null if a text is not such a number.</summary>
internal static class Words
{
    /// <summary>The longest list that a text may ask for in a few characters: more is no one-line form.</summary>
    public const int MaxRepeats = 10_000;

    extension(string text)
    {
        /// <summary>A whole number in [0, 2³¹ − 1], digits only; else null.</summary>
        public int? Whole => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

        /// <summary>A whole number in [0, <see cref="MaxRepeats"/>]; else null.</summary>
        public int? Repeats => text.Whole is <= MaxRepeats and var count ? count : null;

        /// <summary>A finite number; else null.</summary>
        public double? Number =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }
}
