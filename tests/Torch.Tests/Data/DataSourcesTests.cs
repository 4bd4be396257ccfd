namespace Vae.Torch.Tests;

public class DataSourcesTests
{
    private static readonly string[] Images = ["train-images-idx3-ubyte", "t10k-images-idx3-ubyte"],
        Labels = ["train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte"];

    private static void WriteMnist(TempFolder folder, string sub, string dot = "-", bool gzip = false, byte value = 7)
    {
        for (var i = 0; i < 2; i++)
        {
            var count = 20 - 10 * i;
            Write(Images[i], IdxTests.File([count, 2, 2], [.. Enumerable.Repeat(value, 4 * count)]));
            Write(Labels[i], IdxTests.File([count], [.. Enumerable.Range(0, count).Select(n => (byte)(n % 10))]));
        }

        void Write(string name, byte[] bytes) =>
            folder.Write(Path.Combine(sub, name.Replace("-idx", $"{dot}idx", StringComparison.Ordinal) + (gzip ? ".gz" : "")),
                gzip ? IdxTests.Gzip(bytes) : bytes);
    }

    private static DataOptions At(TempFolder folder) => new(Root: folder.Path, Validation: 0.25, Download: false);

    [Theory]
    [InlineData("", "-", false)]
    [InlineData("mnist", ".", true)]
    [InlineData("mnist", "-", true)]
    public void AKnownSetIsFoundInTheRoot(string sub, string dot, bool gzip)
    {
        using var folder = new TempFolder();
        WriteMnist(folder, sub, dot, gzip);
        var split = DataSources.Load("mnist", At(folder));
        Assert.Equal((15, 5, 10), (split.Train.Count, split.Validation.Count, split.Test.Count));
        var facts = split.Train.Facts();
        Assert.Equal(new DataFacts(Shape.Image(1, 2, 2), 15, 10, isBinary: false).With(values: facts.Values), facts);
    }

    [Fact]
    public void TheFolderOfASetsNameComesBeforeTheRoot()
    {
        using var folder = new TempFolder();
        WriteMnist(folder, "", value: 1);
        WriteMnist(folder, "fashion-mnist", value: 255);
        Assert.True(DataSources.Load("fashion-mnist", At(folder)).Train.Facts().IsBinary);
        Assert.Equal("Ankle boot", DataSources.Load("fashion-mnist", At(folder)).Train.Classes[9]);
    }

    [Theory]
    [InlineData("VAE_DATA", "mnist")]
    [InlineData("VAE_DATA", "")]
    [InlineData("XDG_CACHE_HOME", "vae/mnist")]
    public void TheEnvironmentNamesFoldersToo(string variable, string sub)
    {
        using var folder = new TempFolder();
        WriteMnist(folder, sub);
        // The user's own data must not be found.
        using var variables = new Variables(("VAE_DATA", null), (variable, folder.Path));
        Assert.Equal(20, DataSources.Load("mnist", new(Download: false)).Train.Count);
    }

    [Fact]
    public void APathMayLieInTheRoot()
    {
        using var folder = new TempFolder();
        folder.Write("t.csv", "0,1\n1,0\n1,1\n0,0\n"u8.ToArray());
        WriteMnist(folder, "own");
        Assert.Equal(4, DataSources.Load("t.csv", At(folder) with { Validation = 0, Test = 0 }).Train.Count);
        Assert.Equal(20, DataSources.Load(folder["own"], new()).Train.Count);
    }

    [Fact]
    public void TheLimitTakesTheFirstOfTheShuffle()
    {
        using var folder = new TempFolder();
        WriteMnist(folder, "mnist");
        var all = DataSources.Load("mnist", At(folder)).Train;
        var some = DataSources.Load("mnist", At(folder) with { Limit = 6 }).Train;
        Assert.Equal(all.Labels.ToArray()[..6], some.Labels.ToArray());
        Damage.Refused(() => DataSources.Load("mnist", At(folder) with { Limit = -1 }), "data.limit");
    }

    [Fact]
    public void DigitsNeedNoFileAndKeepTheirDrawing()
    {
        var spec = new DataSpec("digits", new Binarization.None(), Validation: 0.01, Limit: 5);
        var split = DataSources.Load(spec, "", 3);
        Assert.Equal((5, 600, 10_000), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(Digits.Draw(0, Digits.TrainCount + 9), split.Test.Take([9]).Pixels.Match(b => b.ToArray(), _ => []));
        var order = Splits.Permutation(3, Digits.TrainCount);
        Assert.Equal(order[600..605].Select(i => Digits.Label(0, i)), split.Train.Labels.ToArray());
        Assert.Equal(order[..600].Select(i => Digits.Label(0, i)), split.Validation.Labels.ToArray());
    }

    [Fact]
    public void WhatIsNotThereIsNamed()
    {
        using var folder = new TempFolder();
        Damage.Refused(() => DataSources.Load("nothing", At(folder)), "got nothing");
        Damage.Refused(() => DataSources.Load(folder["absent.npz"], At(folder)), "absent.npz");
        Damage.Refused(() => DataSources.Load("fashion-mnist", At(folder)), "data.root: must hold the four files of fashion-mnist");
    }

    [Fact]
    public void AFolderOfImagesNeedsADecoderAndTheSentenceNamesThePackage()
    {
        using var folder = new TempFolder();
        folder.Write("images/a.png", [1]);
        Damage.Refused(() => DataSources.Load(folder["images"], new()),
            "must have a decoder to be read (add the package Vae.Pictures, and ImageDecoders.Skia");
    }
}
