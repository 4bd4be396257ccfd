using System.Buffers.Binary;
using System.Text;

namespace Vae.Torch;

/// <summary>Writes the .npy format, version 1: little-endian, in C order.</summary>
internal static class NpyWriter
{
    // Magic, version and the length of the header; with the header a multiple of 64 bytes, so that values are aligned.
    private const int Start = 10, Alignment = 64;

    /// <summary>Writes an array of float32; the file is replaced as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">The values in row-major order, as many as the dimensions hold.</param>
    /// <param name="dims">The dimensions.</param>
    public static void Write(string path, ReadOnlyMemory<float> values, params int[] dims)
    {
        if (values.Length != dims.Aggregate(1L, (size, dim) => size * dim))
            throw new VaeException($"{path}: must be written from {string.Join('×', dims)} values, got {values.Length}");
        AtomicFile.Write(path, stream =>
        {
            stream.Write(Header("<f4", dims));
            var buffer = new byte[4 * 4096];
            for (var at = 0; at < values.Length; at += 4096)
            {
                var some = values.Span.Slice(at, Math.Min(4096, values.Length - at));
                for (var i = 0; i < some.Length; i++)
                    BinaryPrimitives.WriteSingleLittleEndian(buffer.AsSpan(4 * i), some[i]);
                stream.Write(buffer.AsSpan(0, 4 * some.Length));
            }
        });
    }

    /// <summary>The start of a file, as far as its first value.</summary>
    /// <param name="dtype">The type of a value, as <c>&lt;f4</c>.</param>
    /// <param name="dims">The dimensions.</param>
    public static byte[] Header(string dtype, params int[] dims)
    {
        // A tuple of one number ends with a comma.
        var shape = $"({string.Join(", ", dims)}{(dims.Length == 1 ? "," : "")})";
        var text = $"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}";
        var length = (Start + text.Length + 1 + Alignment - 1) / Alignment * Alignment - Start;
        var header = new byte[Start + length];
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)length);
        Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n").CopyTo(header, Start);
        return header;
    }
}
