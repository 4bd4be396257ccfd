using System.Globalization;

namespace Vae.Torch;

/// <summary>The range of an axis; low is below high.</summary>
internal readonly record struct Extent(double Low, double High)
{
    /// <summary>The range of the finite values plus a margin; a range around the value if all are equal.</summary>
    public static Extent Around(IEnumerable<double> values, double room = 0.05)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        double low = finite.Min(), high = finite.Max();
        var margin = high > low ? (high - low) * room : high == 0 ? 1 : Math.Abs(high) * 0.1;
        return new(low - margin, high + margin);
    }

    /// <summary>The relative position of a value: 0 at the low end, 1 at the high end.</summary>
    public double At(double value) => (value - Low) / (High - Low);
}

/// <summary>Ticks at round numbers along an axis.</summary>
internal static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten within an extent, about as many as requested.</summary>
    public static (double Step, ValueList<double> Values) Place(Extent extent, int about, double smallestStep = 0)
    {
        var rough = (extent.High - extent.Low) / Math.Max(about, 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Math.Max(smallestStep, power * (rough / power) switch { <= 1.001 => 1, <= 2.001 => 2, <= 5.001 => 5, _ => 10 });
        var first = Math.Ceiling(extent.Low / step - 1e-9);
        var count = (int)Math.Max(0, Math.Floor(extent.High / step + 1e-9) - first + 1);
        return (step, ValueList.From(Enumerable.Range(0, count).Select(i => (first + i) * step + 0.0)));
    }

    /// <summary>A tick label with the decimals that the step needs and a minus sign (U+2212); 12000 is written 12k.</summary>
    public static string Text(double value, double step)
    {
        if (Math.Abs(value) is >= 1e4 and < 1e7)
            return Text(value / 1000, step / 1000) + "k";
        var places = (int)Math.Max(0, -Math.Floor(Math.Log10(step) + 1e-9));
        var text = value == 0 ? "0"
            : places > 3 || Math.Abs(value) >= 1e7 ? value.ToString("0.##e0", CultureInfo.InvariantCulture)
            : value.ToString($"F{places}", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }
}
