using System.IO.Compression;

namespace Vae.Torch.Tests;

public sealed class DspritesTests : IDisposable
{
    private const int Size = 64 * 64;
    private static readonly int[] Sizes = [1, 3, 6, 40, 32, 32];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static long Factor(int image, int k) => KeyedRandom.FromSeed(7).Fold(image).Below(Sizes[k], k);

    private static byte[] Image(int image) =>
        [.. Enumerable.Range(0, Size).Select(at => (byte)(KeyedRandom.FromSeed(8).Fold(image).Below(5, at / 7) / 4))];

    internal static byte[] Archive(int count, Func<byte[], byte[]>? change = null, int factors = 0)
    {
        byte[] images = [.. Enumerable.Range(0, count).SelectMany(Image)];
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create))
        {
            void Write(string name, byte[] header, byte[] values)
            {
                using var stream = zip.CreateEntry($"{name}.npy").Open();
                stream.Write([.. header, .. values]);
            }
            Write("metadata", "an object that is not read"u8.ToArray(), []);
            Write("imgs", NpyWriter.Header("|u1", count, 64, 64), change?.Invoke(images) ?? images);
            var rows = factors == 0 ? count : factors;
            Write("latents_classes", NpyWriter.Header("<i8", rows, 6), [.. from image in Enumerable.Range(0, rows)
                from k in Enumerable.Range(0, 6)
                from one in BitConverter.GetBytes(Factor(image, k))
                select one]);
        }
        return buffer.ToArray();
    }

    private DataSplit Load(DataOptions? options = null) => Dsprites.Read(folder["a.npz"], options ?? new());

    private static byte[] Bytes(Dataset data) => data.Pixels.Match(bytes => bytes.ToArray(), _ => []);

    [Fact]
    public void ImagesComeWithTheirFactors()
    {
        folder.Write("a.npz", Archive(60));
        var split = Load(new(Validation: 0.1, Seed: 3));
        Assert.Equal((49, 5, 6), (split.Train.Count, split.Validation.Count, split.Test.Count));
        var order = Splits.Permutation(0, 60);
        var train = Splits.Permutation(3, 54)[5..].Select(place => order[6 + place]).ToArray();
        foreach (var (part, images) in new[] { (split.Test, order[..6]), (split.Train, train) })
        {
            Assert.Equal(images.SelectMany(Image).Select(bit => (byte)(255 * bit)), Bytes(part));
            Assert.Equal(images.Select(image => (int)Factor(image, 1)), part.Labels.ToArray());
            Assert.Equal(images.SelectMany(image => Enumerable.Range(1, 5).Select(k => (float)Factor(image, k))),
                part.ConditionValues.ToArray());
        }
        Assert.Equal(new DataFacts(Shape.Image(1, 64, 64), 49, 3, isBinary: true, conditionValues: 5), split.Train.Facts());
        Assert.Equal(["shape False", "scale True", "orientation True", "position x True", "position y True"],
            Measures.Factors(split.Test).Select(factor => $"{factor.Name} {factor.Ordered}"));
    }

    [Fact]
    public void TheTestImagesAreThoseOfTheEmbeddedSprites() =>
        Assert.Equal(EmbeddedSprites.SampleOf(0)[^EmbeddedSprites.TestCount..],
            Splits.Permutation(0, Sprites.Count)[..EmbeddedSprites.TestCount]);

    [Fact]
    public void ImagesAreUnpackedOnce()
    {
        folder.Write("a.npz", Archive(20));
        var first = Bytes(Load().Train);
        var file = Assert.Single(Directory.GetFiles(folder["."], "imgs-packed.*.npy"));
        var packed = Npy.Read(file);
        Assert.Equal(("|u1", "20, 64, 8"), (packed.Dtype, string.Join(", ", packed.Shape)));
        Assert.Equal(Enumerable.Range(0, 20).SelectMany(Image), packed.Data.SelectMany(bits => Enumerable.Range(0, 8).Select(
            bit => (byte)(bits >> (7 - bit) & 1))));
        var written = DateTime.UnixEpoch.AddDays(1);
        File.SetLastWriteTimeUtc(file, written);
        Assert.Equal(first, Bytes(Load().Train));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        // One that is cut short is written again.
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
        Assert.Equal(first, Bytes(Load().Train));
        // Images of another archive have a file of their own.
        folder.Write("a.npz", Archive(30));
        Assert.Equal(30, Load().Train.Count + Load().Test.Count);
        Assert.Equal(2, Directory.GetFiles(folder["."], "imgs-packed.*").Length);
    }

    [Fact]
    public void SeveralMayUnpackAtOnce()
    {
        var all = new DataSplit[4];
        for (var time = 0; time < 10; time++)
        {
            folder.Write("a.npz", Archive(20 + time));
            Parallel.For(0, all.Length, i => all[i] = Load());
            Assert.All(all, split => Assert.Equal(Bytes(all[0].Train), Bytes(split.Train)));
            Assert.Equal(time + 1, Directory.GetFiles(folder["."], "imgs-packed*").Length);
        }
    }

    [Fact]
    public void WhatIsNotTheArchiveIsOneSentenceAndLeavesNothing()
    {
        void Refused(byte[] archive, string mention)
        {
            folder.Write("a.npz", archive);
            Damage.Refused(() => Load(), mention);
            Assert.Equal([folder["a.npz"]], Directory.GetFiles(folder.Path));
        }
        Refused(Archive(20, images => [.. images[..^1], 2]), "a.npz:imgs: must hold pixels 0 and 1, got 2 in item 19");
        Refused(Archive(20, images => images[..^1]), "a.npz:imgs: must have the 82048 bytes that its header announces, got 82047");
        Refused([1, 2, 3], "a.npz: must be a readable, undamaged file");
        var whole = Archive(20);
        // The checksum of the second entry in the directory at the end.
        var directory = whole.AsSpan().LastIndexOf("imgs.npy"u8) - 46;
        Refused([.. whole[..(directory + 16)], (byte)(whole[directory + 16] ^ 1), .. whole[(directory + 17)..]],
            "a.npz:imgs: must have the size and checksum in the archive's entry");
        folder.Write("a.npz", Archive(20, factors: 19));
        Damage.Refused(() => Load(), "a.npz: must hold factors for each of 20 images, got 19");
    }
}
