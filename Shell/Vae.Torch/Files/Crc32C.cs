namespace Vae.Torch;

/// <summary>CRC-32C (Castagnoli et al. 1993), the checksum of the records in TensorBoard event files.</summary>
internal static class Crc32C
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Step((uint)i))];

    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            crc = Table[(byte)crc ^ b] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>The checksum rotated by 15 bits plus a constant: the form that event files store.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => Compute(bytes) is var crc ? (crc >> 15 | crc << 17) + 0xa282ead8u : 0;

    private static uint Step(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? (value >> 1) ^ 0x82f63b78 : value >> 1;
        return value;
    }
}
