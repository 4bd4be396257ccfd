using System.Buffers.Binary;
using System.Text.Json;

namespace Vae.Torch;

/// <summary>One named array of a safetensors file.</summary>
public sealed class SafeTensor(string name, string dtype, ValueList<long> shape, ReadOnlyMemory<byte> data)
{
    /// <summary>Its key.</summary>
    public string Name { get; } = name;

    /// <summary>F64, F32, BF16, I64 or U8.</summary>
    public string Dtype { get; } = dtype;

    /// <summary>Each dimension at least 0; empty for a scalar.</summary>
    public ValueList<long> Shape { get; } = shape;

    /// <summary>Little-endian, C order; as many bytes as dtype and shape ask for.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;
}

/// <summary>What a safetensors file holds.</summary>
public sealed class SafeTensorFile(IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
{
    /// <summary>In the order of the file's bytes.</summary>
    public IReadOnlyList<SafeTensor> Tensors { get; } = tensors;

    /// <summary>Free text by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = metadata;
}

/// <summary>The safetensors format: the length of a JSON header, the header, the bytes. Nothing in it can execute.</summary>
public static class SafeTensors
{
    internal const string MetadataKey = "__metadata__";
    private const long LongestHeader = 100_000_000;

    /// <summary>Bytes of one value; 0 for an unknown dtype.</summary>
    public static int Size(string dtype) => dtype switch
    {
        "F64" or "I64" => 8,
        "F32" => 4,
        "BF16" => 2,
        "U8" => 1,
        _ => 0,
    };

    /// <summary>Writes the file whole or not at all. The same content gives the same bytes, whatever its order.</summary>
    public static void Write(string path, IEnumerable<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        // Wide values first keeps every array aligned for readers that map the file.
        var ordered = tensors.OrderByDescending(t => Size(t.Dtype)).ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        foreach (var tensor in ordered)
            if (Bytes(tensor.Dtype, tensor.Shape) != tensor.Data.Length)
                throw new VaeException($"{path}:{tensor.Name}: must hold the bytes of {tensor.Dtype} of shape [{string.Join(", ", tensor.Shape)}], got {tensor.Data.Length}");
        var names = ordered.GroupBy(t => t.Name).ToList();
        if (names.Find(n => n.Key == MetadataKey || n.Count() > 1) is { } bad)
            throw new VaeException($"{path}: must have a name of its own for each tensor, and none {MetadataKey}, got {bad.Key}");
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
        // Spaces up to a multiple of eight: the bytes that follow are aligned.
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

    /// <summary>Reads a file, and refuses one in which anything does not fit: sizes, offsets, keys, dtypes.</summary>
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

    /// <summary>Bytes that dtype and shape ask for; -1 for an unknown dtype, a negative dimension or more than memory could hold.</summary>
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
