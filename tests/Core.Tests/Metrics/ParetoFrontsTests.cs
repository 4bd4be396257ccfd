using FsCheck.Xunit;

namespace Vae.Tests;

public class ParetoFrontsTests
{
    [Fact]
    public void ItMeetsAHandMadeFront() =>
        Assert.Equal([3, 0, 4], ParetoFronts.Indices([2, 3, 4, 1, 5, 5, double.NaN, 2], [5, 5, 6, 9, 1, 2, 0, 5]));

    [Property(Replay = "71,73", MaxTest = 300)]
    public void NothingBeatsAPointOfTheFrontAndSomethingEveryOther(byte[] values)
    {
        double[] first = [.. values.Select(v => (double)(v % 16))], second = [.. values.Select(v => (double)(v / 16))];
        var front = ParetoFronts.Indices(first, second);
        bool Beaten(int i) => Enumerable.Range(0, values.Length)
            .Any(j => first[j] <= first[i] && second[j] <= second[i] && (first[j] < first[i] || second[j] < second[i]));
        Assert.All(front, i => Assert.False(Beaten(i)));
        Assert.All(Enumerable.Range(0, values.Length).Except(front),
            i => Assert.True(Beaten(i) || front.Any(j => first[j] == first[i] && second[j] == second[i])));
    }

    [Fact]
    public void CoordinatesOfOtherPointsAreRefused() => Assert.Throws<ArgumentException>(() => ParetoFronts.Indices([1], []));
}
