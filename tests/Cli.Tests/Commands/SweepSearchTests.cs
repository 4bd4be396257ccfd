using Vae.Torch;

namespace Vae.Cli.Tests;

/// <summary>Ranges and searches of <c>vae sweep</c>.</summary>
public class SweepSearchTests
{
    [Theory]
    [InlineData("2..64", 0, "2")]
    [InlineData("2..64", 0.9999, "64")]
    [InlineData("0.5..4.5", 0.5, "2.5")]
    [InlineData("1e-4..1e-2:log", 0.5, "0.001")]
    [InlineData("a,b,c", 0.5, "b")]
    public void AValueIsThatOfItsQuantile(string text, double u, string expected) =>
        Assert.Equal(expected, SweepSearch.At(text.Split(','), u));

    [Theory]
    [InlineData("4..2")]
    [InlineData("0..1:log")]
    [InlineData("linear:0:1:2")]
    public void OtherTextsAreNoRanges(string text) => Assert.False(SweepSearch.IsRange(text));

    [Theory]
    [InlineData("random:20", 20, 1)]
    [InlineData("halving:27:3:1:5", 27, 5)]
    [InlineData("grid", 0, 1)]
    public void SearchesParse(string text, int count, ulong seed)
    {
        var search = SweepSearch.Parse(text);
        Assert.Equal((count, seed), (search.Count, search.Seed));
        Assert.Equal(text.StartsWith("halving", StringComparison.Ordinal) ? new SweepHalving(3, 1) : null, search.Halving);
    }

    [Fact]
    public void HyperbandHasAsManyRunsAsItsBrackets()
    {
        var search = SweepSearch.Parse("hyperband:81:3:7");
        Assert.Equal((143, 7UL, 81, SweepHalving.Hyperband(3)), (search.Count, search.Seed, search.Epochs, search.Halving));
        Assert.StartsWith("search: must have at least 1 epoch and a factor of at least 2, got 81 and 1",
            Assert.Throws<VaeException>(() => SweepSearch.Parse("hyperband:81:1")).Message);
    }

    [Theory]
    [InlineData("best")]
    [InlineData("random")]
    [InlineData("random:x")]
    public void OtherSearchesAreRefused(string text) =>
        Assert.StartsWith("search: must be grid, random:RUNS", Assert.Throws<VaeException>(() => SweepSearch.Parse(text)).Message);
}
