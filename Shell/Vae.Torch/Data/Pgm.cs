using System.Globalization;

namespace Vae.Torch;

/// <summary>A grey picture of a PGM file.</summary>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Max">The value of white, 1 to 65535.</param>
/// <param name="Start">Where the pixels begin in the file.</param>
/// <param name="IsText">Whether they are numbers in text (P2), not bytes (P5).</param>
internal sealed record Pgm(int Height, int Width, int Max, int Start, bool IsText)
{
    // A header without long comments is shorter.
    private const int FirstBytes = 1024;

    /// <summary>Whether pixels have more than 8 bits.</summary>
    public bool IsDeep => Max > byte.MaxValue;

    /// <summary>Whether a file is said to be a PGM file by its name.</summary>
    public static bool Is(string path) => Path.GetExtension(path).Equals(".pgm", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether bytes are said to be a PGM file by the first of them.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 2 && bytes[0] == 'P' && bytes[1] is (byte)'2' or (byte)'5' && char.IsWhiteSpace((char)bytes[2]);

    /// <summary>Reads the header; Poskanzer, pgm(5): P2 or P5, width, height and the value of white, with comments after #.</summary>
    /// <exception cref="VaeException">The bytes are no such file, or too few for its pixels.</exception>
    public static Pgm Header(ReadOnlySpan<byte> bytes, string path)
    {
        var header = Parsed(bytes, path);
        // A number in text takes a character, and one between it and the next.
        var needed = (long)header.Width * header.Height * (header.IsText || header.IsDeep ? 2 : 1) - (header.IsText ? 1 : 0);
        VaeException.Require(needed <= bytes.Length - header.Start, path,
            $"must hold the {header.Width}x{header.Height} pixels that its header announces",
            $"{Math.Max(0, bytes.Length - header.Start)} bytes after the header");
        return header;
    }

    /// <summary>Whether a file has pixels of more than 8 bits, by its first bytes.</summary>
    /// <exception cref="VaeException">The file is no such file.</exception>
    public static bool HasDeep(string path) => Disk.Read(path, stream =>
    {
        var head = new byte[Math.Min(FirstBytes, stream.Length)];
        stream.ReadExactly(head);
        try
        {
            if (Parsed(head, path) is var header && header.Start <= head.Length)
                return header.IsDeep;
        }
        catch (VaeException) when (head.Length < stream.Length)
        {
            // Comments may be longer than that.
        }
        return Header(Disk.ReadAll(path), path).IsDeep;
    });

    private static Pgm Parsed(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.Length < 2 || bytes[0] != 'P' || bytes[1] is not ((byte)'2' or (byte)'5'))
            throw new VaeException($"{path}: must be a PGM file, which begins with P2 or P5, got something else");
        var at = 2;
        int width = Number(bytes, ref at, path), height = Number(bytes, ref at, path), max = Number(bytes, ref at, path);
        VaeException.Require(width is >= 1 and <= ImageFolder.LargestSide && height is >= 1 and <= ImageFolder.LargestSide, path,
            $"must have sides of 1..{ImageFolder.LargestSide}", $"{width}x{height}");
        VaeException.Require(max is >= 1 and <= ushort.MaxValue, path, $"must have a value of white of 1..{ushort.MaxValue}", max);
        // One separator ends the header.
        return new(height, width, max, at + 1, bytes[1] == '2');
    }

    /// <summary>The pixels row by row, white as 255.</summary>
    /// <exception cref="VaeException">A number is missing or above the value of white.</exception>
    public byte[] Pixels(ReadOnlySpan<byte> bytes, string path)
    {
        var pixels = new byte[Height * Width];
        var at = IsText ? Start - 1 : Start;
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = IsText ? Number(bytes, ref at, path)
                : IsDeep ? bytes[Start + 2 * i] << 8 | bytes[Start + 2 * i + 1] : bytes[Start + i];
            // Its texts are not made for each pixel.
            if (value > Max)
                throw new VaeException($"{path}: must have pixels of at most {Max}, its value of white, got {value}");
            pixels[i] = (byte)((value * 255 + Max / 2) / Max);
        }
        return pixels;
    }

    // The next decimal number after white space and comments; the place behind it.
    private static int Number(ReadOnlySpan<byte> bytes, ref int at, string path)
    {
        for (var isComment = false; at < bytes.Length && (isComment || bytes[at] == '#' || char.IsWhiteSpace((char)bytes[at])); at++)
            isComment = bytes[at] != '\n' && bytes[at] != '\r' && (isComment || bytes[at] == '#');
        var first = at;
        while (at < bytes.Length && char.IsAsciiDigit((char)bytes[at]))
            at++;
        return int.TryParse(bytes[first..at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new VaeException(
                $"{path}: must have a whole number at byte {first}, got {(first == bytes.Length ? "its end" : "something else")}");
    }
}
