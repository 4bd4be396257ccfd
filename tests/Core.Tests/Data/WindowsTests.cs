using FsCheck;
using FsCheck.Xunit;

namespace Vae.Tests;

public class WindowsTests
{
    // Series of unequal lengths in any order of rows, with gaps.
    private static (double[] Times, string[] Groups) Series(NonEmptyArray<byte> raw)
    {
        List<(double Time, string Group)> rows = [];
        foreach (var value in raw.Get.Concat(Enumerable.Repeat((byte)1, 40)))
        {
            var group = value % 7 == 0 ? "b" : "a";
            var before = rows.Where(row => row.Group == group).Select(row => row.Time).DefaultIfEmpty(0).Max();
            rows.Add((before + (value % 11 == 0 ? 5 : 1), group));
        }
        var random = KeyedRandom.FromSeed(raw.Get[0]);
        var shuffled = rows.Select((row, i) => (row, i)).OrderBy(pair => random.Uniform(pair.i)).Select(pair => pair.row).ToList();
        return ([.. shuffled.Select(row => row.Time)], [.. shuffled.Select(row => row.Group)]);
    }

    [Property(Replay = "21,3", MaxTest = 200)]
    public void SegmentsHoldEveryRowOnceInTheOrderOfTimeWithoutGaps(NonEmptyArray<byte> raw)
    {
        var (times, groups) = Series(raw);
        var segments = Windows.Segments(times, groups);
        Assert.Equal(Enumerable.Range(0, times.Length), segments.SelectMany(segment => segment).Order());
        Assert.All(segments, segment =>
        {
            Assert.Single(segment.Select(row => groups[row]).Distinct());
            Assert.All(segment.Zip(segment.Skip(1)), pair => Assert.Equal(1, times[pair.Second] - times[pair.First]));
        });
    }

    [Property(Replay = "21,5", MaxTest = 200)]
    public void WindowsAreConsecutiveRowsAndHoldEveryRowOfALongSegment(byte rows, byte steps, byte stride)
    {
        var windows = new WindowSpec(steps % 9 + 1, 1 + stride % (steps % 9 + 1), "t");
        var segment = ValueList.From(Enumerable.Range(100, rows % 50));
        var cut = Windows.Of(segment, windows).ToList();
        Assert.All(cut, window => Assert.Equal(Enumerable.Range(window[0], windows.Steps), window));
        Assert.Equal(segment.Count < windows.Steps ? [] : segment, cut.SelectMany(window => window).Distinct().Order());
    }

    [Property(Replay = "21,7", MaxTest = 200)]
    public void PartsShareNoRowAndEachPieceHasRoomForAWindow(NonEmptyArray<byte> raw, byte length, ulong seed)
    {
        var (times, groups) = Series(raw);
        var (segments, steps) = (Windows.Segments(times, groups), length % 6 + 1);
        var parts = Windows.Divide(segments, steps, (0.2, 0.1), seed);
        var all = parts.Train.Concat(parts.Validation).Concat(parts.Test).ToList();
        Assert.All(all, piece => Assert.True(piece.Count == 0 || piece.Count >= steps));
        Assert.Equal(segments.Where(segment => segment.Count >= steps).SelectMany(segment => segment).Order(),
            all.SelectMany(piece => piece).Order());
    }

    [Fact]
    public void ALongSeriesIsTestedOnItsEnd()
    {
        var parts = Windows.Divide([ValueList.From(Enumerable.Range(0, 200))], 7, (0.1, 0.1), 3);
        Assert.Equal(Enumerable.Range(0, 160), parts.Train.Single());
        Assert.Equal(Enumerable.Range(160, 20), parts.Validation.Single());
        Assert.Equal(Enumerable.Range(180, 20), parts.Test.Single());
    }

    [Fact]
    public void ShortSeriesBelongToOnePartEach()
    {
        var parts = Windows.Divide([.. Enumerable.Range(0, 100).Select(i => ValueList.From(Enumerable.Range(10 * i, 10)))], 8, (0.2, 0.1), 3);
        Assert.Equal((70, 20, 10), (parts.Train.Count, parts.Validation.Count, parts.Test.Count));
    }

    [Fact]
    public void ColumnsOfWindowsAreThoseOfEachStepAndBack()
    {
        TableSchema rows = new([new("day", ColumnKinds.Count), new("wind@1", ColumnKinds.Count), new("sky", ColumnKinds.Binary("sun", "rain"))]);
        WindowSpec windows = new(3, 1, "day");
        var unrolled = windows.Unrolled(rows);
        Assert.Equal(["wind@1@1", "sky@1", "wind@1@2", "sky@2", "wind@1@3", "sky@3"], unrolled.Modelled.Select(column => column.Name));
        Assert.Equal(rows.Columns.Skip(1), windows.Rows(unrolled).Columns.Skip(1));
        Assert.Equal(6, unrolled.Width);
        DataSpec data = new("a.csv", Binarizations.None, RawValues: true, Schema: unrolled, Windows: windows);
        Assert.Empty(data.Problems("data"));
        Assert.Equal(["data.windows: must be of a table whose columns are those of 3 steps, as in wind@1, got 3 columns"],
            data.With(schema: rows).Problems("data").Select(problem => $"{problem}"));
        Assert.Equal(["data.windows.stride: must be at least 1, got 0"],
            data.With(windows: windows.With(stride: 0)).Problems("data").Select(problem => $"{problem}"));
    }

    [Theory]
    [InlineData("conv1d", 1)]
    [InlineData("conv1d", 2)]
    [InlineData("conv1d", 14)]
    [InlineData("conv1d", 64)]
    [InlineData("gru", 1)]
    [InlineData("gru", 14)]
    public void ZooModelsFitWindowsOfAnyLength(string name, int steps)
    {
        TableSchema rows = new([new("n", ColumnKinds.Count), new("sky", ColumnKinds.Categorical(["sun", "rain", "fog"])),
            new("x", new ColumnKind.Continuous(ColumnTransforms.None))]);
        var unrolled = new WindowSpec(steps, 1, "t").Unrolled(rows);
        foreach (var isMasked in new[] { false, true })
        {
            var likelihood = Likelihoods.OfTable(unrolled, isMasked);
            var input = Shape.Vector((isMasked ? 2 : 1) * unrolled.Width);
            Zoo.FindForWindows(name, input, steps, likelihood).Match(spec =>
            {
                Assert.Equal([], Specs.Problems(spec));
                return true;
            }, problems => throw new Xunit.Sdk.XunitException($"{problems}"));
        }
    }
}
