using System.Formats.Tar;

namespace Vae.Torch.Tests;

public class CifarTests
{
    private const int Row = 3073;

    // Two rows in each training file, three for testing. The label of row i of file f is f + i; its planes are f, i and a ramp.
    private static byte[] Rows(int file, int count) => [.. Enumerable.Range(0, count).SelectMany(i => (byte[])[
        (byte)(file + i), .. Enumerable.Repeat((byte)file, 1024), .. Enumerable.Repeat((byte)(100 + i), 1024),
        .. Enumerable.Range(0, 1024).Select(at => (byte)at)])];

    private static readonly byte[][] Contents = [.. Enumerable.Range(0, 6).Select(file => Rows(file, file < 5 ? 2 : 3))];

    internal static byte[] Tar(byte[][]? contents = null, TarEntryFormat format = TarEntryFormat.Gnu)
    {
        contents ??= Contents;
        using var buffer = new MemoryStream();
        using (var writer = new TarWriter(buffer, format, leaveOpen: true))
        {
            void Write(string name, byte[] content)
            {
                TarEntry entry = format == TarEntryFormat.Gnu ? new GnuTarEntry(TarEntryType.RegularFile, $"cifar-10-batches-bin/{name}")
                    : new PaxTarEntry(TarEntryType.RegularFile, $"cifar-10-batches-bin/{name}");
                entry.DataStream = new MemoryStream(content);
                writer.WriteEntry(entry);
            }
            Write($"{new string('n', 120)}.txt", [1, 2, 3]);
            // Not in the order of their numbers.
            foreach (var file in Enumerable.Range(0, contents.Length).Reverse())
                Write(file < 5 ? $"data_batch_{file + 1}.bin" : "test_batch.bin", contents[file]);
        }
        return buffer.ToArray();
    }

    internal static byte[] Archive(byte[][]? contents = null, TarEntryFormat format = TarEntryFormat.Gnu) =>
        IdxTests.Gzip(Tar(contents, format));

    private static byte[] Bytes(Dataset data) => data.Pixels.Match(bytes => bytes.ToArray(), _ => []);

    private static DataSplit Read(byte[] archive, DataOptions? options = null)
    {
        using var folder = new TempFolder();
        return Cifar.Read(folder.Write("a.tar.gz", archive), options ?? new());
    }

    [Theory]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public void ItHasTheRowsOfTheFilesInTheirOrder(TarEntryFormat format)
    {
        var split = Read(Archive(format: format));
        Assert.Equal((10, 0, 3), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(Shape.Image(3, 32, 32), split.Train.Shape);
        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4, 4, 5], split.Train.Labels.ToArray());
        Assert.Equal([5, 6, 7], split.Test.Labels.ToArray());
        Assert.Equal(("cat", "frog"), (split.Test.Classes[3], split.Test.Classes[6]));
        Assert.Equal(Contents[..5].SelectMany(rows => rows.Chunk(Row)).SelectMany(row => row[1..]), Bytes(split.Train));
        Assert.Equal(Contents[5].Chunk(Row).SelectMany(row => row[1..]), Bytes(split.Test));
    }

    [Fact]
    public void TheValidationSetIsTakenFromTheTrainingImages()
    {
        var split = Read(Archive(), new(Validation: 0.2, Seed: 4));
        Assert.Equal((8, 2, 3), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4, 4, 5], split.Train.Labels.ToArray().Concat(split.Validation.Labels.ToArray()).Order());
    }

    [Fact]
    public void WhatIsNotTheArchiveIsOneSentence()
    {
        Damage.Refused(() => Read(Archive(Contents[..5])), "got no test_batch.bin");
        Damage.Refused(() => Read(Archive([.. Contents[..5], [.. Contents[5], 1]])), "test_batch.bin: must hold rows of 3073 bytes");
        Damage.Refused(() => Read(Archive([.. Contents[..5], []])), "test_batch.bin: must hold rows of 3073 bytes, got 0");
        Damage.Refused(() => Read(Archive([.. Contents[..5], Rows(8, 3)])), "labels[2]: must be in 0..9, got 10");
        Damage.Refused(() => Read(Archive([.. Contents[..5], new byte[Row * 10_001]])), "must have at most 30730000 bytes");
        Damage.Refused(() => Read([1, 2, 3]), "a.tar.gz: must be a readable, undamaged file");
    }

    [Fact]
    public void ATruncatedArchiveIsRefusedOrHasLostNothing()
    {
        var (whole, train) = (Archive(), Bytes(Read(Archive()).Train));
        for (var length = 0; length < whole.Length; length += length < whole.Length - 60 ? 5 : 1)
        {
            DataSplit? split = null;
            var error = Record.Exception(() => split = Read(whole[..length]));
            Assert.True(error is VaeException || error is null && Bytes(split!.Train).SequenceEqual(train), $"{length}: {error}");
            Assert.True(error is not null || length > whole.Length - 40, $"{length} of {whole.Length} bytes");
        }
    }
}
