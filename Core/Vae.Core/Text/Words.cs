using System.Globalization;

namespace Vae;

/// <summary>Reads the numbers in a one-line text, in every culture alike; null if a text is not such a number.</summary>
internal static class Words
{
    /// <summary>The length of the longest list that a one-line text may describe.</summary>
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
