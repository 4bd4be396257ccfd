using System.Security.Cryptography;
using FsCheck.Xunit;

namespace Vae.Tests;

public class SpritesTests
{
    private const int Pixels = Sprites.Width * Sprites.Height;

    private static int At(int shape, int scale, int orientation, int x, int y) => Sprites.IndexOf([shape, scale, orientation, x, y]);

    private static IEnumerable<int[]> Forms(int shapes = 3) =>
        from shape in Enumerable.Range(0, shapes) from scale in Enumerable.Range(0, 6) from orientation in Enumerable.Range(0, 40)
        select new[] { shape, scale, orientation };

    private static int Distinct(IEnumerable<int> indices) =>
        indices.Select(index => Convert.ToHexString(SHA256.HashData(Sprites.Draw(index)))).Distinct().Count();

    [Fact]
    public void ThereIsOnePictureForEveryCombination()
    {
        Assert.Equal(737_280, Sprites.Count);
        Assert.Equal(Sprites.Count, Sprites.Factors.Aggregate(1, (product, factor) => product * factor.Size));
        Assert.Equal(Sprites.Factors[0].Size, Sprites.ShapeNames.Count);
    }

    [Fact]
    public void IndexAndFactorsAreInverse() =>
        Assert.All(Enumerable.Range(0, Sprites.Count / 7).Select(k => 7 * k),
            index => Assert.Equal(index, Sprites.IndexOf(Sprites.FactorsOf(index))));

    [Fact]
    public void TheLastFactorCountsFastest()
    {
        Assert.Equal([0, 0, 0, 0, 1], Sprites.FactorsOf(1));
        Assert.Equal([0, 0, 0, 1, 0], Sprites.FactorsOf(32));
        Assert.Equal([1, 0, 0, 0, 0], Sprites.FactorsOf(Sprites.Count / 3));
        Assert.Equal([2, 5, 39, 31, 31], Sprites.FactorsOf(Sprites.Count - 1));
    }

    [Fact]
    public void ValuesSpanTheirRanges()
    {
        Assert.Equal([0, 0.5, 0, 0, 0], Sprites.ValuesOf(0));
        Assert.Equal([2, 1, 39 * (Math.PI / 20), 1, 1], Sprites.ValuesOf(Sprites.Count - 1));
        Assert.Equal(0.7, Sprites.ValuesOf(At(0, 2, 0, 0, 0))[1]);
    }

    // With the next law, all pictures are distinct but for the symmetries.
    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 20)]
    [InlineData(2, 40)]
    public void FormsOfOneShapeAreDistinctButForItsSymmetry(int shape, int orientations)
    {
        var forms = Forms().Where(form => form[0] == shape).ToArray();
        Assert.Equal(6 * orientations, Distinct(forms.Select(form => At(form[0], form[1], form[2], 7, 20))));
        Assert.All(forms.Where(form => form[2] >= orientations), form =>
            Assert.Equal(Sprites.Draw(At(form[0], form[1], form[2] - orientations, 7, 20)),
                Sprites.Draw(At(form[0], form[1], form[2], 7, 20))));
    }

    [Fact]
    public void ShapesAreDistinct() =>
        Assert.Equal(6 * (10 + 20 + 40), Distinct(Forms().Select(form => At(form[0], form[1], form[2], 0, 0))));

    [Fact]
    public void PositionShiftsAWholeSpriteByAPixel() => Assert.All(Forms().Where((_, k) => k % 7 == 0), form =>
    {
        var corner = Sprites.Draw(At(form[0], form[1], form[2], 0, 0));
        Assert.All(Enumerable.Range(0, Sprites.Width), k => Assert.Equal(0, corner[k] + corner[k * Sprites.Width]));
        foreach (var (x, y) in new[] { (1, 0), (0, 1), (31, 31), (13, 30) })
        {
            var moved = new byte[Pixels];
            for (var k = 0; k + y * Sprites.Width + x < Pixels; k++)
                moved[k + y * Sprites.Width + x] = corner[k];
            Assert.Equal(moved, Sprites.Draw(At(form[0], form[1], form[2], x, y)));
        }
    });

    [Property(Replay = "7,9")]
    public bool ASpriteDependsOnItsIndexOnlyAndIsBinary(uint any)
    {
        var index = (int)(any % Sprites.Count);
        var dirty = Enumerable.Repeat((byte)77, Pixels).ToArray();
        Sprites.Draw(index, dirty);
        return dirty.SequenceEqual(Sprites.Draw(index)) && dirty.All(pixel => pixel is 0 or 255);
    }

    [Fact]
    public void InkIsTheAreaOfTheShape()
    {
        // Half-diagonal, semi-axis and furthest point are 15.9; the heart's area is 3.66197 at a furthest point of 1.42455.
        const double squared = 15.9 * 15.9;
        double[] areas = [2 * squared, Math.PI / 2 * squared, 3.66197 / (1.42455 * 1.42455) * squared];
        Assert.All(Forms(), form =>
        {
            var scale = 0.5 + 0.1 * form[1];
            // Pixels are whole: an upright square of side a counts n² of them with |n − a| < 1, the worst of all.
            var worst = 2 * Math.Sqrt(areas[0]) * scale;
            Assert.InRange(Sprites.Draw(At(form[0], form[1], form[2], 9, 9))
                .Count(pixel => pixel > 0) - areas[form[0]] * scale * scale, -worst, worst);
        });
    }

    [Fact]
    public void OrientationTurnsCounterclockwiseFromUpright()
    {
        // The heart's point hangs down when upright, and to the right a quarter turn later.
        var upright = Sprites.Draw(At(2, 5, 0, 15, 15));
        var turned = Sprites.Draw(At(2, 5, 10, 15, 15));
        for (var row = 0; row < Sprites.Height; row++)
            for (var column = 0; column < Sprites.Width - 1; column++)
                Assert.Equal(row < 63 ? upright[column * 64 + 62 - row] : 0, turned[row * 64 + column]);
        Assert.Equal(31, Array.LastIndexOf(upright, (byte)255) % 64);
    }

    [Fact]
    public void TheyAreTheSameOnEveryPlatform()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var index = 0; index < Sprites.Count; index += 737)
            digest.AppendData(Sprites.Draw(index));
        Assert.Equal("E2624B1565A1718CA0CC20E4CA81EC3B8DBC775769BDDAFD7AD3685BDBF8AC35", Convert.ToHexString(digest.GetHashAndReset()));
    }

    [Fact]
    public void WhatDoesNotExistIsRefused()
    {
        Assert.StartsWith("index: must be 0 to 737279, got 737280",
            Assert.Throws<ArgumentOutOfRangeException>(() => Sprites.Draw(Sprites.Count)).Message, StringComparison.Ordinal);
        Assert.StartsWith("index: must be 0 to 737279, got -1",
            Assert.Throws<ArgumentOutOfRangeException>(() => Sprites.FactorsOf(-1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("factors[2]: must be 0 to 39, got 40",
            Assert.Throws<ArgumentOutOfRangeException>(() => Sprites.IndexOf([0, 0, 40, 0, 0])).Message, StringComparison.Ordinal);
        Assert.StartsWith("factors: must be 5 places, got 1", Assert.Throws<ArgumentException>(() => Sprites.IndexOf([3])).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("pixels: must hold 4096 bytes, got 0", Assert.Throws<ArgumentException>(() => Sprites.Draw(0, [])).Message,
            StringComparison.Ordinal);
    }
}
