namespace Vae.Torch;

/// <summary>Computes facts about the values of a data set in one pass.</summary>
internal static class ValueScan
{
    private const int MaxQuantizationLevels = 256, Chunk = 1 << 16;

    public static DataFacts Facts(Dataset data)
    {
        var known = data.IsMasked ? data.ItemSize / 2 : data.ItemSize;
        var isBinary = data.Pixels.IsBinary;
        var plain = new DataFacts(data.Shape, data.Count, data.Classes.Count, isBinary, data.ConditionWidth);
        // Images in files are not read for this, nor are others drawn: they may have any byte.
        if (data.Pixels.Stored is { Store.IsScanned: false } || data.Pixels.IsDrawn || data.Count == 0)
            return plain.With(isMasked: data.IsMasked, values: isBinary ? null : ValueFacts.Intensities.With(levels: 256));
        if (!data.Shape.IsVector)
            return plain.With(
                isMasked: data.IsMasked, values: isBinary ? ValueFacts.Bits : data.IsMasked ? PerColumn(data, 0)[^1] : OfImages(data));
        var facts = PerColumn(data, known);
        return plain.With(isMasked: data.IsMasked, values: facts[^1], columns: ValueList.From(facts.SkipLast(1)));
    }

    private static ValueFacts OfImages(Dataset data) =>
        data.Pixels.Stored is { } stored ? stored.Store.IsFloat ? PerColumn(data, 0)[^1] : OfBytes(Read(stored.Store, stored.Items))
        : data.Pixels.Match(bytes => OfBytes([bytes]), _ => PerColumn(data, 0)[^1]);

    private static IEnumerable<ReadOnlyMemory<byte>> Read(IPixelStore store, int[] items)
    {
        var item = new byte[store.ItemSize];
        foreach (var which in items)
        {
            store.Read(which, item);
            yield return item;
        }
    }

    // The bytes of images soon take nearly every level, after which the rest need not be read.
    private static ValueFacts OfBytes(IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        int min = 255, greatest = 0, step = 255;
        foreach (var part in parts)
        {
            foreach (var value in part.Span)
            {
                (min, greatest) = (Math.Min(min, value), Math.Max(greatest, value));
                for (int a = value; a != 0;)
                    (a, step) = (step % a, a);
            }
            if (step == 1 && min == 0 && greatest == 255)
                break;
        }
        return ValueFacts.Intensities.With(min: min / 255.0, max: greatest / 255.0, levels: 255 / step + 1);
    }

    // Facts about the observed values of each of the first columns, then about all observed values.
    private static ValueList<ValueFacts> PerColumn(Dataset data, int columns)
    {
        var tallies = Array.ConvertAll(new int[columns + 1], _ => new Tally());
        int items = Math.Max(1, Chunk / data.ItemSize), known = data.IsMasked ? data.ItemSize / 2 : data.ItemSize;
        var buffer = new float[items * data.ItemSize];
        for (var start = 0; start < data.Count; start += items)
        {
            var some = buffer.AsSpan(0, Math.Min(items, data.Count - start) * data.ItemSize);
            data.Pixels.CopyTo((long)start * data.ItemSize, some);
            for (var item = 0; item < some.Length; item += data.ItemSize)
                for (var i = 0; i < known; i++)
                    if (!data.IsMasked || some[item + known + i] != 0)
                    {
                        tallies[^1].Add(some[item + i]);
                        if (columns > 0)
                            tallies[i].Add(some[item + i]);
                    }
        }
        return ValueList.From(tallies.Select(tally => tally.Facts()));
    }

    private sealed class Tally
    {
        private readonly HashSet<float> seen = [];
        private readonly List<int> steps = [.. Enumerable.Range(1, MaxQuantizationLevels - 1)];
        private double least = double.PositiveInfinity, greatest = double.NegativeInfinity, mean, squares;
        private bool areWhole = true;
        private long count;

        public void Add(float value)
        {
            count++;
            // Welford 1962: no square of a great mean is taken.
            var from = value - mean;
            mean += from / count;
            squares += from * (value - mean);
            (least, greatest, areWhole) = (Math.Min(least, value), Math.Max(greatest, value), areWhole && value == MathF.Truncate(value));
            if (value is 0 or 1)
                return;
            if (value is < 0 or > 1)
                steps.Clear();
            else if (steps.Count > 0 && seen.Add(value))
                steps.RemoveAll(step => Math.Abs(value * step - Math.Round(value * (double)step)) > 1e-4);
        }

        public ValueFacts Facts() => count == 0 ? ValueFacts.Bits
            : new(least, greatest, areWhole, steps.Count == 0 ? 0 : steps[0] + 1, mean, squares > 0 ? Math.Sqrt(squares / count) : 1);
    }
}
