using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SkiaSharp;

namespace Vae.Torch.Tests;

/// <summary>Names in a picture can be read.</summary>
public class NamePlacesTests
{
    private static readonly SKSize Size = new(12, 15);

    private static Gen<SKPoint[]> Crowded =>
        Gen.Choose(0, 560).Two().Select(at => new SKPoint(at.Item1, at.Item2)).ArrayOf()
            .Select(places => places.Take(12).Select((place, i) => i % 3 == 2 ? places[i - 1] : place).ToArray());

    [Property(Replay = "(1,21)", MaxTest = 300)]
    public Property NoNameLiesOverAnother() => Prop.ForAll(Crowded.ToArbitrary(), wanted =>
    {
        var places = NamePlaces.Apart(wanted, Sizes(wanted));
        return places.Length == wanted.Length
            && places.Index().All(a => places.Index().All(b => a.Index == b.Index || IsApart(a.Item, b.Item)));
    });

    [Property(Replay = "(1,23)", MaxTest = 300)]
    public Property NamesThatLieApartStay() => Prop.ForAll(Crowded.ToArbitrary(), wanted =>
    {
        SKPoint[] places = NamePlaces.Apart(wanted, Sizes(wanted)), again = NamePlaces.Apart(places, Sizes(wanted));
        return again.SequenceEqual(places);
    });

    [Fact]
    public void TenNamesOfOnePlaceAreAllSeen()
    {
        var wanted = Enumerable.Repeat(new SKPoint(280, 280), 10).ToArray();
        var places = NamePlaces.Apart(wanted, Sizes(wanted));
        Assert.All(places.Index(), a => Assert.All(places.Index(), b => Assert.True(a.Index == b.Index || IsApart(a.Item, b.Item))));
        Assert.All(places, place => Assert.InRange(SKPoint.Distance(place, wanted[0]), 0, 40));
    }

    private static SKSize[] Sizes(SKPoint[] places) => [.. places.Select(_ => Size)];

    private static bool IsApart(SKPoint a, SKPoint b) => Math.Abs(a.X - b.X) > Size.Width - 0.1 || Math.Abs(a.Y - b.Y) > Size.Height - 0.1;
}
