using System.Security.Cryptography;

namespace Vae.Torch.Tests;

public class DownloaderTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * i / 7))];

    private static readonly RemoteFile Wanted = new("file", Digests.Sha256(Convert.ToHexStringLower(SHA256.HashData(Bytes))));

    private static Task<string> Fetch(TempFolder folder, RemoteFile file, params Loopback[] servers) =>
        FetchFrom(folder, file, [.. servers.Select(s => s.Address)]);

    private static async Task<string> FetchFrom(TempFolder folder, RemoteFile file, params Uri[] mirrors)
    {
        using var downloader = new Downloader(mirrors, new SocketsHttpHandler(), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20));
        return await downloader.FetchAsync(file, folder["sub"]);
    }

    private static void IsWholeAndAlone(TempFolder folder, string path)
    {
        Assert.Equal(Bytes, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder["sub"]));
    }

    [Fact]
    public async Task AFileArrivesWhole()
    {
        using var folder = new TempFolder();
        using var server = new Loopback(Loopback.Whole(Bytes));
        IsWholeAndAlone(folder, await Fetch(folder, Wanted, server));
    }

    [Fact]
    public async Task SeveralMayFetchAtOnce()
    {
        using var folder = new TempFolder();
        using var server = new Loopback(Loopback.Whole(Bytes));
        var paths = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Fetch(folder, Wanted, server))));
        Assert.All(paths, path => IsWholeAndAlone(folder, path));
    }

    [Fact]
    public async Task ACutTransferIsResumed()
    {
        using var folder = new TempFolder();
        using var server = new Loopback(Loopback.Cut(Bytes, 70_000), Loopback.Rest(Bytes));
        IsWholeAndAlone(folder, await Fetch(folder, Wanted, server));
        Assert.Equal(["", "bytes=70000-"], server.Ranges);
    }

    [Fact]
    public async Task ACutTransferIsResumedByTheNextProcess()
    {
        using var folder = new TempFolder();
        folder.Write("sub/file.part", Bytes[..50_000]);
        using var server = new Loopback(Loopback.Rest(Bytes));
        IsWholeAndAlone(folder, await Fetch(folder, Wanted, server));
    }

    [Fact]
    public async Task AServerThatKnowsNoRangesStartsAgain()
    {
        using var folder = new TempFolder();
        folder.Write("sub/file.part", Bytes[..50_000]);
        using var server = new Loopback(Loopback.Whole(Bytes));
        IsWholeAndAlone(folder, await Fetch(folder, Wanted, server));
    }

    [Fact]
    public async Task APartThatIsTooLongStartsAgain()
    {
        using var folder = new TempFolder();
        folder.Write("sub/file.part", [.. Bytes, 1]);
        using var server = new Loopback(Loopback.Status(416), Loopback.Whole(Bytes));
        IsWholeAndAlone(folder, await Fetch(folder, Wanted, server));
    }

    [Fact]
    public async Task APartOfAnotherFileStartsAgain()
    {
        using var folder = new TempFolder();
        folder.Write("sub/file.part", new byte[50_000]);
        using var server = new Loopback(Loopback.Rest(Bytes), Loopback.Whole(Bytes));
        IsWholeAndAlone(folder, await Fetch(folder, Wanted, server));
        Assert.Equal(["bytes=50000-", ""], server.Ranges);
    }

    [Fact]
    public async Task AServerThatFallsSilentIsLeft()
    {
        using var folder = new TempFolder();
        using Loopback silent = new(_ => { }), other = new(Loopback.Whole(Bytes));
        using var downloader = new Downloader([silent.Address, other.Address], new SocketsHttpHandler(), TimeSpan.Zero,
            TimeSpan.FromSeconds(3));
        IsWholeAndAlone(folder, await downloader.FetchAsync(Wanted, folder["sub"]));
    }

    [Fact]
    public async Task ProgressEndsWithTheWholeFile()
    {
        using var folder = new TempFolder();
        var received = new ProgressLog();
        using var server = new Loopback(Loopback.Cut(Bytes, 70_000), Loopback.Rest(Bytes));
        using var downloader = new Downloader([server.Address], new SocketsHttpHandler(), TimeSpan.Zero, TimeSpan.FromSeconds(20), received);
        await downloader.FetchAsync(Wanted, folder["sub"]);
        Assert.All(received.Values, p => Assert.Equal(Bytes.Length, p.Total));
        Assert.Equal(received.Values.Select(p => p.Received).Order(), received.Values.Select(p => p.Received));
        Assert.Equal(new("file", Bytes.Length, Bytes.Length), received.Values[^1]);
    }

    private sealed class ProgressLog : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> Values { get; } = [];

        public void Report(DownloadProgress value) => Values.Add(value);
    }

    [Fact]
    public async Task ABusyServerIsRetried()
    {
        using var folder = new TempFolder();
        using var server = new Loopback(Loopback.Status(503), Loopback.Status(503), Loopback.Whole(Bytes));
        IsWholeAndAlone(folder, await Fetch(folder, Wanted, server));
    }

    [Fact]
    public async Task AnotherMirrorHelps()
    {
        using var folder = new TempFolder();
        using Loopback one = new(Loopback.Status(404)), two = new(Loopback.Whole(Bytes));
        IsWholeAndAlone(folder, await Fetch(folder, Wanted, one, two));
    }

    [Fact]
    public async Task AWrongFileIsNotKept()
    {
        using var folder = new TempFolder();
        using var server = new Loopback([.. Enumerable.Repeat(Loopback.Whole([1, 2, 3]), 4)]);
        var error = await Assert.ThrowsAsync<VaeException>(() => Fetch(folder, Wanted, server));
        Assert.Contains($"SHA-256 must be {Wanted.Digest.Value}, got 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
            error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder["sub"]));
    }

    [Fact]
    public async Task TheDigestMayBeThatOfTheContent()
    {
        using var folder = new TempFolder();
        var zipped = IdxTests.Gzip(Bytes);
        using var server = new Loopback(Loopback.Whole(Bytes), Loopback.Whole(zipped[..^9]), Loopback.Whole(zipped));
        var wanted = Wanted with { Digest = Digests.ContentSha256(Wanted.Digest.Value) };
        Assert.Equal(zipped, File.ReadAllBytes(await Fetch(folder, wanted, server)));
    }

    [Fact]
    public async Task TheDigestMayBeTheIdOfABlob()
    {
        using var folder = new TempFolder();
        using var server = new Loopback(Loopback.Whole(Bytes), Loopback.Whole("hello\n"u8.ToArray()));
        var path = await Fetch(folder, new("file", Digests.GitBlob("ce013625030ba8dba906f756967f9e9ca394464a")), server);
        Assert.Equal("hello\n", File.ReadAllText(path));
    }

    [Fact]
    public async Task WhereAllMirrorsFailEachIsNamedWithItsReason()
    {
        using var folder = new TempFolder();
        using Loopback one = new([.. Enumerable.Repeat(Loopback.Status(404), 4)]),
            two = new([.. Enumerable.Repeat(Loopback.Status(503), 4)]);
        var closed = new Loopback();
        closed.Dispose();
        var error = await Assert.ThrowsAsync<VaeException>(() => Fetch(folder, Wanted, one, two, closed));
        Assert.Contains($"{one.Address} (HTTP 404); {two.Address} (HTTP 503); {closed.Address} (", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder["sub"]));
    }

    [Fact]
    public async Task PlainHttpIsRefusedOverANetwork()
    {
        using var folder = new TempFolder();
        var error = await Assert.ThrowsAsync<VaeException>(() => FetchFrom(folder, Wanted, new Uri("http://example.invalid/")));
        Assert.Contains("not HTTPS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsAMessage()
    {
        using var folder = new TempFolder();
        folder.Write("sub", [1]);
        await Assert.ThrowsAsync<VaeException>(() => FetchFrom(folder, Wanted, new Uri("http://127.0.0.1:1/")));
    }
}
