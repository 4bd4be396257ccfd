namespace Vae;

/// <summary>The distribution of a column in real and in synthetic rows.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Distance">Kolmogorov–Smirnov distance of numbers, total variation distance of classes; in [0, 1].</param>
/// <param name="Missing">Fraction of real cells that are missing; in [0, 1].</param>
/// <param name="Classes">The classes of the bars; empty for numbers.</param>
/// <param name="Edges">Edges of the bars of numbers, ascending, one more than bars; the outer bars hold all beyond.</param>
/// <param name="Real">Fraction of real rows in each bar; they sum to 1.</param>
/// <param name="Synthetic">The same of synthetic rows.</param>
/// <param name="IsDate">Whether the edges are days since 1970-01-01.</param>
public sealed partial record ColumnMarginal(
    string Column, double Distance, double Missing, ValueList<string> Classes, ValueList<double> Edges, ValueList<double> Real,
    ValueList<double> Synthetic, bool IsDate = false);

/// <summary>Compares the distributions of columns.</summary>
internal static class ColumnMarginals
{
    private const int Bars = 24, MaxClasses = 12;
    private const double Tail = 0.005;

    /// <summary>The distributions of a column in two samples.</summary>
    public static ColumnMarginal Compare(CellColumn real, CellColumn made)
    {
        double[] a = real.Known, b = made.Known;
        var missing = real.Values.Count == 0 ? 0 : 1 - (double)a.Length / real.Values.Count;
        var (distance, name) = (ColumnDistances.Between(real, made), real.Name);
        if (real.HasClasses)
            return OfClasses(real, a, b) with { Distance = distance, Missing = missing };
        var edges = Edges(a, b);
        return new(name, distance, missing, [], ValueList.From(edges), Shares(a, edges), Shares(b, edges), real.IsDate);
    }

    // The most frequent classes in their own order, and all others in one bar.
    private static ColumnMarginal OfClasses(CellColumn column, double[] real, double[] made)
    {
        double[] a = ColumnDistances.Shares(real, column.Classes.Count), b = ColumnDistances.Shares(made, column.Classes.Count);
        int[] kept = [.. Enumerable.Range(0, a.Length).OrderByDescending(label => a[label] + b[label])
            .Take(a.Length > MaxClasses ? MaxClasses - 1 : MaxClasses).Order()];
        var hasRest = kept.Length < a.Length;
        ValueList<double> Of(double[] shares) => ValueList.From([
            .. kept.Select(label => shares[label]), .. hasRest ? new[] { Math.Max(0, 1 - kept.Sum(label => shares[label])) } : []]);
        var names = ValueList.From([.. kept.Select(label => column.Classes[label]), .. hasRest ? new[] { "all others" } : []]);
        return new(column.Name, 0, 0, names, [], Of(a), Of(b));
    }

    private static double[] Edges(double[] a, double[] b)
    {
        double[] sorted = [.. a.Concat(b).Order()];
        if (sorted.Length == 0)
            return [0, 1];
        double low = sorted[(int)(Tail * (sorted.Length - 1))], high = sorted[(int)((1 - Tail) * (sorted.Length - 1))];
        if (high <= low)
            return [low - 0.5, low + 0.5];
        // As many whole numbers in each bar.
        if (a.All(value => value == Math.Truncate(value)))
        {
            var (first, step) = (Math.Floor(low), Math.Ceiling((Math.Floor(high) - Math.Floor(low) + 1) / Bars));
            return [.. Enumerable.Range(0, (int)Math.Ceiling((high - first + 1) / step) + 1).Select(i => first - 0.5 + i * step)];
        }
        return [.. Enumerable.Range(0, Bars + 1).Select(i => low + i * (high - low) / Bars)];
    }

    private static ValueList<double> Shares(double[] values, double[] edges)
    {
        var shares = new double[edges.Length - 1];
        foreach (var value in values)
        {
            var at = (int)Math.Floor((value - edges[0]) / (edges[1] - edges[0]));
            shares[Math.Clamp(at, 0, shares.Length - 1)] += 1.0 / values.Length;
        }
        return ValueList.From(shares);
    }
}
