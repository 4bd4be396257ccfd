using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Ranks move bytes, and sums over them have the same bits on any number.</summary>
public class RankGroupTests
{
    private const int Summands = 8, Length = 1000;

    public static TheoryData<int> Counts => [1, 2, 3, 4];

    [Theory, MemberData(nameof(Counts))]
    public void ValuesOfAllRanksComeInOrder(int count) => Assert.All(
        RankThreads.Run(count, ranks => ranks.Gathered<long>(ranks.Rank, 10 * ranks.Rank)),
        all => Assert.Equal(Enumerable.Range(0, count).SelectMany(rank => new long[] { rank, 10 * rank }), all));

    [Theory, MemberData(nameof(Counts))]
    public void TheWordOfTheFirstIsThatOfAll(int count) =>
        Assert.All(RankThreads.Run(count, ranks => ranks.Agreed(7.5 + ranks.Rank)), word => Assert.Equal(7.5, word));

    [Theory, MemberData(nameof(Counts))]
    public void BatchesOfAnyLengthsComeInOrder(int count)
    {
        double[][] batches = [.. Enumerable.Range(0, 7).Select(batch => Enumerable.Range(0, batch % 3).Select(i => batch + i / 10.0).ToArray())];
        Assert.All(
            RankThreads.Run(count, ranks => ranks.InOrder([.. batches.Where((_, batch) => batch % ranks.Count == ranks.Rank)])),
            all => Assert.Equal(batches, all));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void ASumHasTheSameBitsOnAnyNumberOfRanks(int count)
    {
        using var one = Rows();
        FixedOrderSum.AddRows(one);
        var expected = one[0].ToFloats();
        Assert.All(
            RankThreads.Run(count, ranks =>
            {
                using var scope = NewDisposeScope();
                using var sum = new FixedOrderSum(ranks, Length, CPU);
                var own = zeros(Summands / ranks.Count, sum.Padded);
                own.narrow(1, 0, Length).copy_(Rows().narrow(0, ranks.Rank * own.shape[0], own.shape[0]));
                FixedOrderSum.AddRows(own);
                sum.Sum(own[0]);
                return own[0].ToFloats()[..Length];
            }),
            all => Assert.Equal(expected, all));
    }

    [Fact]
    public void AnErrorOfOneRankIsThatOfAll()
    {
        var messages = RankThreads.Run(3, ranks => Assert.Throws<VaeException>(() => ranks.Together(() =>
            ranks.Rank == 1 ? throw new VaeException("data: must be there, got none") : 0)).Message);
        Assert.All(messages, message => Assert.Equal("rank 1: data: must be there, got none", message));
    }

    [Fact]
    public void ARankThatGoesIsNamed() => Assert.Contains("ranks: rank 1 must stay until the run ends", RankThreads.Run(2, ranks =>
        ranks.Rank == 1 ? "" : Assert.Throws<VaeException>(() => ranks.Gathered<long>(1)).Message)[0], StringComparison.Ordinal);

    [Fact]
    public async Task RanksWithAnotherCountAreRefused()
    {
        var port = RankThreads.FreePort();
        var other = Task.Run(() => Assert.Throws<VaeException>(() => Torch.Ranks.Tcp("127.0.0.1", port, 1, 3)));
        Assert.Equal("ranks: must all have the same number of ranks, 2 as this one, got 3",
            Assert.Throws<VaeException>(() => Torch.Ranks.Tcp("127.0.0.1", port, 0, 2)).Message);
        await other;
    }

    private static Tensor Rows() => Samples.Draws(3, Purpose.Posterior, Summands, Length);
}
