namespace Vae;

/// <summary>Distances between the distributions of two columns; in [0, 1], 0 if they are the same.</summary>
internal static class ColumnDistances
{
    /// <summary>
    /// How far two samples of a column are apart: the Kolmogorov–Smirnov distance of numbers, the total variation distance of classes.
    /// Missing cells are left out; 0 if a sample has no other.
    /// </summary>
    public static double Between(CellColumn first, CellColumn second)
    {
        double[] a = first.Known, b = second.Known;
        return a.Length == 0 || b.Length == 0 ? 0
            : first.HasClasses ? TotalVariation(a, b, first.Classes.Count) : KolmogorovSmirnov(a, b);
    }

    /// <summary>The largest difference of the two empirical distribution functions; Smirnov 1939. Each sample has a value.</summary>
    public static double KolmogorovSmirnov(double[] first, double[] second)
    {
        double[] a = [.. first.Order()], b = [.. second.Order()];
        var (i, j, largest) = (0, 0, 0.0);
        while (i < a.Length && j < b.Length)
        {
            var at = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= at)
                i++;
            while (j < b.Length && b[j] <= at)
                j++;
            largest = Math.Max(largest, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }
        return largest;
    }

    /// <summary>Half the sum of the differences of the classes' frequencies. Each sample has a value.</summary>
    public static double TotalVariation(double[] first, double[] second, int classes)
    {
        double[] p = Shares(first, classes), q = Shares(second, classes);
        return 0.5 * p.Zip(q, (x, y) => Math.Abs(x - y)).Sum();
    }

    /// <summary>The frequencies of classes; they sum to 1.</summary>
    public static double[] Shares(double[] values, int classes)
    {
        var shares = new double[classes];
        foreach (var value in values)
            shares[(int)value] += 1.0 / values.Length;
        return shares;
    }
}
