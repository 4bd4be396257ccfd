using System.Security.Cryptography;

namespace Vae.Torch.Tests;

/// <summary>An archive is used where it lies, else downloaded and verified.</summary>
public sealed class KnownArchiveTests : IDisposable
{
    private static readonly byte[] Bytes = CifarTests.Archive();

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ADownloadedArchiveIsLoaded()
    {
        using var server = new Loopback(Loopback.Whole(Bytes));
        var path = Find(server);
        Assert.Equal(folder["set/file"], path);
        Assert.Equal(10, Cifar.Read(path, new()).Train.Count);
        // A second time the file is there, and no server is asked.
        Assert.Equal(path, Find(server));
        Assert.Single(server.Ranges);
    }

    [Fact]
    public void AnArchiveOfAnotherSumIsRefusedAndLeavesNothing()
    {
        using var server = new Loopback([.. Enumerable.Repeat(Loopback.Whole([.. Bytes, 0]), 4)]);
        Damage.Refused(() => Find(server), "SHA-256 must be");
        Assert.Empty(Directory.GetFiles(folder["set"]));
    }

    [Fact]
    public void AnArchiveThatIsCutShortIsNotUsed()
    {
        using var server = new Loopback(Loopback.Cut(Bytes, Bytes.Length / 2));
        Damage.Refused(() => Find(server), "file: must come from one of its mirrors");
        Assert.False(File.Exists(folder["set/file"]));
    }

    [Theory]
    [InlineData("cifar-10", "cifar-10/cifar-10-binary.tar.gz")]
    [InlineData("dsprites", "dsprites/dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz")]
    [InlineData("emnist", "emnist/gzip.zip")]
    [InlineData("emnist:letters", "emnist/gzip.zip")]
    [InlineData("frey-faces", "frey-faces/freyfaces.pkl")]
    [InlineData("omniglot", "omniglot/chardata.mat")]
    public void WithoutADownloadTheErrorSaysWhatToPutWhere(string name, string path)
    {
        var refusal = Damage.Refused(() => DataSources.Load(name, new(Root: folder.Path, Download: false)),
            $"data.root: must hold {path} (from https://");
        Assert.Contains(folder.Path, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set/file")]
    [InlineData("file")]
    public void AnArchiveIsFoundInTheRootOrInTheFolderOfTheSet(string name)
    {
        folder.Write(name, [1]);
        using var server = new Loopback();
        Assert.Equal(folder[name], Find(server));
        Assert.Empty(server.Ranges);
    }

    private string Find(Loopback server) =>
        new KnownArchive("set", new("file", Digests.Sha256(Convert.ToHexStringLower(SHA256.HashData(Bytes)))), [server.Address]).Find(
            new(Root: folder.Path),
            () => new Downloader([server.Address], new SocketsHttpHandler(), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20)));
}
