using FsCheck;
using FsCheck.Xunit;

namespace Vae.Tests;

public class SurprisesTests
{
    private static double[] Ascending(NonEmptyArray<short> raw) => [.. raw.Get.Select(value => (double)value).Order()];

    [Property(Replay = "4,9")]
    public bool ItRisesWithTheValueFromZero(NonEmptyArray<short> raw, short x, byte step)
    {
        var reference = Ascending(raw);
        return Surprises.Measure(reference, x) is >= 0 and var at && Surprises.Measure(reference, x + step) >= at
            && Surprises.Measure(reference, reference[0]) == 0;
    }

    [Property(Replay = "4,9")]
    public bool OnlyTheOrderOfValuesMattersUpToTheLargest(NonEmptyArray<short> raw, byte pick)
    {
        var reference = Ascending(raw);
        double x = reference[pick % reference.Length];
        double[] turned = [.. reference.Select(value => Math.Pow(value / 100, 3) + value)];
        return Math.Abs(Surprises.Measure(reference, x) - Surprises.Measure(turned, Math.Pow(x / 100, 3) + x)) < 1e-12;
    }

    [Property(Replay = "4,9")]
    public bool ItExceedsTForAtMostAShareOfExpMinusTOfExchangeableValues(NonEmptyArray<short> raw, byte tenths)
    {
        // Each of N + 1 exchangeable values is the new one with the same probability.
        double[] all = [.. Ascending(raw), .. Ascending(raw), 3];
        var t = tenths / 64.0;
        var exceeding = all.Where((value, i) =>
            all.Count(other => other >= value) is var atLeast && Math.Log(all.Length / (double)atLeast) >= t
            && Surprises.Measure([.. all.Where((_, j) => j != i).Order()], value) >= t).Count();
        return exceeding <= all.Length * Math.Exp(-t) + 1e-9;
    }

    [Fact]
    public void ItMeetsHandComputedValues()
    {
        double[] reference = [0, 1, 1, 4];
        double[] expected = [0, 0, Math.Log(5 / 4.0), Math.Log(5 / 2.0), Math.Log(5 / 2.0), Math.Log(5)];
        Assert.All(expected.Zip([-1.0, 0, 1, 2, 4, 5]), pair => Assert.Equal(pair.First, Surprises.Measure(reference, pair.Second), 1e-14));
    }

    [Fact]
    public void BeyondTheLargestAnExponentialTailGoesOn()
    {
        // Quantiles of an exponential distribution with the mean 3: the tail falls by e every 3.
        double[] reference = [.. Enumerable.Range(0, 100_000).Select(i => -3 * Math.Log(1 - (i + 0.5) / 100_000))];
        var (near, far) = (Surprises.Measure(reference, reference[^1] + 1), Surprises.Measure(reference, reference[^1] + 31));
        Assert.Equal(10, far - near, 0.01);
    }

    [Fact]
    public void NoReferenceIsRefused() => Assert.StartsWith("reference: must hold at least one value, got none",
        Assert.Throws<ArgumentException>(() => Surprises.Measure([], 1)).Message, StringComparison.Ordinal);
}
