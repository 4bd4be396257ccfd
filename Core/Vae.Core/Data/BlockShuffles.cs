namespace Vae;

/// <summary>
/// Random orders of examples that lie in blocks, such as the row groups of a file. Few blocks are needed at a time: the blocks come in
/// random order, and the examples of some consecutive blocks of that order are shuffled together.
/// </summary>
internal static class BlockShuffles
{
    // Other streams of the seed draw weights, noise and splits.
    private const long Purpose = 0x426C6F636B73;

    /// <summary>
    /// The order of an epoch, a function of the arguments alone. [N] → [N]; each of 0 … N − 1 once. With all blocks mixed at a time it is a
    /// uniform shuffle.
    /// </summary>
    /// <param name="blocks">The block of each example; equal ones are consecutive.</param>
    /// <param name="mixed">Number of blocks whose examples are shuffled together; ≥ 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch.</param>
    public static ValueList<int> Order(ReadOnlySpan<int> blocks, int mixed, ulong seed, long epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mixed, 1);
        var starts = Starts(blocks);
        var random = KeyedRandom.FromSeed(seed).Fold(Purpose).Fold(epoch);
        var turns = new int[starts.Length - 1];
        for (var i = 0; i < turns.Length; i++)
            Insert(turns, i, random.Below(i + 1, i), i);
        var order = new int[blocks.Length];
        for (int first = 0, at = 0; first < turns.Length; first += Math.Min(mixed, turns.Length - first))
        {
            var (keyed, held) = (random.Fold(first), 0);
            foreach (var block in turns.AsSpan(first, Math.Min(mixed, turns.Length - first)))
                for (var example = starts[block]; example < starts[block + 1]; example++, held++)
                    Insert(order.AsSpan(at), held, keyed.Below(held + 1, held), example);
            at += held;
        }
        return new(order);
    }

    // Fisher and Yates, inside out: what stood at a random place goes to the end.
    private static void Insert(Span<int> shuffled, int count, int place, int next) =>
        (shuffled[count], shuffled[place]) = (shuffled[place], next);

    private static int[] Starts(ReadOnlySpan<int> blocks)
    {
        var starts = new List<int>();
        for (var i = 0; i < blocks.Length; i++)
            if (i == 0 || blocks[i] != blocks[i - 1])
                starts.Add(i);
        return [.. starts, blocks.Length];
    }
}
