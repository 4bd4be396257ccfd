using System.Numerics;
using FsCheck.Xunit;

namespace Vae.Tests;

public class KeyedRandomTests
{
    [Theory]
    [InlineData(1, 0xE220A8397B1DCDAF)]
    [InlineData(2, 0x6E789E6AA1B965F4)]
    [InlineData(3, 0x06C45D188009454F)]
    public void BitsAreTheSequenceOfSplitMix64(long counter, ulong expected) =>
        // The key zero is SplitMix64 seeded with zero; these are its published first outputs.
        Assert.Equal(expected, default(KeyedRandom).Bits(counter));

    [Property(Replay = "7,9")]
    public bool UniformIsInTheUnitInterval(ulong seed, long counter) =>
        KeyedRandom.FromSeed(seed).Uniform(counter) is >= 0 and < 1;

    [Property(Replay = "7,9")]
    public bool BelowIsInRange(ulong seed, long counter, ushort extra) =>
        KeyedRandom.FromSeed(seed).Below(1 + extra, counter) is var drawn && drawn >= 0 && drawn <= extra;

    [Fact]
    public void BelowRefusesAnEmptyRange() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyedRandom.FromSeed(0).Below(0, 0));

    [Property(Replay = "7,9")]
    public bool EqualKeysGiveEqualNoise(ulong seed, long data, long counter) =>
        KeyedRandom.FromSeed(seed).Fold(data) == KeyedRandom.FromSeed(seed).Fold(data)
        && KeyedRandom.FromSeed(seed).Fold(data).Bits(counter) == KeyedRandom.FromSeed(seed).Fold(data).Bits(counter);

    [Fact]
    public void OneBitOfSeedDataOrCounterTurnsHalfOfTheBits()
    {
        const int trials = 4096;
        var flips = new long[3];
        for (var k = 0; k < trials; k++)
        {
            var bit = 1L << (k % 64);
            var bits = KeyedRandom.FromSeed((ulong)k).Fold(k).Bits(k);
            flips[0] += BitOperations.PopCount(bits ^ KeyedRandom.FromSeed((ulong)(k ^ bit)).Fold(k).Bits(k));
            flips[1] += BitOperations.PopCount(bits ^ KeyedRandom.FromSeed((ulong)k).Fold(k ^ bit).Bits(k));
            flips[2] += BitOperations.PopCount(bits ^ KeyedRandom.FromSeed((ulong)k).Fold(k).Bits(k ^ bit));
        }
        // The mean of 4096 counts of 64 fair bits: 32 ± 4/64; five deviations.
        Assert.All(flips, sum => Assert.InRange(sum / (double)trials, 32 - 0.32, 32 + 0.32));
    }

    [Fact]
    public void BellHasMeanZeroVarianceOneAndNoFarTails()
    {
        const int draws = 100_000;
        var random = KeyedRandom.FromSeed(3);
        var values = Enumerable.Range(0, draws).Select(k => random.Bell(k)).ToArray();
        // Five standard errors: 1/√n for the mean; √((kurtosis − 1)/n) for the variance, a sum of four uniforms having kurtosis 2.7.
        Assert.InRange(values.Average(), -0.016, 0.016);
        Assert.InRange(values.Average(v => v * v), 1 - 0.021, 1 + 0.021);
        Assert.All(values, v => Assert.InRange(v, -2 * Math.Sqrt(3), 2 * Math.Sqrt(3)));
    }

    [Fact]
    public void BelowIsUniform()
    {
        const int draws = 70_000, count = 7;
        var random = KeyedRandom.FromSeed(11).Fold(5);
        var seen = new int[count];
        for (var k = 0; k < draws; k++)
            seen[random.Below(count, k)]++;
        // χ² with 6 degrees of freedom exceeds 38.3 once in a million.
        Assert.InRange(seen.Sum(n => Math.Pow(n - draws / count, 2) / (draws / count)), 0, 38.3);
    }
}
