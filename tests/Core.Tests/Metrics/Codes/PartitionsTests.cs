using FsCheck;
using FsCheck.Xunit;

namespace Vae.Tests;

public class PartitionsTests
{
    private static (int[] Groups, int[] Others) Grouped(NonEmptyArray<byte> raw)
    {
        int[] values = [.. raw.Get.Select(value => (int)value), 3, 140];
        return ([.. values.Select(value => value % 4)], [.. values.Select(value => value / 4 % 3)]);
    }

    // Pairs on which both agree and disagree; Hubert & Arabie 1985, in the form of Steinley 2004, eq. 9.
    private static double OverAllPairs(int[] a, int[] b)
    {
        double both = 0, first = 0, second = 0, neither = 0;
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < i; j++)
                _ = (a[i] == a[j], b[i] == b[j]) switch
                {
                    (true, true) => both++,
                    (true, false) => first++,
                    (false, true) => second++,
                    _ => neither++,
                };
        var scale = (both + first) * (first + neither) + (both + second) * (second + neither);
        return scale == 0 ? 1 : 2 * (both * neither - first * second) / scale;
    }

    [Property(Replay = "3,5")]
    public bool TheIndexIsThatOverAllPairs(NonEmptyArray<byte> raw)
    {
        var (a, b) = Grouped(raw);
        return Math.Abs(Partitions.AdjustedRandIndex(a, b) - OverAllPairs(a, b)) < 1e-12;
    }

    [Property(Replay = "3,5")]
    public bool ItIsSymmetricAndBlindToNamesAndOrder(NonEmptyArray<byte> raw)
    {
        var (a, b) = Grouped(raw);
        var index = Partitions.AdjustedRandIndex(a, b);
        int[] renamed = [.. a.Select(group => 7 - 3 * group)];
        return index <= 1 && Partitions.AdjustedRandIndex(b, a) == index
            && Partitions.AdjustedRandIndex(renamed, b) == index
            && Partitions.AdjustedRandIndex([.. renamed.Reverse()], [.. b.Reverse()]) == index
            && Partitions.AdjustedRandIndex(a, renamed) == 1;
    }

    [Fact]
    public void ItMeetsAPublishedTable() =>
        // Yeung & Ruzzo 2001, a supplement on the adjusted Rand index, table 2: 0.31257.
        Assert.Equal(0.31257, Partitions.AdjustedRandIndex([0, 0, 1, 1, 1, 1, 2, 2, 2, 2], [0, 1, 0, 1, 1, 2, 2, 2, 2, 2]), 5e-5);

    [Fact]
    public void RandomGroupingsAgreeByChanceOnly()
    {
        var random = KeyedRandom.FromSeed(4);
        int[] a = [.. Enumerable.Range(0, 4000).Select(i => random.Below(5, i))], b = [.. a.Select((_, i) => random.Below(5, 10_000 + i))];
        // Its standard deviation is about 2.5e-4 for 4,000 examples in 5 equal groups.
        Assert.InRange(Partitions.AdjustedRandIndex(a, b), -0.002, 0.002);
    }

    [Fact]
    public void GroupingsOfDifferentLengthsAreRefused()
    {
        Assert.StartsWith("others: must be one for each of 2 examples, got 1",
            Assert.Throws<ArgumentException>(() => Partitions.AdjustedRandIndex([0, 1], [0])).Message, StringComparison.Ordinal);
        Assert.StartsWith("groups: must be of at least 2 examples, got 1",
            Assert.Throws<ArgumentException>(() => Partitions.AdjustedRandIndex([0], [0])).Message, StringComparison.Ordinal);
    }
}
