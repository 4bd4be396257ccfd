namespace Vae.Torch.Tests;

/// <summary>Numbers as they are, and values that are missing.</summary>
public class GivenValuesTests
{
    private static readonly DataOptions Given = new(Test: 0, RawValues: true), Masked = new(Test: 0, RawValues: true, Masked: true);

    [Fact]
    public void NumbersAreKeptAsTheyAre()
    {
        using var folder = new TempFolder();
        var train = DataSources.Load(Table(folder, "a,b,label\n-3.5,700,x\n2,0,y\n"), Given).Train;
        Assert.Equal([-3.5f, 700, 2, 0], Values(train));
        var facts = train.Facts();
        Assert.Equal(new(-3.5, 700, false, 0, facts.Values.Mean, facts.Values.Deviation), facts.Values);
        Assert.Equal(2, facts.Columns.Count);
        Assert.Equal(new(-3.5, 2, false, 0, -0.75, 2.75), facts.Columns[0]);
        Assert.Equal(new(0, 700, true, 0, 350, 350), facts.Columns[1]);
    }

    [Theory]
    [InlineData("a,b\n1,\n2,3\n")]
    [InlineData("a,b\n1,NaN\n2,3\n")]
    [InlineData("a,b\n1,NA\n2,3\n")]
    [InlineData("1,?\n2,3\n")]
    public void MissingValuesBecomeAMask(string text)
    {
        using var folder = new TempFolder();
        var train = DataSources.Load(Table(folder, text), Masked).Train;
        Assert.Equal(Shape.Vector(4), train.Shape);
        Assert.True(train.IsMasked && train.Take([0]).IsMasked && train.Facts().IsMasked);
        Assert.Equal([1, 0, 1, 0, 2, 3, 1, 1], Values(train));
        // Of the known values alone.
        Assert.Equal(new(3, 3, true, 0, 3, 1), train.Facts().Columns[1]);
    }

    [Fact]
    public void WithoutAMaskAMissingValueIsAnError()
    {
        using var folder = new TempFolder();
        Damage.Refused(() => DataSources.Load(Table(folder, "a,b\n1,\n"), Given),
            ":2:2: must be a number, got '' (missing values need data.masked=true)");
        Damage.Refused(() => DataSources.Load(Table(folder, "a,b\n1,NaN\n"), Given),
            ":2:2: must be a finite number, got NaN (missing values need data.masked=true)");
        Damage.Refused(() => DataSources.Load(Table(folder, "a,b\n1,NaN\n"), Given with { RawValues = false }),
            "got NaN (missing values need data.masked=true)");
        Damage.Refused(() => DataSources.Load(Table(folder, "a,b\n1,-2\n"), Given with { RawValues = false }),
            "got -2 (data.rawValues=true takes numbers as they are)");
        Damage.Refused(() => DataSources.Load(Table(folder, "a,b\n1,Infinity\n"), Masked), "must be a finite number, got");
    }

    [Fact]
    public void IntensitiesMayBeMissingToo()
    {
        using var folder = new TempFolder();
        var intensities = Masked with { RawValues = false };
        Assert.Equal([0.2f, 0, 1, 0, 1, 0, 1, 1], Values(DataSources.Load(Table(folder, "51,NaN\n255,0\n"), intensities).Train));
        Assert.Equal([0.5f, 0, 1, 0], Values(DataSources.Load(Table(folder, "0.5,NaN\n"), intensities).Train));
        Damage.Refused(() => DataSources.Load(Table(folder, "0.5,NaN\n7,1\n"), intensities), "must be at most 1, since");
    }

    [Fact]
    public void AMaskOfPicturesStandsBesideTheirChannels()
    {
        var masked = Dataset.Create("two", Shape.Image(1, 1, 2), Pixels.OfBytes(new byte[] { 0, 51, 102, 255 }), default, []).WithMask();
        Assert.Equal(Shape.Image(2, 1, 2), masked.Shape);
        Assert.Equal([0, 0.2f, 1, 1, 0.4f, 1, 1, 1], Values(masked));
        Damage.Refused(() => masked.WithMask(), "two: must have no mask yet");
    }

    [Theory]
    [InlineData(new byte[] { 0, 255 }, 2)]
    [InlineData(new byte[] { 0, 85, 170 }, 4)]
    [InlineData(new byte[] { 17, 34, 17 }, 16)]
    [InlineData(new byte[] { 0, 1, 254, 255 }, 256)]
    public void LevelsAreTheMinimumThatHoldsAllBytes(byte[] bytes, int levels)
    {
        var data = Dataset.Create("some", Shape.Image(1, 1, 1), Pixels.OfBytes(bytes), default, []);
        Assert.Equal(levels, data.Facts().Values.Levels);
        var floats = Array.ConvertAll(bytes, value => value / 255f);
        Assert.Equal(levels, Dataset.Create("some", Shape.Vector(1), Pixels.OfNumbers(floats, i => $"{i}"), default, []).Facts()
            .Values.Levels);
    }

    private static string Table(TempFolder folder, string text) => folder.Write("table.csv", System.Text.Encoding.UTF8.GetBytes(text));

    private static float[] Values(Dataset data)
    {
        var values = new float[data.Count * data.ItemSize];
        data.Pixels.CopyTo(0, values);
        return values;
    }
}
