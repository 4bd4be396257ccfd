using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck.Xunit;

namespace Vae.Torch.Tests;

public class IdxTests
{
    internal static byte[] File(int[] dims, byte[] data)
    {
        var bytes = new byte[4 + 4 * dims.Length + data.Length];
        (bytes[2], bytes[3]) = (8, (byte)dims.Length);
        for (var i = 0; i < dims.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * i), dims[i]);
        data.CopyTo(bytes, 4 + 4 * dims.Length);
        return bytes;
    }

    internal static byte[] Gzip(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.Optimal))
            zip.Write(bytes);
        return buffer.ToArray();
    }

    private static readonly byte[] Small = File([2, 3, 2], [.. Enumerable.Range(1, 12).Select(i => (byte)(i * 20))]);

    private static void ReadImages(string path) => Idx.ReadArray(path, 3);

    [Property(Replay = "(11,1)", MaxTest = 50)]
    public bool WhatIsWrittenIsRead(byte height, byte width, byte[] seed, bool gzip)
    {
        int[] dims = [1 + seed.Length % 3, 1 + height % 7, 1 + width % 7];
        var data = Enumerable.Range(0, dims[0] * dims[1] * dims[2]).Select(i => (byte)(i * 31 + seed.Length)).ToArray();
        using var folder = new TempFolder();
        var file = File(dims, data);
        var read = Idx.ReadArray(folder.Write("images", gzip ? Gzip(file) : file), 3);
        return read.Dims.SequenceEqual(dims) && read.Data.SequenceEqual(data);
    }

    [Fact]
    public void ATruncatedFileIsRefused()
    {
        Damage.EveryTruncationIsRefused(Small, "images", ReadImages);
        Damage.EveryTruncationIsRefused(Gzip(Small), "images.gz", ReadImages);
    }

    [Fact]
    public void ADamagedFileIsRefusedOrReads()
    {
        Damage.NoFlippedBitEscapes(Small, "images", ReadImages);
        Damage.NoFlippedBitEscapes(Gzip(Small), "images.gz", ReadImages);
    }

    [Fact]
    public void SurplusBytesAreRefused()
    {
        using var folder = new TempFolder();
        byte[] longer = [.. Small, 0];
        Damage.Refused(() => ReadImages(folder.Write("a", longer)), folder["a"]);
        Damage.Refused(() => ReadImages(folder.Write("a.gz", Gzip(longer))), folder["a.gz"]);
    }

    [Fact]
    public void NoMemoryIsTakenForAFalseHeader()
    {
        using var folder = new TempFolder();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var dims in new int[][] { [int.MaxValue, 1, 1], [60000, 28, 28], [1 << 16, 1 << 16, 1 << 16], [-1, 28, 28], [0, 28, 28] })
            foreach (var file in new[] { File(dims, [1, 2, 3]), Gzip(File(dims, [1, 2, 3])) })
                Damage.Refused(() => ReadImages(folder.Write("a", file)), folder["a"]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Fact]
    public void AnotherFormatIsNamed()
    {
        using var folder = new TempFolder();
        Assert.Contains("89504E47", Damage.Refused(() => ReadImages(folder.Write("a", [0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])), "IDX")
            .Message, StringComparison.Ordinal);
        Damage.Refused(() => ReadImages(folder.Write("a", File([3], [1, 2, 3]))), "must have 3 dimensions, got 1");
        Damage.Refused(() => ReadImages(folder.Write("a", [0, 0, 13, 3, .. new byte[20]])), "got type 0d");
        Damage.Refused(() => ReadImages(folder["absent"]), folder["absent"]);
        Damage.Refused(() => ReadImages(folder.Path), folder.Path);
    }

    [Fact]
    public void LabelsFitTheImages()
    {
        using var folder = new TempFolder();
        var images = folder.Write("images", Small);
        Dataset Read(params byte[] labels) => Idx.Read("set", images, folder.Write("labels", File([labels.Length], labels)), ["a", "b"]);
        Assert.Equal([1, 0], Read(1, 0).Labels.ToArray());
        Damage.Refused(() => Read(1), "got 1");
        Damage.Refused(() => Read(0, 2), "set.labels[1]: must be in 0..1, got 2");
    }
}
