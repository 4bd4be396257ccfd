using FsCheck.Xunit;

namespace Vae.Tests;

public class SymbolStackTests
{
    private const int Bits = 20;

    [Property]
    public void WhatIsPushedIsPoppedInReverse(ulong seed, byte count)
    {
        var random = KeyedRandom.FromSeed(seed);
        var (starts, symbols) = (new uint[count][], new int[count]);
        var stack = new SymbolStack([], SymbolStack.Empty);
        for (var i = 0; i < count; i++)
        {
            starts[i] = SymbolMasses.Starts(Costs(random, 1 + random.Below(9, 3 * i), i), Bits);
            symbols[i] = random.Below(starts[i].Length - 1, 3 * i + 1);
            stack.Push(SymbolMasses.Interval(starts[i], symbols[i], Bits));
        }
        var read = new SymbolStack(stack.Words, stack.State);
        for (var i = count - 1; i >= 0; i--)
        {
            Assert.Equal(symbols[i], SymbolMasses.Find(starts[i], read.Peek(Bits)));
            read.Pop(SymbolMasses.Interval(starts[i], symbols[i], Bits));
        }
        Assert.Equal((SymbolStack.Empty, 0, false), (read.State, read.Words.Count, read.IsExhausted));
    }

    [Fact]
    public void TheSizeIsTheEntropy()
    {
        // Shannon 1948: the mean of −log₂ p.
        double[] p = [0.7, 0.2, 0.0999, 0.0001];
        var starts = SymbolMasses.Starts([.. p.Select(each => -Math.Log(each))], Bits);
        var (stack, random, expected) = (new SymbolStack([], SymbolStack.Empty), KeyedRandom.FromSeed(1), 0.0);
        for (var i = 0; i < 200_000; i++)
        {
            var symbol = SymbolMasses.Find(starts, (uint)(random.Uniform(i) * (1u << Bits)));
            stack.Push(SymbolMasses.Interval(starts, symbol, Bits));
            expected -= Math.Log2(p[symbol]);
        }
        Assert.Equal(1, 32.0 * stack.Words.Count / expected, 1e-3);
    }

    [Fact]
    public void PoppingMoreThanWasPushedIsNoticed()
    {
        var stack = new SymbolStack([], SymbolStack.Empty);
        for (var i = 0; i < 4; i++)
            stack.Pop(new(stack.Peek(16), 1, 16));
        Assert.True(stack.IsExhausted);
    }

    [Property]
    public void EverySymbolHasAMassAndTheyFillTheInterval(ulong seed, byte more)
    {
        var starts = SymbolMasses.Starts(Costs(KeyedRandom.FromSeed(seed), 1 + more, 0), Bits);
        Assert.Equal((0u, 1u << Bits), (starts[0], starts[^1]));
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    }

    // Impossible and undefined costs among ordinary ones.
    private static double[] Costs(KeyedRandom random, int count, int key) => [.. Enumerable.Range(0, count).Select(i =>
        random.Fold(key).Below(8, i) switch
        {
            0 => double.PositiveInfinity,
            1 => double.NaN,
            2 => 1e300,
            _ => 10 * random.Fold(key).Bell(i),
        })];
}
