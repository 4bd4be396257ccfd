using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>Means and variances of a training set.</summary>
internal static class DataMoments
{
    /// <summary>Of each value of an example, after binarization; of a set with a mask, over the observed values alone.</summary>
    public static Moments Compute(Dataset data, Binarization binarization)
    {
        var size = data.ItemSize;
        double[] sums = new double[size], squares = new double[size];
        Func<double, double> from = binarization is Binarization.Threshold { At: var level }
            ? value => value > level ? 1 : 0
            : value => value;
        double[] levels = [.. Enumerable.Range(0, 256).Select(level => from(level / 255.0))];
        if (data.Pixels.Stored is { } stored)
            OfStore(stored.Store, stored.Items, (bytes, floats) =>
            {
                Add(bytes, levels, sums, squares);
                Add(floats, from, sums, squares);
            });
        else
            data.Pixels.Match(bytes => Add(bytes.Span, levels, sums, squares), floats => Add(floats.Span, from, sums, squares));
        var counts = Counts(data, sums);
        int values = counts.Length;
        double[] means = [.. Enumerable.Range(0, values).Select(i => counts[i] > 0 ? sums[i] / counts[i] : 0)];
        // What is drawn with the grey value as probability varies as it does between examples and by the draw too.
        return new([.. means], [.. means.Select((mean, i) => binarization is Binarization.Stochastic ? mean * (1 - mean)
            : counts[i] > 0 ? Math.Max(0, squares[i] / counts[i] - mean * mean) : 0)]);
    }

    // Missing values are 0, and so add nothing; the second half of an example is 1 where a value is observed.
    private static double[] Counts(Dataset data, double[] sums) => data.IsMasked
        ? sums[(sums.Length / 2)..]
        : [.. Enumerable.Repeat((double)data.Count, sums.Length)];

    private delegate void Visit(ReadOnlySpan<byte> bytes, ReadOnlySpan<float> floats);

    // A large file is nothing but bytes: of their 256 numbers, none is computed twice.
    private static int Add(ReadOnlySpan<byte> values, double[] levels, double[] sums, double[] squares)
    {
        for (var start = 0; start < values.Length; start += sums.Length)
            for (var at = 0; at < sums.Length; at++)
            {
                var value = levels[values[start + at]];
                sums[at] += value;
                squares[at] += value * value;
            }
        return values.Length;
    }

    private static int Add(ReadOnlySpan<float> values, Func<double, double> from, double[] sums, double[] squares)
    {
        for (var start = 0; start < values.Length; start += sums.Length)
            for (var at = 0; at < sums.Length; at++)
            {
                var value = from(values[start + at]);
                sums[at] += value;
                squares[at] += value * value;
            }
        return values.Length;
    }

    private static void OfStore(IPixelStore store, int[] items, Visit visit)
    {
        var item = new byte[store.ItemSize];
        foreach (var which in items)
        {
            store.Read(which, item);
            if (store.IsFloat)
                visit([], MemoryMarshal.Cast<byte, float>(item));
            else
                visit(item, []);
        }
    }
}
