using System.IO.Compression;

namespace Vae.Torch.Tests;

public class EmnistTests
{
    private const int Side = 5;

    // Upright: image i has the value 10 y + x + i at row y and column x. The archive has it by columns.
    private static byte[] Images(int count, bool upright) => [.. Enumerable.Range(0, count).SelectMany(i =>
        from first in Enumerable.Range(0, Side)
        from second in Enumerable.Range(0, Side)
        select (byte)(upright ? 10 * first + second + i : 10 * second + first + i))];

    internal static byte[] Archive(string split, byte[] trainLabels, byte[] testLabels, string without = "")
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create))
        {
            void Write(string name, byte[] bytes)
            {
                if (without.Length > 0 && name.Contains(without, StringComparison.Ordinal))
                    return;
                using var stream = zip.CreateEntry($"gzip/emnist-{name}", CompressionLevel.NoCompression).Open();
                stream.Write(bytes);
            }
            Write("other-train-images-idx3-ubyte.gz", [1, 2, 3]);
            foreach (var (part, labels) in new[] { ("train", trainLabels), ("test", testLabels) })
            {
                Write($"{split}-{part}-images-idx3-ubyte.gz",
                    IdxTests.Gzip(IdxTests.File([labels.Length, Side, Side], Images(labels.Length, upright: false))));
                Write($"{split}-{part}-labels-idx1-ubyte.gz", IdxTests.Gzip(IdxTests.File([labels.Length], labels)));
            }
        }
        return buffer.ToArray();
    }

    private static DataSplit Load(TempFolder folder, string name, byte[] archive)
    {
        folder.Write("emnist/gzip.zip", archive);
        return DataSources.Load(name, new(Root: folder.Path, Download: false));
    }

    [Theory]
    [InlineData("emnist", "balanced", 47, "36 37 38 46", "a b d t")]
    [InlineData("emnist:balanced", "balanced", 47, "0 10 35 43", "0 A Z n")]
    [InlineData("emnist:bymerge", "bymerge", 47, "40 41 42 44", "f g h q")]
    [InlineData("emnist:byclass", "byclass", 62, "9 10 36 61", "9 A a z")]
    [InlineData("emnist:digits", "digits", 10, "0 1 8 9", "0 1 8 9")]
    [InlineData("emnist:mnist", "mnist", 10, "9 0 0 5", "9 0 0 5")]
    [InlineData("emnist:letters", "letters", 26, "1 2 3 26", "A B C Z")]
    public void ASplitIsReadUprightWithItsClasses(string name, string split, int classes, string labels, string letters)
    {
        using var folder = new TempFolder();
        byte[] train = [.. labels.Split(' ').Select(byte.Parse)];
        var data = Load(folder, name, Archive(split, train, train[..2]));
        Assert.Equal((4, 0, 2), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal((Shape.Image(1, Side, Side), classes), (data.Train.Shape, data.Train.Classes.Distinct().Count()));
        Assert.Equal(letters, string.Join(' ', data.Train.Labels.ToArray().Select(label => data.Train.Classes[label])));
        Assert.Equal(Images(4, upright: true), data.Train.Pixels.Match(bytes => bytes.ToArray(), _ => []));
        Assert.Equal(Images(2, upright: true), data.Test.Pixels.Match(bytes => bytes.ToArray(), _ => []));
    }

    [Fact]
    public void ALimitTakesExamplesOfAShuffle()
    {
        using var folder = new TempFolder();
        folder.Write("gzip.zip", Archive("digits", [.. Enumerable.Range(0, 100).Select(i => (byte)(i / 10))], [1]));
        var some = DataSources.Load("emnist:digits", new(Root: folder.Path, Limit: 30, Download: false, Seed: 2)).Train;
        Assert.Equal(30, some.Count);
        Assert.Equal(Splits.Permutation(2, 100)[..30].Select(i => i / 10), some.Labels.ToArray());
    }

    [Fact]
    public void WhatIsNotTheArchiveIsOneSentence()
    {
        using var folder = new TempFolder();
        Damage.Refused(() => Load(folder, "emnist:letters", Archive("digits", [1], [1])),
            "gzip.zip: must hold gzip/emnist-letters-train-images-idx3-ubyte.gz, got no such file");
        Damage.Refused(() => Load(folder, "emnist:digits", Archive("digits", [1], [1], without: "test-labels")),
            "must hold gzip/emnist-digits-test-labels-idx1-ubyte.gz");
        Damage.Refused(() => Load(folder, "emnist:letters", Archive("letters", [0], [1])), "labels[0]: must be in 0..25, got -1");
        Damage.Refused(() => Load(folder, "emnist:digits", Archive("digits", [1], [10])), "labels[0]: must be in 0..9, got 10");
        Damage.Refused(() => Load(folder, "emnist:nothing", Archive("digits", [1], [1])), "emnist:mnist, ");
        Damage.Refused(() => Load(folder, "emnist", [1, 2, 3]), "gzip.zip: must be a readable, undamaged file");
    }

    [Fact]
    public void ATruncatedOrDamagedArchiveIsRefused()
    {
        var whole = Archive("digits", [1, 2], [3]);
        Damage.EveryTruncationIsRefused(whole, "gzip.zip", path => Emnist.Read("emnist:digits", path, new()));
        var damaged = (byte[])whole.Clone();
        // In a gzip file that the archive holds as it is.
        damaged[whole.AsSpan().IndexOf("digits-train-images-idx3-ubyte.gz"u8) + 50] ^= 1;
        using var folder = new TempFolder();
        Damage.Refused(() => Load(folder, "emnist:digits", damaged), "must have the size and checksum in the archive's entry");
    }
}
