using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SkiaSharp;
using Xunit.Abstractions;

namespace Vae.Torch.Tests;

/// <summary>
/// However a file is damaged, it is read or refused, in bounded time and memory.
/// <c>VAE_MUTANTS=10000 dotnet test tests/Torch.Tests -c Release --filter MutationTests</c> tries more.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void SafeTensorsFiles() => Try("a.safetensors", Weights(), path => SafeTensors.Read(path));

    [Fact]
    public void TheFilesOfARun()
    {
        var experiment = Samples.Tiny.With(data: Samples.Tiny.Data.With(validation: 0.2));
        var data = Samples.Data(experiment.Model);
        Trainer.Train(experiment, data, new(folder["run"]));
        foreach (var name in new[] { "optimizer.safetensors", "best.safetensors", "model.safetensors", "experiment.json", "history.jsonl" })
        {
            var whole = File.ReadAllBytes(folder[$"run/{name}"]);
            Try($"run/{name}", whole, _ => Use(experiment, data, name));
            File.WriteAllBytes(folder[$"run/{name}"], whole);
        }
    }

    [Fact]
    public void NumpyFiles()
    {
        var npy = Npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", new byte[24]);
        Try("a.npy", npy, path => Torch.NumpyFiles.Read(path));
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in new[] { ("x.npy", npy),
                    ("y.npy", Npy("{'descr': '<U2', 'fortran_order': False, 'shape': (2,), }", new byte[16])) })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        Try("a.npz", buffer.ToArray(), path => DataSources.Load(path));
    }

    [Fact]
    public void IdxFiles()
    {
        byte[] idx = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8];
        Try("a-idx3-ubyte", idx, path => Idx.ReadArray(path, 3));
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(idx);
        Try("a-idx3-ubyte.gz", buffer.ToArray(), path => Idx.ReadArray(path, 3));
    }

    // The contents of compressed files too, whose checksums are right.
    [Fact]
    public void KnownArchives()
    {
        Try("cifar.tar.gz", CifarTests.Archive(), path => Cifar.Read(path, new()));
        new Fuzzing(output).Try("cifar.tar", CifarTests.Tar(), bytes => folder.Write("cifar.tar.gz", IdxTests.Gzip(bytes)),
            path => Cifar.Read(path, new()));
        Try("emnist.zip", EmnistTests.Archive("digits", [1, 2], [3]), path => Emnist.Read("emnist:digits", path, new()));
        Try("dsprites.npz", DspritesTests.Archive(10), path => Dsprites.Read(path, new()));
        Try("frey-faces.pkl", FreyFacesTests.Pickle(FreyFacesTests.Literal(2), 2), path => FreyFaces.Read(path, new(), 2));
        new Fuzzing(output).Try("literal.pkl", Encoding.Latin1.GetBytes(FreyFacesTests.Literal(2)),
            bytes => folder.Write("literal.pkl", FreyFacesTests.Pickle(Encoding.Latin1.GetString(bytes), 2)),
            path => FreyFaces.Read(path, new(), 2));
        foreach (var isCompressed in new[] { false, true })
            Try($"omniglot-{isCompressed}.mat", OmniglotTests.Archive(new(IsCompressed: isCompressed)), path => Omniglot.Read(path, new()));
        MatWriter writer = new();
        var elements = writer.Matrix("x", [2, 3], [1, 2, 3, 4, 5, 6]);
        Try("a.mat", writer.File(elements), path => MatFile.Read(path, [new("x", 2, 3)]));
        new Fuzzing(output).Try("unpacked.mat", elements, bytes => folder.Write("unpacked.mat", writer.File(writer.Packed(bytes))),
            path => MatFile.Read(path, [new("x", 2, 3)]));
    }

    // Values as they are, and columns of a table, whose kinds are inferred.
    [Theory]
    [InlineData("a.csv", "a,b,label\n1,2.5,x\n\"3\",4,y\n")]
    [InlineData("b.csv", "a;b;c\n1,5;\"x;y\";2024-01-31\n-2,25;z;2024-02-01 12:30\n;\"\"\"\";\n3,0;NULL;\n")]
    [InlineData("c.tsv", "a\tb\tc\n1\tTrue\t1e3\n2\tFalse\tinf\nn/a\tTrue\t0.5\n")]
    public void Tables(string name, string text)
    {
        if (name == "a.csv")
            Try(name, Encoding.UTF8.GetBytes(text), path => Csv.Read(path, new(RawValues: true)));
        Try(name, Encoding.UTF8.GetBytes(text), path =>
        {
            var file = TableFile.Open(path);
            var understood = file.Infer();
            file.Read(understood.Schema, isMasked: true);
        });
    }

    [Fact]
    public void ClaimsAndSamplers()
    {
        var claim = new Claim(
            "a", "s", "f", "none", ClaimTier.Short, 1, Better.Lower, 1, "nll:5", [Samples.Tiny], [], "n", 2, null, "2026-01-31", 3, "c");
        ClaimFiles.Write(folder.Path, claim);
        Try("a.json", File.ReadAllBytes(folder["a.json"]), path => ClaimFiles.Read(path));
        Try(
            "sampler.json", Encoding.UTF8.GetBytes(SpecJson.Write(Samplers.Mixture(3))),
            path => VaeException.Unwrap(SpecJson.ReadSampler(File.ReadAllText(path))));
    }

    [Fact]
    public void RecordsOfDataAndRowsOfSweeps()
    {
        var data = Pixels.OfNumbers([1, 2, 3, 4, 5, 6], i => $"[{i}]", new(RawValues: true));
        var record = DataRecord.Of(Dataset.Create("made", Shape.Vector(2), data, default, []), [7, 8, 9], new([0], [1], [2]));
        Try("data.json", Encoding.UTF8.GetBytes(record.Write()), path => DataRecord.Read(File.ReadAllText(path), path).Find([8, 9]));
        SweepRun run = new("run", ["2"], Samples.Tiny);
        SweepRows rows = new(folder.Path);
        Directory.CreateDirectory(folder["run"]);
        rows.Write(run, new("run", ["2"], Outcome.Completed, 3, 1.5, new(1, 2, 3), 2, false));
        Try("run/row.json", File.ReadAllBytes(folder["run/row.json"]), _ => JsonSerializer.Serialize(rows.Read(run)!.Outcome));
    }

    // With the checksum of what is there, as someone would write it who means harm.
    [Fact]
    public void CompressedExamples()
    {
        using var model = new VaeModel(Samples.Tiny.Model.With(likelihood: Likelihoods.Bernoulli), 1);
        var whole = model.Compress(new float[3, 6], seed: 5);
        new Fuzzing(output).Try("a.vae", whole[..^4], bytes =>
        {
            byte[] padded = [.. bytes, .. new byte[(4 - bytes.Length % 4) % 4]];
            return folder.Write("a.vae", [.. padded, .. BitConverter.GetBytes(Crc32C.Compute(padded))]);
        }, path => model.Decompress(File.ReadAllBytes(path)));
    }

    [Theory]
    [InlineData("a.png", SKEncodedImageFormat.Png)]
    [InlineData("a.jpg", SKEncodedImageFormat.Jpeg)]
    [InlineData("a.webp", SKEncodedImageFormat.Webp)]
    [InlineData("a.bmp", SKEncodedImageFormat.Bmp)]
    [InlineData("a.gif", SKEncodedImageFormat.Gif)]
    public void Pictures(string name, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(9, 7, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new(200, 100, 50));
        byte[] seed = format switch
        {
            SKEncodedImageFormat.Bmp => [.. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0,
                .. new byte[24], .. new byte[16]],
            SKEncodedImageFormat.Gif => Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="),
            _ => bitmap.Encode(format, 90).ToArray(),
        };
        Try($"{format}/{name}", seed, path => ImageFolder.Read(Path.GetDirectoryName(path)!, new(Decoder: ImageDecoders.Skia)));
    }

    [Fact]
    public void TarFiles()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(3, 2, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new(200, 100, 50));
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
            foreach (var (name, content) in new[] { ("x/a.png", bitmap.Encode(SKEncodedImageFormat.Png, 90).ToArray()), ("x/a.cls", "7"u8.ToArray()) })
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        Try("a.tar", stream.ToArray(), path => DataSources.Load(path, new(Decoder: ImageDecoders.Skia)));
    }

    private static byte[] Npy(string header, byte[] data) =>
        [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)(header.Length + 1)),
        .. Encoding.Latin1.GetBytes(header + "\n"), .. data];

    private byte[] Weights()
    {
        SafeTensors.Write(folder["seed"], [new("a", "F32", [2, 2], new byte[16]), new("b", "I64", [1], new byte[8])],
            new Dictionary<string, string> { ["format"] = "pt" });
        return File.ReadAllBytes(folder["seed"]);
    }

    private void Use(Experiment experiment, DataSplit data, string name)
    {
        var run = RunFolder.Open(folder["run"]);
        if (name == "model.safetensors")
            run.LoadModel().Dispose();
        else if (name == "best.safetensors")
            run.LoadBest().Dispose();
        else if (name == "experiment.json")
            SpecJson.Write(run.Experiment());
        else
            new TrainingRun(experiment, data, new(folder["run"], Resume: true), run, new Each(_ => { }), Pace.Usual).Dispose();
    }

    private void Try(string name, byte[] seed, Action<string> read) =>
        new Fuzzing(output).Try(name, seed, bytes => folder.Write(name, bytes), read);
}
