using System.Buffers.Binary;
using System.Text;
using FsCheck.Xunit;
using TorchSharp;

namespace Vae.Torch.Tests;

public class SafeTensorsTests
{
    private static readonly string[] Dtypes = ["F64", "F32", "BF16", "I64", "U8"];

    private static SafeTensor Tensor(string name, string dtype, params long[] shape)
    {
        var count = shape.Aggregate(1L, (a, b) => a * b) * SafeTensors.Size(dtype);
        return new(name, dtype, [.. shape], Enumerable.Range(0, (int)count).Select(i => (byte)(i * 7 + name.Length)).ToArray());
    }

    private static byte[] File(string header, params byte[] data)
    {
        var bytes = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        Encoding.UTF8.GetBytes(header).CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + header.Length);
        return bytes;
    }

    private static byte[] Small()
    {
        using var folder = new TempFolder();
        SafeTensors.Write(folder["a"], [Tensor("w", "F32", 2), Tensor("b", "U8", 3)], new Dictionary<string, string> { ["format"] = "pt" });
        return System.IO.File.ReadAllBytes(folder["a"]);
    }

    [Property(Replay = "(21,1)", MaxTest = 100)]
    public void WhatIsWrittenIsRead(byte[][] shapes, string key, string value)
    {
        var tensors = shapes.Select((s, i) => Tensor($"layer.{i} \"ä\"", Dtypes[i % 5], [.. s.Take(3).Select(d => (long)(d % 4))]))
            .ToList();
        // Half a surrogate pair is no text; UTF-8 cannot hold it.
        var metadata = new Dictionary<string, string> { [Whole(key)] = Whole(value) };
        using var folder = new TempFolder();
        SafeTensors.Write(folder["a"], tensors, metadata);
        var read = SafeTensors.Read(folder["a"]);
        Assert.Equal(metadata, read.Metadata);
        Assert.Equal(tensors.Select(Show).Order(), read.Tensors.Select(Show).Order());
    }

    private static string Whole(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));

    private static string Show(SafeTensor t) => $"{t.Name} {t.Dtype} {string.Join(',', t.Shape)} {Convert.ToHexString(t.Data.Span)}";

    [Fact]
    public void OrderDoesNotChangeTheBytes()
    {
        using var folder = new TempFolder();
        SafeTensor[] tensors = [Tensor("b", "U8", 3), Tensor("a", "F64", 1), Tensor("c", "F32", 2, 2)];
        SafeTensors.Write(folder["a"], tensors, new Dictionary<string, string>());
        SafeTensors.Write(folder["b"], tensors.Reverse(), new Dictionary<string, string>());
        Assert.Equal(System.IO.File.ReadAllBytes(folder["a"]), System.IO.File.ReadAllBytes(folder["b"]));
    }

    [Fact]
    public void TheLayoutIsThatOfTheFormat()
    {
        using var folder = new TempFolder();
        SafeTensors.Write(folder["a"], [new("x", "U8", [2], new byte[] { 5, 6 })], new Dictionary<string, string>());
        const string header = """{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""";
        Assert.Equal(File(header.PadRight((header.Length + 7) / 8 * 8), 5, 6), System.IO.File.ReadAllBytes(folder["a"]));
    }

    [Fact]
    public void ATruncatedFileIsRefused() => Damage.EveryTruncationIsRefused(Small(), "a.safetensors", path => SafeTensors.Read(path));

    [Fact]
    public void ADamagedFileIsRefusedOrReads() => Damage.NoFlippedBitEscapes(Small(), "a.safetensors", path => SafeTensors.Read(path));

    [Theory]
    [InlineData("""{"x":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}""", 2, "x.dtype")]
    [InlineData("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,2]}}""", 2, "x.data_offsets")]
    [InlineData("""{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 3, "must hold the 2 bytes")]
    [InlineData("""{"x":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "must begin at 0")]
    [InlineData("""{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3,
        "y: must begin at 2")]
    [InlineData("""{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"x":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""",
        3, "duplicate")]
    [InlineData("""{"x":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}""", 2, "x.shape")]
    [InlineData("""{"x":{"dtype":"F64","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "x.data_offsets")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4000000000],"data_offsets":[0,4000000000]}}""", 2, "x.data_offsets")]
    [InlineData("""{"x":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1, "x.shape")]
    [InlineData("""{"x":{"dtype":"U8","shape":[2]}}""", 2, "x: must have dtype, shape and data_offsets")]
    [InlineData("""{"x":3}""", 0, "x: must be a JSON object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__.a")]
    [InlineData("""[]""", 0, "must be a JSON object")]
    [InlineData("""{"x":""", 0, "JSON")]
    [InlineData("", 0, "JSON")]
    public void WhatDoesNotFitIsRefused(string header, int bytes, string mention)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a", File(header, new byte[bytes]));
        Assert.Contains(path, Damage.Refused(() => SafeTensors.Read(path), mention).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(100_000_001UL)]
    [InlineData(57UL)]
    public void NoMemoryIsTakenForAFalseHeaderLength(ulong length)
    {
        using var folder = new TempFolder();
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Damage.Refused(() => SafeTensors.Read(folder.Write("a", bytes)), $"got {length}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void WhatCannotBeReadBackIsNotWritten()
    {
        using var folder = new TempFolder();
        void Write(params SafeTensor[] tensors) => SafeTensors.Write(folder["a"], tensors, new Dictionary<string, string>());
        Damage.Refused(() => Write(Tensor("x", "U8", 1), Tensor("x", "F32", 1)), "got x");
        Damage.Refused(() => Write(Tensor("__metadata__", "U8", 1)), "__metadata__");
        Damage.Refused(() => Write(new SafeTensor("x", "F32", [2], new byte[7])), "got 7");
        Damage.Refused(() => Write(new SafeTensor("x", "F16", [2], new byte[4])), "a:x");
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void TensorsOfTorchSurviveTheFile()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TempFolder();
        var tensors = new Dictionary<string, torch.Tensor>
        {
            ["f32"] = torch.arange(6, torch.float32).reshape(2, 3).t(),
            ["f64"] = torch.tensor(Math.PI, torch.float64),
            ["i64"] = torch.arange(4, torch.int64),
            ["u8"] = torch.zeros(0, 3, torch.uint8),
            ["bf16"] = torch.ones(3, torch.bfloat16) / 3,
        };
        SafeTensors.Write(folder["a"], tensors.Select(t => TorchBridge.ToEntry(t.Key, t.Value)), new Dictionary<string, string>());
        foreach (var entry in SafeTensors.Read(folder["a"]).Tensors)
        {
            var read = TorchBridge.ToTensor(entry);
            Assert.Equal(tensors[entry.Name].dtype, read.dtype);
            Assert.True(tensors[entry.Name].equal(read).all().ToBoolean(), entry.Name);
            Assert.Equal(tensors[entry.Name].shape, read.shape);
        }
    }
}
