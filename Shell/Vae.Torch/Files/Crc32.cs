namespace Vae.Torch;

/// <summary>CRC-32 (ITU-T V.42), the checksum of ZIP entries, which the class library's reader does not verify.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Step((uint)i))];

    /// <summary>The checksum of the rest of a stream; null if it is longer than <paramref name="length"/> bytes.</summary>
    public static uint? Compute(Stream stream, long length)
    {
        var crc = 0u;
        var buffer = new byte[1 << 16];
        for (var count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            if ((length -= count) < 0)
                return null;
            crc = Append(crc, buffer.AsSpan(0, count));
        }
        return crc;
    }

    /// <summary>The checksum of some bytes and more after them; that of no byte is 0.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> more)
    {
        var crc = ~checksum;
        foreach (var b in more)
            crc = Table[(byte)crc ^ b] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Step(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? (value >> 1) ^ 0xedb88320 : value >> 1;
        return value;
    }
}
