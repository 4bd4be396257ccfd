using System.Buffers.Binary;

namespace Vae.Cli.Tests;

/// <summary>
/// A folder of IDX files with few of the embedded digits: a run on it ends before one on all 10,000 test digits has begun.
/// </summary>
internal static class TinyDigits
{
    public const int TrainCount = 2000, TestCount = 200;

    private static readonly Lazy<string> Written = new(Write);

    /// <summary>The same for all tests of this process, and gone with it.</summary>
    public static string Folder => Written.Value;

    private static string Write()
    {
        var folder = Directory.CreateTempSubdirectory("vae-digits-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var (name, first, count) in new[] { ("train", 0, TrainCount), ("t10k", TrainCount, TestCount) })
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}-images-idx3-ubyte"),
                [.. Header(3, count, Digits.Height, Digits.Width),
                    .. Enumerable.Range(first, count).SelectMany(index => Digits.Draw(0, index))]);
            File.WriteAllBytes(Path.Combine(folder, $"{name}-labels-idx1-ubyte"),
                [.. Header(1, count), .. Enumerable.Range(first, count).Select(index => (byte)Digits.Label(0, index))]);
        }
        return folder;
    }

    private static byte[] Header(byte rank, params int[] lengths)
    {
        var header = new byte[4 + 4 * lengths.Length];
        (header[2], header[3]) = (8, rank);
        for (var i = 0; i < lengths.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), lengths[i]);
        return header;
    }
}
