namespace Vae.Torch.Tests;

public class PictureReadingTests
{
    /// <summary>The error is that of the lowest index, and what follows an error is hardly read.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    public void TheFirstErrorEndsTheReading(int first)
    {
        const int Count = 100_000;
        var read = new int[Count];
        Damage.Refused(() => PictureReading.Each(Count, i =>
        {
            Interlocked.Increment(ref read[i]);
            if (i >= first)
                throw new VaeException($"{i}: must be read");
        }), $"{first}: must be read");
        Assert.All(read.Take(first), times => Assert.Equal(1, times));
        Assert.InRange(read.Skip(first).Sum(), 1, 1000);
    }
}
