namespace Vae.Torch;

/// <summary>What values of a data set are like, looked at once.</summary>
internal static class ValueScan
{
    private const int MostLevels = 256, Chunk = 1 << 16;

    public static DataFacts Facts(Dataset data)
    {
        var known = data.IsMasked ? data.ItemSize / 2 : data.ItemSize;
        var isBinary = data.Pixels.IsBinary;
        var plain = new DataFacts(data.Shape, data.Count, data.Classes.Count, isBinary, data.ConditionWidth);
        // Pictures that lie in files are not read for this: they may have any byte.
        if (data.Pixels.Stored is not null || data.Count == 0)
            return isBinary ? plain : plain.With(values: ValueFacts.Intensities.With(levels: 256));
        if (!data.Shape.IsVector)
            return plain.With(isMasked: data.IsMasked, values: isBinary ? ValueFacts.Bits : data.IsMasked ? Of(data, known, 0, 1) : OfImages(data));
        return plain.With(isMasked: data.IsMasked, values: Of(data, known, 0, 1), columns: [.. Enumerable.Range(0, known).Select(column => Of(data, known, column, known))]);
    }

    // Bytes of pictures hold nearly every level soon, and then no more need be seen.
    private static ValueFacts OfImages(Dataset data) => data.Pixels.Match(
        bytes =>
        {
            int least = 255, greatest = 0, step = 255;
            foreach (var value in bytes.Span)
            {
                (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
                for (int a = value; a != 0;)
                    (a, step) = (step % a, a);
                if (step == 1 && least == 0 && greatest == 255)
                    break;
            }
            return ValueFacts.Intensities.With(least: least / 255.0, greatest: greatest / 255.0, levels: 255 / step + 1);
        },
        _ => Of(data, data.ItemSize, 0, 1));

    // The values at places first, first + step, … of each item's known ones.
    private static ValueFacts Of(Dataset data, int known, int first, int step)
    {
        var tally = new Tally();
        var items = Math.Max(1, Chunk / data.ItemSize);
        var buffer = new float[items * data.ItemSize];
        for (var start = 0; start < data.Count; start += items)
        {
            var some = buffer.AsSpan(0, Math.Min(items, data.Count - start) * data.ItemSize);
            data.Pixels.CopyTo((long)start * data.ItemSize, some);
            for (var item = 0; item < some.Length; item += data.ItemSize)
                for (var i = first; i < known; i += step)
                    if (!data.IsMasked || some[item + known + i] != 0)
                        tally.Add(some[item + i]);
        }
        return tally.Facts();
    }

    private sealed class Tally
    {
        private readonly List<int> steps = [.. Enumerable.Range(1, MostLevels - 1)];
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
            else if (steps.Count > 0)
                steps.RemoveAll(step => Math.Abs(value * step - Math.Round(value * (double)step)) > 1e-4);
        }

        public ValueFacts Facts() => count == 0 ? ValueFacts.Bits
            : new(least, greatest, areWhole, steps.Count == 0 ? 0 : steps[0] + 1, mean, squares > 0 ? Math.Sqrt(squares / count) : 1);
    }
}
