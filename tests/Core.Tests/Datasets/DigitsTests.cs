using System.Security.Cryptography;
using FsCheck.Xunit;

namespace Vae.Tests;

public class DigitsTests
{
    private const int Pixels = Digits.Width * Digits.Height;

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void EveryIndexIsADigit(long index)
    {
        Assert.InRange(Digits.Label(0, index), 0, 9);
        Assert.InRange(Digits.Draw(0, index).Max(), 200, 255);
    }

    [Property(Replay = "7,9")]
    public bool ADigitDependsOnSeedAndIndexOnly(ulong seed, long index)
    {
        var first = Digits.Draw(seed, index);
        _ = Digits.Draw(seed + 1, index + 1);
        var dirty = Enumerable.Repeat((byte)77, Pixels).ToArray();
        Digits.Draw(seed, index, dirty);
        return first.SequenceEqual(dirty) && Digits.Label(seed, index) == Digits.Label(seed, index);
    }

    [Fact]
    public void NeitherOrderNorThreadsMatter()
    {
        var inOrder = Enumerable.Range(0, 2000).Select(k => Digits.Draw(5, k)).ToArray();
        var atOnce = new byte[2000][];
        Parallel.For(0, 2000, k => atOnce[1999 - k] = Digits.Draw(5, 1999 - k));
        Assert.Equal(inOrder, atOnce);
    }

    [Fact]
    public void SeedsAreDifferentDataSets()
    {
        Assert.All(Enumerable.Range(0, 200), k => Assert.NotEqual(Digits.Draw(0, k), Digits.Draw(1, k)));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(k => Digits.Label(0, k) == Digits.Label(1, k)), 850, 1150);
    }

    [Fact]
    public void NoTwoDigitsAreEqual()
    {
        var digests = new UInt128[Digits.TrainCount + Digits.TestCount];
        Parallel.For(0, digests.Length, k => digests[k] = BitConverter.ToUInt128(SHA256.HashData(Digits.Draw(0, k))));
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void TheFirstThousandAreTheSameOnEveryPlatform()
    {
        var all = new byte[1000 * Pixels];
        for (var k = 0; k < 1000; k++)
            Digits.Draw(0, k, all.AsSpan(k * Pixels, Pixels));
        var labels = string.Concat(Enumerable.Range(0, 40).Select(k => Digits.Label(0, k)));
        Assert.Equal("5978263014897021645364892107351805679243", labels);
        Assert.Equal("56396F2CD7E0B4E4DD1F98E651DB8DA1D8C0BEB06A7D83D52AE6365C56A7768F", Convert.ToHexString(SHA256.HashData(all)));
    }

    [Property(Replay = "7,9")]
    public bool EveryTenIndicesHoldEachClassOnce(ulong seed, int block) =>
        Enumerable.Range(0, 10).Select(k => Digits.Label(seed, 10L * block + k)).Order().SequenceEqual(Enumerable.Range(0, 10));

    [Fact]
    public void LabelsHaveNoOrder()
    {
        var seen = new int[10, 10];
        for (var k = 0; k < Digits.TrainCount; k++)
            seen[k % 10, Digits.Label(0, k)]++;
        // Rows and columns are both exact, so this is 10/9 of a χ² with 81 degrees of freedom, which passes 157 less than once in a
        // million.
        Assert.InRange(seen.Cast<int>().Sum(n => (n - 600.0) * (n - 600.0) / 600.0), 0, 157 * 10 / 9.0);
    }

    [Fact]
    public void TheBorderIsEmptyAndTheMiddleInked() => Assert.All(Enumerable.Range(0, 5000), index =>
    {
        var picture = Digits.Draw(2, index);
        for (var k = 0; k < Digits.Width; k++)
        {
            Assert.Equal(0, picture[k] + picture[Pixels - 1 - k]);
            Assert.Equal(0, picture[k * Digits.Width] + picture[k * Digits.Width + Digits.Width - 1]);
        }
        Assert.InRange(picture.Max(), 200, 255);
        Assert.InRange(picture.Count(ink => ink > 127), 15, 280);
    });

    [Fact]
    public void InkCoversAboutAsMuchAsInMnist()
    {
        // MNIST's mean is 0.1307 and its deviation 0.3081.
        var ink = Enumerable.Range(0, 5000).SelectMany(k => Digits.Draw(0, k)).Select(b => b / 255.0).ToArray();
        var mean = ink.Average();
        Assert.InRange(mean, 0.12, 0.14);
        Assert.InRange(Math.Sqrt(ink.Average(v => v * v) - mean * mean), 0.29, 0.33);
    }

    [Fact]
    public void MemoryOfTheWrongSizeIsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Digits.Draw(0, 0, new byte[783]));
        Assert.StartsWith("pixels: must hold 784 bytes, got 783", error.Message, StringComparison.Ordinal);
    }
}
