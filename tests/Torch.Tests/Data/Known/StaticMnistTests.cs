using System.IO.Compression;
using System.Text;

namespace Vae.Torch.Tests;

public class StaticMnistTests
{
    private static readonly string[] Names = ["x_train", "x_valid", "x_test"];

    // Item i of a part has i ones.
    private static byte[] Archive(int[] counts, byte one = 1)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create))
            foreach (var (name, count) in Names.Zip(counts))
            {
                using var stream = zip.CreateEntry($"{name}.npy").Open();
                var header = Encoding.Latin1.GetBytes($"{{'descr': '|u1', 'fortran_order': False, 'shape': ({count}, 28, 28), }}\n");
                byte[] start = [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header];
                stream.Write(start);
                stream.Write([.. Enumerable.Range(0, count * 784).Select(i => i % 784 < i / 784 ? one : (byte)0)]);
            }
        return buffer.ToArray();
    }

    private static int[] Ones(Dataset part) =>
        part.Pixels.Match(bytes => bytes.ToArray().Chunk(784).Select(item => item.Count(value => value == 255)).ToArray(), _ => []);

    [Fact]
    public void AnArchiveKeepsItsOwnSplit()
    {
        using var folder = new TempFolder();
        folder.Write("static-mnist/static-mnist.npz", Archive([5, 3, 2]));
        var split = DataSources.Load("static-mnist", new(Root: folder.Path, Validation: 0.2, Download: false));
        Assert.Equal([0, 1, 2, 3, 4], Ones(split.Train));
        Assert.Equal([0, 1, 2], Ones(split.Validation));
        Assert.Equal([0, 1], Ones(split.Test));
        Assert.Equal((Shape.Image(1, 28, 28), "static-mnist", false), (split.Train.Shape, split.Train.Name, split.Train.HasLabels));
        Assert.Equal(2, DataSources.Load("static-mnist", new(Root: folder.Path, Limit: 2, Download: false)).Train.Count);
    }

    [Fact]
    public void OtherValuesAreRefused()
    {
        using var folder = new TempFolder();
        folder.Write("static-mnist/static-mnist.npz", Archive([5, 3, 2], one: 7));
        Damage.Refused(() => DataSources.Load("static-mnist", new(Root: folder.Path, Download: false)),
            "must hold images of 0 and 1");
    }

    [Fact]
    public void WithoutFilesAndWithoutADownloadItSaysWhatIsLookedFor()
    {
        using var folder = new TempFolder();
        using var variables = new Variables(("VAE_DATA", null), ("XDG_CACHE_HOME", folder.Path));
        Damage.Refused(() => DataSources.Load("static-mnist", new(Root: folder.Path, Download: false)),
            "data.root: must hold static-mnist/static-mnist.npz");
    }

    [Fact]
    public void AShortTextFileIsRefused()
    {
        using var folder = new TempFolder();
        foreach (var part in new[] { "train", "valid", "test" })
            folder.Write($"static-mnist/binarized_mnist_{part}.amat", "0 1\n"u8.ToArray());
        Damage.Refused(() => DataSources.Load("static-mnist", new(Root: folder.Path, Download: false)),
            "must have 50000 lines of 784 digits, 78400000 bytes, got 4 bytes");
    }
}
