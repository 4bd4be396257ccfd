using FsCheck.Xunit;

namespace Vae.Torch.Tests;

public class MatFileTests
{
    // SciPy 1.10.1, scipy.io.savemat: note, a text; cells, a cell array; data = [[0, 1/3], [1/4, 1], [1/2, 2/3]]; target, the unit matrix
    // of bytes; one = [[7]] of 16 bits; and thin, a sparse matrix. Without and with do_compression.
    private const string Plain =
        "DgAAADgAAAAGAAAACAAAAAQAAAAAAAAABQAAAAgAAAABAAAABwAAAAEABABub3RlEAAAAAcAAABza2lwcGVkAA4AAACoAAAABgAAAAgAAAABAAAAAAAAAA"
        + "UAAAAIAAAAAQAAAAIAAAABAAAABQAAAGNlbGxzAAAADgAAADgAAAAGAAAACAAAAA4AAAAAAAAABQAAAAgAAAABAAAAAQAAAAEAAAAAAAAADAAAAAgAAAAB"
        + "AAAAAAAAAA4AAAAwAAAABgAAAAgAAAAEAAAAAAAAAAUAAAAIAAAAAQAAAAEAAAABAAAAAAAAABAAAQBiAAAADgAAAGAAAAAGAAAACAAAAAYAAAAAAAAABQ"
        + "AAAAgAAAADAAAAAgAAAAEABABkYXRhCQAAADAAAAAAAAAAAAAAAAAAAAAAANA/AAAAAAAA4D9VVVVVVVXVPwAAAAAAAPA/VVVVVVVV5T8OAAAAOAAAAAYA"
        + "AAAIAAAACQAAAAAAAAAFAAAACAAAAAIAAAACAAAAAQAAAAYAAAB0YXJnZXQAAAIABAABAAABDgAAADAAAAAGAAAACAAAAAoAAAAAAAAABQAAAAgAAAABAA"
        + "AAAQAAAAEAAwBvbmUAAwACAAcAAAAOAAAAeAAAAAYAAAAIAAAABQAAAAMAAAAFAAAACAAAAAMAAAADAAAAAQAEAHRoaW4FAAAADAAAAAAAAAABAAAAAgAA"
        + "AAAAAAAFAAAAEAAAAAAAAAABAAAAAgAAAAMAAAAJAAAAGAAAAAAAAAAAAPA/AAAAAAAA8D8AAAAAAADwPw==";

    private const string Packed =
        "DwAAAC8AAAB4nONjYGCwAGI2IOYAYhYGCGCF8hmBmB1MszDk5ZekCkD5xdmZBQWpKQwAR7QFMA8AAABCAAAAeJzjY2BgWAHEbEDMAcSMDBDAisRngtIgse"
        + "TUnJxiIM0HxBZI+viw6GNEMo8HzXyQegMk/SwE9AsAWUlAGgDhVARJDwAAADsAAAB4nONjYGBIAGI2IOaA0iDACuUzAzETEDMysDCkJJYkcgLZBgzo4II9"
        + "hH5gHwoGV6H8D1D+U3sAOfwL/g8AAAArAAAAeJzjY2BgsABiNiDmAGJOBghghfKZoJgRqqYksSg9tQQkxgISYwQAOrsDBQ8AAAAnAAAAeJzjY2BgMABiNi"
        + "DmAGIuBghghfIZ4ZiZIT8vFUgyMbAD+QAhHgG4DwAAAEAAAAB4nONjYGCoAGI2IOYAYlYgZobSHFA2CDMysDCUZGTmgcR5GCCAEYiZoGyQuACaOEgfJxBL"
        + "MMDAB3t0GgASgAZF";

    private static readonly double[] Six = [0, 0.25, 0.5, 1, 0.125, 0.75];

    private static IReadOnlyList<MatMatrix> Read(byte[] file, params MatVariable[] variables)
    {
        using var folder = new TempFolder();
        return MatFile.Read(folder.Write("a.mat", file), variables);
    }

    private static void IsRefused(byte[] elements, string mention) => Damage.Refused(
        () => Read(new MatWriter().File(elements), new MatVariable("x", 3, 2)), $"a.mat: must {mention}");

    [Theory]
    [InlineData(Plain)]
    [InlineData(Packed)]
    public void AFileOfSciPyIsRead(string elements)
    {
        var file = new MatWriter().File(Convert.FromBase64String(elements));
        var read = Read(file, new("target", 2, 9), new("data", 3, 2), new("one", 1, 1));
        Assert.Equal([1, 0, 0, 1], read[0].Values);
        Assert.Equal([0, 0.25f, 0.5f, 1 / 3f, 1, 2 / 3f], read[1].Values);
        Assert.Equal([7], read[2].Values);
        Assert.Equal([2, 2, 1], read.Select(matrix => matrix.Columns));
        foreach (var other in new[] { "note", "cells", "thin", "absent" })
            Damage.Refused(() => Read(file, new("data", 3, 2), new(other, 3, 3)), $"got no {other}");
    }

