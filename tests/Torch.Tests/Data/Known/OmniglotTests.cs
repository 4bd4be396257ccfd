namespace Vae.Torch.Tests;

public class OmniglotTests
{
    private const int Side = 28, Values = Side * Side, Alphabets = 50;

    // Upright: image i has the intensity of (10 y + x + i) mod 256 levels at row y and column x.
    private static double At(int i, int y, int x, double level) => (10 * y + x + i) % 256 * level;

    private static IEnumerable<float> Upright(int count, double level) =>
        from i in Enumerable.Range(0, count) from y in Enumerable.Range(0, Side) from x in Enumerable.Range(0, Side)
        select (float)At(i, y, x, level);

    // The file has each image by columns, and each image in a column.
    private static byte[] Images(MatWriter writer, string name, int count, double level) => writer.Matrix(name, [Values, count],
        [.. from i in Enumerable.Range(0, count) from x in Enumerable.Range(0, Side) from y in Enumerable.Range(0, Side)
            select At(i, y, x, level)]);

    private static byte[] Target(MatWriter writer, string name, int[] labels, double one = 1) => writer.Matrix(name,
        [Alphabets, labels.Length], [.. labels.SelectMany(label => Enumerable.Range(0, Alphabets).Select(k => k == label ? one : 0))]);

    internal static byte[] Archive(MatWriter writer, double level = 1 / 255.0, int[]? labels = null, double one = 1) => writer.File(
        writer.Matrix("chars", [1, 3], [1, 2, 3]), Images(writer, "testdata", 2, level), Images(writer, "data", 4, level),
        (writer with { Type = 2 }).Matrix("testtarget", [Alphabets, 2], [1, .. new double[Alphabets], 1, .. new double[Alphabets - 2]]),
        Target(writer, "target", labels ?? [49, 0, 7, 7], one));

    private static DataSplit Load(byte[] archive, DataOptions? options = null)
    {
        using var folder = new TempFolder();
        folder.Write("omniglot/chardata.mat", archive);
        return DataSources.Load("omniglot", (options ?? new()) with { Root = folder.Path, Download = false });
    }

    private static float[] All(Dataset data)
    {
        var values = new float[data.Pixels.Length];
        data.Pixels.CopyTo(0, values);
        return values;
    }

    [Theory]
    [InlineData(true, 1 / 255.0, true)]
    [InlineData(false, 1 / 255.0, true)]
    [InlineData(true, 1 / 300.0, false)]
    public void CharactersAreUprightWithTheirAlphabets(bool isCompressed, double level, bool inBytes)
    {
        var split = Load(Archive(new(IsCompressed: isCompressed), level));
        Assert.Equal((4, 0, 2), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal((Shape.Image(1, Side, Side), "omniglot"), (split.Train.Shape, split.Train.Name));
        Assert.Equal(["alphabet 50", "alphabet 1", "alphabet 8", "alphabet 8"],
            split.Train.Labels.ToArray().Select(label => split.Train.Classes[label]));
        Assert.Equal([0, 1], split.Test.Labels.ToArray());
        Assert.Equal(Upright(4, level), All(split.Train));
        Assert.Equal(Upright(2, level), All(split.Test));
        Assert.Equal(inBytes, split.Train.Pixels.Match(_ => true, _ => false));
    }

    [Fact]
    public void TheValidationSetIsTakenFromTheTrainingImages()
    {
        var split = Load(Archive(new()), new(Validation: 0.25));
        Assert.Equal((3, 1, 2), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(2, Load(Archive(new()), new(Limit: 2)).Train.Count);
    }

    [Fact]
    public void WhatIsNotTheFileIsOneSentence()
    {
        Damage.Refused(() => Load(Archive(new(), level: 0.01)), "chardata.mat:data, column 1: must have intensities in [0, 1], got 1.1");
        Damage.Refused(() => Load(Archive(new(), level: -1)), "must have intensities in [0, 1], got -1");
        Damage.Refused(() => Load(Archive(new(), level: double.NaN)), "must have intensities in [0, 1], got NaN");
        Damage.Refused(() => Load(Archive(new(), one: 2)), "chardata.mat:target, column 1: must have a 1 and zeros, got 2");
        Damage.Refused(() => Load(Archive(new(), labels: [1, 50, 2, 3])), "target, column 2: must have one 1, got 0");
        Damage.Refused(() => Load(Archive(new(), labels: [1, 2])), "target: must have a column for each of 4 images, got 2");
        Damage.Refused(() => Load(new MatWriter().File()),
            "must hold data, target, testdata, testtarget as matrices of numbers, got no data");
        Damage.Refused(() => Load([1, 2, 3]), "chardata.mat: must be a readable, undamaged file");
    }
}
