using FsCheck.Xunit;

namespace Vae.Tests;

public class NormalBinsTests
{
    [Property]
    public void ABinThatIsPoppedCanBePushedBack(ulong seed)
    {
        var random = KeyedRandom.FromSeed(seed);
        var (mu, sigma) = (8 * random.Bell(0), Math.Exp(6 * random.Bell(1)));
        uint[] words = [.. Enumerable.Range(2, 8).Select(i => (uint)random.Bits(i))];
        var stack = new SymbolStack(words, SymbolStack.Empty | random.Bits(1) >> 32);
        var state = stack.State;
        var bins = Enumerable.Range(0, 5).Select(_ => NormalBins.Pop(stack, mu, sigma)).ToList();
        foreach (var bin in bins.AsEnumerable().Reverse())
            stack.Push(NormalBins.Interval(bin, mu, sigma));
        Assert.Equal(state, stack.State);
        Assert.Equal(words, stack.Words);
    }

    [Fact]
    public void PoppedBinsAreDrawsFromTheDistribution()
    {
        var (mu, sigma, random, sums) = (0.7, 0.3, KeyedRandom.FromSeed(3), (First: 0.0, Second: 0.0));
        const int count = 20_000;
        var stack = new SymbolStack([], SymbolStack.Empty, depth => (uint)random.Bits(depth));
        for (var i = 0; i < count; i++)
        {
            var z = (NormalBins.Middle(NormalBins.Pop(stack, mu, sigma)) - mu) / sigma;
            sums = (sums.First + z, sums.Second + z * z);
        }
        // Five standard errors of the mean and of the mean square.
        Assert.Equal(0, sums.First / count, 5 / Math.Sqrt(count));
        Assert.Equal(1, sums.Second / count, 5 * Math.Sqrt(2.0 / count));
    }
}
