using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>A folder that is read as it is needed is the folder that is held in memory.</summary>
public class StoredImagesTests
{
    private const int Side = 4, Item = Side * Side;

    private static readonly DataOptions Held = new(Test: 0.2, Validation: 0.2, Seed: 3, Decoder: ImageDecoders.Skia),
        Read = Held with { Memory = 2 * Item };

    private static TempFolder Folder(int pictures = 23)
    {
        var folder = new TempFolder();
        for (var i = 0; i < pictures; i++)
            folder.Write($"{"abc"[i % 3]}/{i:00}.png", Picture(i));
        return folder;
    }

    private static byte[] Picture(int seed)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque));
        for (var i = 0; i < Item; i++)
            bitmap.SetPixel(i % Side, i / Side, new((byte)(37 * seed + 11 * i), (byte)(37 * seed + 11 * i), (byte)(37 * seed + 11 * i)));
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    private static byte[] Bytes(Dataset set) => set.Pixels.Match(b => b.ToArray(), _ => []);

    [Fact]
    public void ItHasTheSameItems()
    {
        using var folder = Folder();
        Dataset held = ImageFolder.Read(folder.Path, Held), read = ImageFolder.Read(folder.Path, Read);
        Assert.Null(held.Pixels.Stored);
        Assert.NotNull(read.Pixels.Stored);
        Assert.Equal(held.Facts(), read.Facts());
        Assert.Equal(Bytes(held), Bytes(read));
        Assert.Equal(Bytes(held.Take([22, 0, 7])), Bytes(read.Take([22, 0, 7])));
        Assert.Equal(held.Take([22, 0, 7]).Labels.ToArray(), read.Take([22, 0, 7]).Labels.ToArray());
        foreach (var (start, length) in new[] { (0, 5), (13, 40), (Item, Item), (23 * Item - 1, 1) })
        {
            float[] expected = new float[length], actual = new float[length];
            held.Pixels.CopyTo(start, expected);
            read.Pixels.CopyTo(start, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void ItKnowsWhichItemsAreBinary()
    {
        using var folder = new TempFolder();
        using var white = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque));
        white.Erase(SKColors.White);
        folder.Write("a.png", white.Encode(SKEncodedImageFormat.Png, 100).ToArray());
        folder.Write("b.png", Picture(1));
        var read = ImageFolder.Read(folder.Path, new(Memory: 1, Decoder: ImageDecoders.Skia));
        Assert.False(read.Pixels.IsBinary);
        Assert.True(read.Take([0]).Pixels.IsBinary);
    }

    [Fact]
    public void ItTrainsToTheSameBits()
    {
        using var folder = Folder();
        var runs = new[] { Held, Read }.Select((options, i) =>
        {
            var data = DataSources.Load(folder.Path, options);
            var experiment = Samples.Tiny.With(
                model: Zoo.Conv(data.Train.Shape, 2, 5).With(condition: Conditions.Label(3), likelihood: Likelihoods.Bernoulli),
                data: new("folder", Binarizations.Stochastic));
            var result = Trainer.Train(experiment, data, new(folder[$"run{i}"]));
            return (result.Test, File.ReadAllBytes(RunFolder.Open(result.Run).ModelFile));
        }).ToList();
        Assert.Equal(runs[0].Test, runs[1].Test);
        Assert.Equal(runs[0].Item2, runs[1].Item2);
    }

    [Fact]
    public void AnyPlaceOfAnyPassIsTheSame()
    {
        using var folder = Folder();
        using BatchSource held = Source(ImageFolder.Read(folder.Path, Held)), read = Source(ImageFolder.Read(folder.Path, Read));
        foreach (var (epoch, place) in new[] { (-1, 0), (-1, 5), (0, 3), (0, 4), (0, 0), (1, 5), (1, 2) })
        {
            using var scope = NewDisposeScope();
            if (epoch >= 0)
            {
                held.Shuffle(epoch);
                read.Shuffle(epoch);
            }
            Assert.Equal(held.At(place, Purpose.Binarize, 0).Values.ToDoubles(), read.At(place, Purpose.Binarize, 0).Values.ToDoubles());
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 3)]
    [InlineData(1000, 8)]
    public void WhatIsHeldIsBounded(int batches, int expected)
    {
        using var folder = Folder();
        var (store, items) = ImageFolder.Read(folder.Path, Read).Pixels.Stored!.Value;
        using var ahead = new PrefetchedItems(new Bounded(store, batches * 4 * Item), items, 4);
        Assert.Equal(expected * 4 * Item, ahead.BufferedBytes);
    }

    [Fact]
    public void APictureThatGoesAwayIsNamed()
    {
        using var folder = Folder();
        var read = ImageFolder.Read(folder.Path, Read);
        File.Delete(Path.Combine(folder.Path, "b", "16.png"));
        using var source = Source(read);
        var problem = Assert.Throws<VaeException>(() =>
        {
            for (var place = 0; place < source.Batches; place++)
                using (NewDisposeScope())
                    source.At(place, Purpose.Binarize, 0);
        });
        Assert.Contains("16.png", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoPictureIsRefusedAtTheStart()
    {
        using var folder = Folder();
        folder.Write("b/99.png", [1, 2, 3]);
        Damage.Refused(() => ImageFolder.Read(folder.Path, Read), "99.png: must be a picture");
        Damage.Refused(() => ImageFolder.Read(folder.Path, Held with { Memory = -1 }), "data.memory: must be at least 0, got -1");
    }

    private static BatchSource Source(Dataset data) => new(data, Conditions.None, Binarizations.None, 4, 1, CPU);

    private sealed class Bounded(IPixelStore store, long memory) : IPixelStore
    {
        public int Count => store.Count;

        public int ItemSize => store.ItemSize;

        public long Memory => memory;

        public bool IsBinary(int item) => store.IsBinary(item);

        public void Read(int item, Span<byte> into) => store.Read(item, into);
    }
}
