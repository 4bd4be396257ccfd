using System.Globalization;
using System.Text;

namespace Vae.Torch;

/// <summary>
/// Frey faces: 1,965 grey pictures of one face, 28 × 20 pixels, frames of a film; collected by S. Roweis, used by Kingma &amp; Welling
/// 2014. There are no labels. The file is a Python pickle, of which nothing is executed: all but the pixels must be as published.
/// </summary>
internal static class FreyFaces
{
    /// <summary>The name in a data spec.</summary>
    public const string Name = "frey-faces";

    /// <summary>Number of pictures.</summary>
    public const int Count = 1965;

    private const int Height = 28, Width = 20, Values = Height * Width, TestCount = 200, LongestEscape = 4;

    // No split is published: papers draw 200 test pictures. Here they are the same in all runs, so that results can be compared.
    private const ulong Sample = 0;

    private static readonly KnownArchive Archive = new(
        Name,
        new("freyfaces.pkl", Digests.Sha256("3b69410c6a5fd6e03f09012905168be3712373a094a776f7e58fcd0670d2138a")),
        [new("https://raw.githubusercontent.com/jmtomczak/vae_vampprior/2b530e5a69b1fe030e71a93c06fa7deed8000f28/datasets/Freyfaces/")]);

    /// <summary>Loads the data set from a root, or downloads it: 200 test pictures, and the others split by the options.</summary>
    /// <exception cref="VaeException">The file is not the published one, or can neither be found nor downloaded.</exception>
    public static DataSplit Load(DataOptions options, IProgress<DownloadProgress>? progress)
    {
        var path = Archive.Find(options, progress);
        // A pickle has no checksum of its own, by which a damaged file in a root would be noticed.
        return Disk.Read(path, Archive.File.Digest.Unlike) is { Length: > 0 } trouble ? throw new VaeException($"{path}: {trouble}")
            : Read(path, options);
    }

    /// <summary>Reads the pickle of a list of one array of bytes, (<paramref name="count"/>, 560).</summary>
    /// <exception cref="VaeException">The file is another.</exception>
    internal static DataSplit Read(string path, DataOptions options, int count = Count)
    {
        var all = Dataset.Create(Name, Shape.Image(1, Height, Width), Pixels.OfBytes(ReadPixels(path, count)), default, []);
        var order = Splits.Permutation(Sample, count);
        var tested = Math.Min(TestCount, count / 8);
        return Splits.DivideKnown(all.Take(order.AsSpan(tested)), all.Take(order.AsSpan(0, tested)), options);
    }

    private static byte[] ReadPixels(string path, int count)
    {
        var start = Start(count);
        var end = "'\np14\ntp15\nba."u8;
        var longest = start.Length + (long)LongestEscape * count * Values + end.Length;
        ReadOnlySpan<byte> text = Disk.Read(path, file => file.Length <= longest
            ? Disk.Exactly(file, (int)file.Length, path)
            : throw new VaeException($"{path}: must have at most {longest} bytes, got {file.Length}"));
        return text.StartsWith(start) && text[start.Length..].EndsWith(end)
            ? Decode(text[start.Length..^end.Length], count * Values, path)
            : throw new VaeException($"{path}: must begin and end as the published pickle of an array of bytes ({count}, {Values}), "
                + "got another file");
    }

    // What numpy's array of bytes is in a pickle of protocol 0, as far as the quote before its values.
    private static byte[] Start(int count) => Encoding.ASCII.GetBytes(
        "(lp0\ncnumpy.core.multiarray\n_reconstruct\np1\n(cnumpy\nndarray\np2\n(I0\ntp3\nS'b'\np4\ntp5\nRp6\n"
        + $"(I1\n(I{count}\nI{Values}\ntp7\n"
        + "cnumpy\ndtype\np8\n(S'u1'\np9\nI0\nI1\ntp10\nRp11\n(I3\nS'|'\np12\nNNNI-1\nI-1\nI0\ntp13\nbI00\nS'");

    private static byte[] Decode(ReadOnlySpan<byte> text, int count, string path)
    {
        var (values, at) = (new byte[count], 0);
        for (var i = 0; i < count; i++)
        {
            var (value, length) = Next(text[at..]);
            if (length == 0)
                throw new VaeException($"{path}: must hold {count} bytes as Python writes them, "
                    + $"got {(at == text.Length ? $"the end after {i}" : $"{text[at]:x2} in place of byte {i}")}");
            (values[i], at) = (value, at + length);
        }
        return at == text.Length ? values
            : throw new VaeException($"{path}: must hold {count} bytes, got {text.Length - at} characters more");
    }

    /// <summary>The byte at the start of a Python literal, and the number of characters that it takes; 0 if they are no byte.</summary>
    private static (byte Value, int Length) Next(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'\\', (byte)'x', var high, var low, ..] when char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low) =>
            (byte.Parse(text[2..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 4),
        [(byte)'\\', (byte)'n', ..] => ((byte)'\n', 2),
        [(byte)'\\', (byte)'r', ..] => ((byte)'\r', 2),
        [(byte)'\\', (byte)'t', ..] => ((byte)'\t', 2),
        [(byte)'\\', (byte)'\\' or (byte)'\'', ..] => (text[1], 2),
        [>= (byte)' ' and <= (byte)'~' and not (byte)'\\' and not (byte)'\'', ..] => (text[0], 1),
        _ => (0, 0),
    };
}
