using System.Buffers.Binary;
using System.Text.Json;

namespace Vae.Torch;

/// <summary>A named array of a safetensors file.</summary>
/// <param name="name">The key in the file.</param>
/// <param name="dtype">F64, F32, BF16, I64 or U8.</param>
/// <param name="shape">Dimensions, each at least 0; empty for a scalar.</param>
/// <param name="data">The values, little-endian, in C order.</param>
public sealed class SafeTensor(string name, string dtype, ValueList<long> shape, ReadOnlyMemory<byte> data)
{
    /// <summary>The key in the file.</summary>
    public string Name { get; } = name;

    /// <summary>Type of the values: F64, F32, BF16, I64 or U8.</summary>
    public string Dtype { get; } = dtype;

    /// <summary>Dimensions, each at least 0; empty for a scalar.</summary>
    public ValueList<long> Shape { get; } = shape;

    /// <summary>The values, little-endian, in C order; their number follows from type and shape.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;
}

/// <summary>The content of a safetensors file.</summary>
/// <param name="tensors">The arrays, in the order of the file's bytes.</param>
/// <param name="metadata">Free text by key.</param>
public sealed class SafeTensorFile(IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
{
    /// <summary>The arrays, in the order of the file's bytes.</summary>
    public IReadOnlyList<SafeTensor> Tensors { get; } = tensors;

    /// <summary>Free text by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = metadata;
}

/// <summary>Reads and writes the safetensors format: the length of a JSON header, the header, the values. It holds no code.</summary>
public static class SafeTensors
{
    internal const string MetadataKey = "__metadata__";
    private const long LongestHeader = 100_000_000;

    /// <summary>Number of bytes of one value; 0 for an unknown type.</summary>
    /// <param name="dtype">F64, F32, BF16, I64 or U8.</param>
    public static int Size(string dtype) => dtype switch
    {
        "F64" or "I64" => 8,
        "F32" => 4,
        "BF16" => 2,
        "U8" => 1,
        _ => 0,
    };

    /// <summary>Writes a file, whole or not at all. The same content gives the same bytes, whatever its order.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="tensors">The arrays, with distinct names.</param>
    /// <param name="metadata">Free text by key; may be empty.</param>
    /// <exception cref="VaeException">
    /// Two arrays have one name, one has too few or too many bytes, or the file cannot be written.
    /// </exception>
    public static void Write(string path, IEnumerable<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        // Wide values first keeps every array aligned for readers that map the file.
        var ordered = tensors.OrderByDescending(t => Size(t.Dtype)).ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        foreach (var tensor in ordered)
            if (Bytes(tensor.Dtype, tensor.Shape) != tensor.Data.Length)
                throw new VaeException($"{path}:{tensor.Name}: must hold the bytes of {tensor.Dtype} "
                    + $"of shape [{string.Join(", ", tensor.Shape)}], got {tensor.Data.Length}");
        var names = ordered.GroupBy(t => t.Name).ToList();
        if (names.Find(n => n.Key == MetadataKey || n.Count() > 1) is { } bad)
            throw new VaeException($"{path}: must have distinct tensor names other than {MetadataKey}, got {bad.Key}");
        var header = Header(ordered, metadata);
        AtomicFile.Write(path, stream =>
        {
            var length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in ordered)
                stream.Write(tensor.Data.Span);
        });
    }

    private static byte[] Header(List<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var offset = 0L;
            foreach (var tensor in tensors)
                WriteEntry(json, tensor, ref offset);
            json.WriteEndObject();
        }
        // Padded with spaces to a multiple of eight, so that the values are aligned.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return;
        json.WriteStartObject(MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafeTensor tensor, ref long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Dtype);
        json.WriteStartArray("shape");
        foreach (var dim in tensor.Shape)
            json.WriteNumberValue(dim);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset += tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a file and checks sizes, offsets, keys and types.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VaeException">The file is absent, unreadable or inconsistent.</exception>
    public static SafeTensorFile Read(string path) => Disk.Read(path, file =>
    {
        var start = new byte[8];
        if (file.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8)
            throw new VaeException($"{path}: must begin with the length of its header in 8 bytes, got {file.Length} bytes in all");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > LongestHeader || (long)length > file.Length - 8)
            throw new VaeException($"{path}: must have a header of at most {Math.Min(LongestHeader, file.Length - 8)} bytes, got {length}");
        var header = new byte[length];
        file.ReadExactly(header);
        var (entries, metadata) = SafeTensorHeader.Parse(header, path, file.Length - 8 - (long)length);
        var tensors = new List<SafeTensor>(entries.Count);
        foreach (var entry in entries)
        {
            var data = new byte[entry.Length];
            file.ReadExactly(data);
            tensors.Add(new(entry.Name, entry.Dtype, entry.Shape, data));
        }
        return new SafeTensorFile(tensors, metadata);
    });

    /// <summary>Number of bytes of an array; −1 for an unknown type, a negative dimension or more bytes than an array can hold.</summary>
    internal static long Bytes(string dtype, ValueList<long> shape)
    {
        long bytes = Size(dtype);
        foreach (var dim in shape)
        {
            if (dim < 0)
                return -1;
            bytes = dim == 0 || bytes <= long.MaxValue / dim ? bytes * dim : long.MaxValue;
        }
        return Size(dtype) == 0 || bytes > Array.MaxLength ? -1 : bytes;
    }
}
