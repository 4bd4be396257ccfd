using System.Text;

namespace Vae.Torch.Tests;

public class FreyFacesTests
{
    private const int Values = 28 * 20, Count = 20;

    // Python 3.11, repr(bytes(range(256))) without its b, which is what Python 2 writes of such a string.
    private const string EveryByte =
        """
        '\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\x7f\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f\xa0\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbe\xbf\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb\xdc\xdd\xde\xdf\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff'
        """;

    /// <summary>The pickle of an array (count, 560) of bytes, whose values are a literal as Python writes it, with its quotes.</summary>
    internal static byte[] Pickle(string literal, int count) => Encoding.Latin1.GetBytes(
        "(lp0\ncnumpy.core.multiarray\n_reconstruct\np1\n(cnumpy\nndarray\np2\n(I0\ntp3\nS'b'\np4\ntp5\nRp6\n(I1\n"
        + $"(I{count}\nI560\ntp7\ncnumpy\ndtype\np8\n(S'u1'\np9\nI0\nI1\ntp10\nRp11\n(I3\nS'|'\np12\nNNNI-1\nI-1\nI0\ntp13\nbI00\nS"
        + literal + "\np14\ntp15\nba.");

    internal static string Literal(int count) =>
        $"'{string.Concat(Enumerable.Range(0, count * Values).Select(i => $"\\x{(i + i / Values) % 256:x2}"))}'";

    private static DataSplit Read(byte[] pickle, DataOptions? options = null, int count = Count)
    {
        using var folder = new TempFolder();
        return FreyFaces.Read(folder.Write("a.pkl", pickle), options ?? new(), count);
    }

    private static byte[] Bytes(Dataset data) => data.Pixels.Match(bytes => bytes.ToArray(), _ => []);

    [Fact]
    public void EveryByteIsReadAsPythonWritesIt()
    {
        var rest = string.Concat(Enumerable.Repeat("\\x00", 2 * Values - 256));
        var split = Read(Pickle(EveryByte[..^1] + rest + "'", 2), count: 2);
        Assert.Equal((Shape.Image(1, 28, 20), "frey-faces", false), (split.Train.Shape, split.Train.Name, split.Train.HasLabels));
        Assert.Contains(Bytes(split.Train).Chunk(Values),
            picture => picture[..256].SequenceEqual(Enumerable.Range(0, 256).Select(value => (byte)value)));
    }

    [Fact]
    public void EachPictureIsInOnePartAndTestPicturesDoNotDependOnTheSeed()
    {
        var all = Enumerable.Range(0, Count * Values).Select(i => (byte)((i + i / Values) % 256)).Chunk(Values).ToList();
        DataSplit Split(ulong seed) => Read(Pickle(Literal(Count), Count), new(Validation: 1 / 3.0, Seed: seed));
        var (one, other) = (Split(1), Split(2));
        Assert.Equal((12, 6, 2), (one.Train.Count, one.Validation.Count, one.Test.Count));
        Assert.Equal(all.Select(Convert.ToHexString).Order(), new[] { one.Train, one.Validation, one.Test }
            .SelectMany(part => Bytes(part).Chunk(Values)).Select(Convert.ToHexString).Order());
        Assert.Equal(Bytes(one.Test), Bytes(other.Test));
        Assert.NotEqual(Bytes(one.Train), Bytes(other.Train));
        Assert.Equal(5, Read(Pickle(Literal(Count), Count), new(Limit: 5)).Train.Count);
    }

    [Fact]
    public void PapersHave200PicturesForTestingAnd200ForValidation()
    {
        var split = Read(Pickle(Literal(FreyFaces.Count), FreyFaces.Count), new(Validation: 0.1133), FreyFaces.Count);
        Assert.Equal((1565, 200, 200), (split.Train.Count, split.Validation.Count, split.Test.Count));
    }

    [Fact]
    public void WhatIsNotTheFileIsOneSentence()
    {
        var whole = Pickle(Literal(2), 2);
        void IsRefused(byte[] pickle, string mention) => Damage.Refused(() => Read(pickle, count: 2), $"a.pkl: must {mention}");
        IsRefused([], "begin and end as the published pickle of an array of bytes (2, 560), got another file");
        IsRefused(Pickle(Literal(2), 3), "begin and end as the published pickle");
        IsRefused([.. whole[..^2], (byte)'0', (byte)'.'], "begin and end as the published pickle");
        IsRefused(Encoding.ASCII.GetBytes("cos\nsystem\n(S'true'\ntR."), "begin and end as the published pickle");
        IsRefused(new byte[10_000], "have at most 4679 bytes, got 10000");
        IsRefused(Pickle("''", 2), "hold 1120 bytes as Python writes them, got the end after 0");
        IsRefused(Pickle(Literal(1), 2), "hold 1120 bytes as Python writes them, got the end after 560");
        foreach (var bad in new[] { "'", "\n", "\\a", "\\x", "\\x1", "\\x1g", "\\000", "\u007f" })
            IsRefused(Pickle($"'{bad}{Literal(1)[1..]}", 2),
                $"hold 1120 bytes as Python writes them, got {(int)bad[0]:x2} in place of byte 0");
        IsRefused(Pickle($"'aaa{string.Concat(Enumerable.Repeat("\\x00", 1118))}'", 2), "hold 1120 bytes, got 4 characters more");
    }

    [Fact]
    public void ATruncatedFileIsRefused() =>
        Damage.EveryTruncationIsRefused(Pickle(Literal(1), 1), "a.pkl", path => FreyFaces.Read(path, new(), 1));

    // It has no checksum of its own.
    [Fact]
    public void AFileInARootMustBeThePublishedOne()
    {
        using var folder = new TempFolder();
        var path = folder.Write("frey-faces/freyfaces.pkl", Pickle(Literal(FreyFaces.Count), FreyFaces.Count));
        Damage.Refused(() => DataSources.Load("frey-faces", new(Root: folder.Path, Download: false)),
            $"{path}: SHA-256 must be 3b69410c6a5fd6e03f09012905168be3712373a094a776f7e58fcd0670d2138a, got ");
    }
}