    // Whatever the order of bytes, the compression, the type and the place of the numbers.
    [Property(Replay = "(21,1)", MaxTest = 200)]
    public void WhatIsWrittenIsRead(bool isBigEndian, bool isCompressed, bool isSmall, byte type, byte rows, byte columns, int seed)
    {
        MatWriter writer = new(isBigEndian, isCompressed, isSmall, MatWriter.Types[type % MatWriter.Types.Length]);
        var random = KeyedRandom.FromSeed((ulong)seed);
        int[] dims = [1 + rows % 5, 1 + columns % 7];
        double[] values = [.. Enumerable.Range(0, dims[0] * dims[1]).Select(i => writer.Fitting(random.Uniform(i)))];
        var file = writer.File(writer.Matrix("before", [2], [0, 1]), writer.Matrix("x", dims, values),
            writer.Matrix("x2", [1, 1, 1], [1]), writer.Matrix("word", dims, values, kind: MatWriter.Text));
        var read = Read(file, new MatVariable("x", dims[0], dims[1])).Single();
        Assert.Equal(dims[1], read.Columns);
        Assert.Equal(values.Select(value => (float)value), read.Values);
    }

    [Fact]
    public void NumbersBeyondOnePieceAreRead()
    {
        double[] values = [.. Enumerable.Range(0, 3 * 30_001).Select(i => (double)i)];
        foreach (var writer in new[] { new MatWriter(), new MatWriter(IsCompressed: true) })
        {
            var file = writer.File(writer.Matrix("x", [3, 30_001], values));
            Assert.Equal(values.Select(value => (float)value), Read(file, new MatVariable("x", 3, 30_001)).Single().Values);
        }
    }

    [Fact]
    public void WhatIsNotExpectedIsOneSentence()
    {
        var writer = new MatWriter();
        var x = writer.Matrix("x", [3, 2], Six);
        IsRefused([], "hold x as matrices of numbers, got no x");
        IsRefused(writer.Matrix("y", [3, 2], Six), "hold x as matrices of numbers, got no x");
        IsRefused(writer.Matrix("x", [3, 2], Six, kind: MatWriter.Text), "hold x as matrices of numbers, got no x");
        IsRefused(writer.Matrix("x", [2, 3], Six), "have x of 3 rows and 1..2 columns, got 2×3");
        IsRefused(writer.Matrix("x", [3, 3], [.. Six, .. Six[..3]]), "have x of 3 rows and 1..2 columns, got 3×3");
        IsRefused(writer.Matrix("x", [3, 0], []), "have x of 3 rows and 1..2 columns, got 3×0");
        IsRefused(writer.Matrix("x", [3, 1, 2], Six), "have x of 3 rows and 1..2 columns, got 3×1×2");
        IsRefused(writer.Matrix("x", [3, -1], Six), "have x of 3 rows and 1..2 columns, got 3×4294967295");
        IsRefused(writer.Matrix("x", [3, 2], Six, kind: 0x806), "have real numbers in x, got complex ones");
        IsRefused(writer.Matrix("x", [3, 2], Six[..5]), "have 6 numbers of 8 bytes, got 40 bytes");
        IsRefused((writer with { Type = 16 }).Matrix("x", [3, 2], Six), "have numbers, got an element of type 16");
        IsRefused([.. x, .. x], "have x once, got it again");
        IsRefused([.. x, 1, 2, 3], "have 8 bytes for the type and the length of an element, got 3");
        IsRefused([9, 0, 0, 0, 0, 0, 0, 0], "hold matrices (type 14), got an element of type 9");
        IsRefused([14, 0, 0, 0, 9, 0, 0, 0], "have an element of at most 0 bytes, which are left, got 9");
        IsRefused([14, 0, 5, 0, 0, 0, 0, 0], "have a small element of at most 4 bytes, got 5");
        IsRefused([15, 0, 0, 0, 3, 0, 0, 0, 1, 2, 3], "be a readable, undamaged file");
    }

    // The second is the header of version 7.3, whose files are HDF5.
    [Theory]
    [InlineData("0000494D")]
    [InlineData("0002494D")]
    [InlineData("00014D49")]
    public void AnotherHeaderIsRefused(string version)
    {
        var file = new MatWriter().File();
        Convert.FromHexString(version).CopyTo(file, MatWriter.HeaderLength - 4);
        Damage.Refused(() => Read(file), "a.mat: must be a MAT file of level 5 (MATLAB's versions 5 to 7), with 0001494D or 01004D49 "
            + $"at byte 124, got {version}");
    }

    // No memory is allocated for numbers that the file cannot hold.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnAnnouncedSizeIsNotTrusted(bool isCompressed)
    {
        MatWriter writer = new(IsCompressed: isCompressed, AnnouncedColumns: 1 << 20);
        var file = writer.File(writer.Matrix("x", [100, 1], new double[100]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Damage.Refused(() => Read(file, new MatVariable("x", 100, 1 << 20)), "bytes, which are left, got 838860848");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATruncatedOrDamagedFileIsRefused(bool isCompressed)
    {
        var writer = new MatWriter(IsCompressed: isCompressed);
        var whole = writer.File(writer.Matrix("y", [1, 2], [0, 1]), writer.Matrix("x", [3, 2], Six));
        void Use(string path) => MatFile.Read(path, [new("x", 3, 2)]);
        Damage.EveryTruncationIsRefused(whole, "a.mat", Use);
        Damage.NoFlippedBitEscapes(whole, "a.mat", Use);
        if (!isCompressed)
            return;
        // In the checksum at the end of the content.
        whole[^1] ^= 1;
        IsRefused(whole[MatWriter.HeaderLength..], "be a readable, undamaged file");
    }
}
