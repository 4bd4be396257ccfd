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

    /// <summary>The ratio of the greatest to the least value from which an axis is logarithmic.</summary>
    private const double WideRatio = 50;

    /// <summary>Whether the axis is logarithmic; its ends are then logarithms to base ten.</summary>
    public bool IsLogarithmic { get; private init; }

    /// <summary>
    /// As <see cref="Around"/>, but logarithmic if all finite values are positive and the greatest is 50 times the least or more.
    /// </summary>
    public static Extent AroundOrders(IEnumerable<double> values, double room = 0.05)
    {
        var finite = values.Where(double.IsFinite).ToList();
        return finite.Count > 0 && finite.Min() > 0 && finite.Max() >= WideRatio * finite.Min()
            ? Around(finite.Select(Math.Log10), room) with { IsLogarithmic = true } : Around(finite, room);
    }

    /// <summary>The relative position of a value: 0 at the low end, 1 at the high end.</summary>
    public double At(double value) => ((IsLogarithmic ? Math.Log10(value) : value) - Low) / (High - Low);
}

/// <summary>Ticks at round numbers along an axis.</summary>
internal static class Ticks
{
    private const int MinTicks = 3;

    /// <summary>Multiples of 1, 2 or 5 times a power of ten within an extent, about as many as requested and at least 3.</summary>
    public static (double Step, ValueList<double> Values) Place(Extent extent, int about, double smallestStep = 0)
    {
        // Few multiples of a step may lie in an extent that begins after one.
        for (var wanted = about; ; wanted *= 2)
            if (Multiples(extent, wanted, smallestStep) is var placed
                && (placed.Values.Count >= MinTicks || placed.Step <= smallestStep || wanted > 8 * about))
                return placed;
    }

    private static (double Step, ValueList<double> Values) Multiples(Extent extent, int about, double smallestStep)
    {
        var rough = (extent.High - extent.Low) / Math.Max(about, 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Math.Max(smallestStep, power * (rough / power) switch { <= 1.001 => 1, <= 2.001 => 2, <= 5.001 => 5, _ => 10 });
        var first = Math.Ceiling(extent.Low / step - 1e-9);
        var count = (int)Math.Max(0, Math.Floor(extent.High / step + 1e-9) - first + 1);
        return (step, ValueList.From(Enumerable.Range(0, count).Select(i => (first + i) * step + 0.0)));
    }

    /// <summary>Powers of ten within an extent of logarithms to base ten; few of them are joined by twice and five times those.</summary>
    public static ValueList<double> Powers(Extent logs)
    {
        var powers = Enumerable.Range((int)Math.Floor(logs.Low), (int)(Math.Ceiling(logs.High) - Math.Floor(logs.Low)) + 1);
        ValueList<double> Of(params double[] factors) => ValueList.From(powers.SelectMany(power => factors.Select(factor =>
            factor * Math.Pow(10, power))).Where(value => Math.Log10(value) >= logs.Low - 1e-9 && Math.Log10(value) <= logs.High + 1e-9));
        var tens = Of(1);
        return tens.Count >= MinTicks ? Thinned(tens) : Of(1, 2, 5);
    }

    // At most about eight.
    private static ValueList<double> Thinned(ValueList<double> tens) =>
        ValueList.From(tens.Where((_, i) => i % ((tens.Count + 7) / 8) == 0));

    /// <summary>A label of a logarithmic axis.</summary>
    public static string Text(double value) => value is >= 1e-3 and < 1e4
        ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : value is >= 1e4 and < 1e7 ? $"{(value / 1000).ToString("0", CultureInfo.InvariantCulture)}k"
        : value.ToString("0.#e0", CultureInfo.InvariantCulture).Replace('-', '−');

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
