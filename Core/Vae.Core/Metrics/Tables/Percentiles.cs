namespace Vae;

/// <summary>Places of numbers among those of a reference, which no monotone change of scale moves.</summary>
internal sealed class Percentiles
{
    private readonly double[] sorted;

    /// <param name="reference">Numbers; NaN is left out.</param>
    public Percentiles(IEnumerable<double> reference) => sorted = [.. reference.Where(value => !double.IsNaN(value)).Order()];

    /// <summary>The fraction of the reference below a number, with ties counted half; in [0, 1]; NaN for NaN.</summary>
    public double Of(double value)
    {
        if (double.IsNaN(value) || sorted.Length == 0)
            return value;
        return 0.5 * (First(value, closed: true) + First(value, closed: false)) / sorted.Length;
    }

    // Index of the first number that is at least (closed) or more than a value.
    private int First(double value, bool closed)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (closed ? sorted[middle] < value : sorted[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
