using FsCheck.Xunit;

namespace Vae.Torch.Tests;

public class SplitsTests
{
    private static Dataset Numbered(int count) => Dataset.Create(
        "set", Shape.Vector(2), Pixels.OfBytes(Enumerable.Range(0, count).SelectMany(i => new[] { (byte)i, (byte)(i / 256) }).ToArray()),
        Enumerable.Range(0, count).ToArray(), [.. Enumerable.Range(0, count).Select(i => $"{i}")]);

    [Property(Replay = "(13,1)")]
    public bool APermutationHasEachIndexOnce(ulong seed, byte count) =>
        Splits.Permutation(seed, count).Order().SequenceEqual(Enumerable.Range(0, count));

    [Property(Replay = "(13,3)")]
    public bool APermutationDependsOnTheSeedAlone(ulong seed) =>
        Splits.Permutation(seed, 100).SequenceEqual(Splits.Permutation(seed, 100))
        && !Splits.Permutation(seed, 100).SequenceEqual(Splits.Permutation(seed + 1, 100));

    [Fact]
    public void EachIndexComesFirstEquallyOften()
    {
        const int draws = 20_000, count = 5;
        var first = new int[count];
        for (var seed = 0UL; seed < draws; seed++)
            first[Splits.Permutation(seed, count)[0]]++;
        // A binomial of mean 4000 and deviation 57: six deviations happen once in 5e8.
        Assert.All(first, n => Assert.InRange(n, 4000 - 342, 4000 + 342));
    }

    [Property(Replay = "(13,5)", MaxTest = 50)]
    public bool TheThreePartsAreTheWhole(ulong seed, byte extra)
    {
        var all = Numbered(10 + extra);
        var split = Splits.Divide(all, 0.2, 0.3, seed);
        var labels = new[] { split.Train, split.Validation, split.Test }.SelectMany(part => part.Labels.ToArray()).Order();
        return labels.SequenceEqual(Enumerable.Range(0, all.Count))
            && split.Test.Count == (int)Math.Round(0.3 * all.Count) && split.Validation.Count == (int)Math.Round(0.2 * all.Count);
    }

    [Fact]
    public void ItemsKeepTheirLabels()
    {
        var train = Splits.Divide(Numbered(300), 0.1, 0.1, 7).Train;
        var bytes = train.Pixels.Match(b => b.ToArray(), _ => []);
        Assert.Equal(train.Labels.ToArray(), Enumerable.Range(0, train.Count).Select(i => bytes[2 * i] + 256 * bytes[2 * i + 1]));
    }

    [Fact]
    public void AnOwnTestPartStaysAsItIs()
    {
        var test = Numbered(5);
        var split = Splits.Divide(Numbered(20), test, 0.25, 1);
        Assert.Same(test, split.Test);
        Assert.Equal((15, 5), (split.Train.Count, split.Validation.Count));
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(-0.1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, 1)]
    public void FractionsThatLeaveNothingAreRefused(double validation, double test) =>
        Damage.Refused(() => Splits.Divide(Numbered(10), validation, test, 0), "got");
}
