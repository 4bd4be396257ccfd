using FsCheck.Xunit;

namespace Vae.Torch.Tests;

public class PixelsTests
{
    private static float[] Floats(Pixels pixels)
    {
        var values = new float[pixels.Length];
        pixels.CopyTo(0, values);
        return values;
    }

    private static Pixels Create(params float[] values) => Pixels.OfNumbers(values, i => $"value {i}");

    [Property(Replay = "(12,1)")]
    public bool WholeNumbersAreBytes(byte[] bytes)
    {
        var scale = bytes.Any(b => b > 1) ? 255f : 1f;
        return Floats(Create([.. bytes.Select(b => (float)b)])).SequenceEqual(bytes.Select(b => b / scale));
    }

    [Property(Replay = "(12,3)")]
    public bool FractionsStayThemselves(ushort[] parts)
    {
        float[] values = [.. parts.Select(p => p / 65535f)];
        return Floats(Create(values)).SequenceEqual(values);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-0.1f)]
    [InlineData(256f)]
    public void NumbersOutsideTheRangeAreRefused(float bad) => Damage.Refused(() => Create(0, bad), "value 1: ");

    [Fact]
    public void FractionsBesideLargeNumbersAreRefused() =>
        Damage.Refused(() => Create(0, 0.5f, 200), "value 2: must be at most 1, since value 1 is the fraction 0.5, got 200");

    [Fact]
    public void BinaryMeansOnlyZeroAndOne()
    {
        Assert.True(Create(0, 1, 1).IsBinary);
        Assert.False(Create(0, 1, 2).IsBinary);
        Assert.False(Create(0, 0.5f).IsBinary);
    }
}
