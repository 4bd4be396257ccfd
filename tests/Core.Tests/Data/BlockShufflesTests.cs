namespace Vae.Tests;

/// <summary>Laws of orders that need few blocks at a time.</summary>
public class BlockShufflesTests
{
    private static int[] Blocks(params int[] counts) => [.. counts.SelectMany((count, block) => Enumerable.Repeat(block, count))];

    public static TheoryData<int, int> Cases => new() { { 1, 1 }, { 1, 5 }, { 7, 1 }, { 7, 3 }, { 40, 4 }, { 40, 40 }, { 40, 1000 } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryExampleComesOnceInAnEpoch(int blocks, int mixed)
    {
        var all = Blocks([.. Enumerable.Range(0, blocks).Select(i => 1 + i * 7 % 11)]);
        for (var epoch = 0; epoch < 5; epoch++)
            Assert.Equal(Enumerable.Range(0, all.Length), BlockShuffles.Order(all, mixed, 3, epoch).Order());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void FewBlocksAreNeededAtATime(int blocks, int mixed)
    {
        var all = Blocks([.. Enumerable.Range(0, blocks).Select(i => 2 + i % 5)]);
        var order = BlockShuffles.Order(all, mixed, 3, 1).Select(example => all[example]).ToList();
        // A block is needed from its first example to its last.
        var (open, seen) = (new HashSet<int>(), 0);
        var left = all.GroupBy(block => block).ToDictionary(group => group.Key, group => group.Count());
        foreach (var block in order)
        {
            open.Add(block);
            seen = Math.Max(seen, open.Count);
            if (--left[block] == 0)
                open.Remove(block);
        }
        Assert.InRange(seen, 1, mixed);
    }

    [Fact]
    public void ItIsAFunctionOfSeedAndEpoch()
    {
        var all = Blocks([.. Enumerable.Repeat(8, 16)]);
        var orders = new[] { (1UL, 0L), (1UL, 1L), (2UL, 0L), (2UL, 1L) }
            .Select(key => BlockShuffles.Order(all, 4, key.Item1, key.Item2)).ToList();
        Assert.Equal(4, orders.Distinct().Count());
        Assert.Equal(orders[2], BlockShuffles.Order(all, 4, 2, 0));
        Assert.Empty(BlockShuffles.Order([], 4, 2, 0));
    }

    /// <summary>Names of blocks do not matter, so that a part of the data is shuffled by the blocks it has.</summary>
    [Fact]
    public void OnlyTheBordersOfBlocksMatter() =>
        Assert.Equal(BlockShuffles.Order(Blocks(3, 2, 4), 2, 5, 6), BlockShuffles.Order([7, 7, 7, 9, 9, 30, 30, 30, 30], 2, 5, 6));

    /// <summary>3 blocks of 2, 2 at a time: 3 choices of the pair that is mixed, 4! · 2! orders; χ² of 143 degrees.</summary>
    [Fact]
    public void AllOrdersAreEquallyFrequent()
    {
        const int draws = 28_800;
        int[] blocks = Blocks(2, 2, 2);
        var counts = Enumerable.Range(0, draws).Select(epoch => string.Join(' ', BlockShuffles.Order(blocks, 2, 11, epoch)))
            .GroupBy(order => order).Select(group => group.Count()).ToList();
        Assert.Equal(144, counts.Count);
        var expected = draws / 144.0;
        // Mean 143, deviation √286; P(χ² > 245) < 1e-6 by Wilson and Hilferty.
        Assert.InRange(counts.Sum(count => (count - expected) * (count - expected) / expected), 60, 245);
    }
}
