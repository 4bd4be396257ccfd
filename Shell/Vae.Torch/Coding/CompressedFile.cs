using System.Buffers.Binary;

namespace Vae.Torch;

/// <summary>The content of a file of compressed examples: a header, the words of the stack from its bottom, and a checksum.</summary>
/// <param name="Model">SHA-256 of the model's specification and weights.</param>
/// <param name="Count">Number of examples.</param>
/// <param name="Seed">Seed of the words under the bottom of the stack.</param>
/// <param name="Supplied">Count of those that were taken.</param>
/// <param name="State">The top of the stack.</param>
/// <param name="Words">The words below it.</param>
internal sealed record CompressedFile(byte[] Model, int Count, ulong Seed, int Supplied, ulong State, uint[] Words)
{
    private const int Hash = 8, Counts = 40, Numbers = 48, Start = 64, Checksum = 4;

    private static ReadOnlySpan<byte> Magic => "VAEBITS\u0001"u8;

    /// <summary>The bytes of the file, little-endian.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[checked(Start + sizeof(uint) * Words.Length + Checksum)];
        Magic.CopyTo(bytes);
        Model.CopyTo(bytes.AsSpan(Hash));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Counts), Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Counts + sizeof(int)), Supplied);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Numbers), Seed);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Numbers + sizeof(ulong)), State);
        for (var i = 0; i < Words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Start + sizeof(uint) * i), Words[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - Checksum), Crc32C.Compute(bytes.AsSpan(..^Checksum)));
        return bytes;
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="VaeException">They are no such file, or damaged.</exception>
    public static CompressedFile Parse(byte[] bytes)
    {
        VaeException.Require(bytes.AsSpan().StartsWith(Magic), "compressed", "must be a file of compressed examples", "another file");
        VaeException.Require(
            bytes.Length >= Start + Checksum && bytes.Length % sizeof(uint) == 0
                && Crc32C.Compute(bytes.AsSpan(..^Checksum)) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - Checksum)),
            "compressed", "must have the checksum of its content", "a damaged or shortened file");
        var words = new uint[(bytes.Length - Start - Checksum) / sizeof(uint)];
        for (var i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Start + sizeof(uint) * i));
        var file = new CompressedFile(
            bytes[Hash..Counts], BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Counts)),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(Numbers)),
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Counts + sizeof(int))),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(Numbers + sizeof(ulong))), words);
        VaeException.Require(file.Count >= 0 && file.Supplied >= 0 && file.State >= SymbolStack.Empty, "compressed",
            "must have counts of at least 0 and a valid state", "a damaged file");
        return file;
    }
}
