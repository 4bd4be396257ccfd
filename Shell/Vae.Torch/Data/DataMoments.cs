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
        void Add(int at, double value) => (sums[at], squares[at]) = (sums[at] + value, squares[at] + value * value);
        Func<double, double> from = binarization is Binarization.Threshold { At: var level }
            ? value => value > level ? 1 : 0
            : value => value;
        if (data.Pixels.Stored is { } stored)
            OfStore(stored.Store, stored.Items, (at, value) => Add(at, from(value)));
        else
            data.Pixels.Match(
                bytes => Each(bytes.Span, size, (at, value) => Add(at, from(value / 255.0))),
                floats => Each(floats.Span, size, (at, value) => Add(at, from(value))));
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

    private static int Each<T>(ReadOnlySpan<T> values, int size, Action<int, T> add)
    {
        for (int i = 0, at = 0; i < values.Length; i++, at = at + 1 == size ? 0 : at + 1)
            add(at, values[i]);
        return values.Length;
    }

    private static void OfStore(IPixelStore store, int[] items, Action<int, double> add)
    {
        var item = new byte[store.ItemSize];
        foreach (var which in items)
        {
            store.Read(which, item);
            if (store.IsFloat)
                Each<float>(MemoryMarshal.Cast<byte, float>(item), item.Length / sizeof(float), (at, value) => add(at, value));
            else
                Each<byte>(item, item.Length, (at, value) => add(at, value / 255.0));
        }
    }
}
