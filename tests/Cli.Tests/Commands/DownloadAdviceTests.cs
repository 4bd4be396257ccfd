using System.Net;
using Vae.Torch.Tests;

namespace Vae.Cli.Tests;

/// <summary>A data set that cannot be downloaded: the message says why, and what it advises is followed, and helps.</summary>
public sealed class DownloadAdviceTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose()
    {
        Downloader.Elsewhere = null;
        cli.Dispose();
    }

    private Called Train(string run, params string[] where) => Cli.Call(
        ["train", "--data", "fashion-mnist", "--limit", "64", "--epochs", "1", "--latent", "2", "--threads", "1", "--out", cli.Path(run), .. where]);

    private Called Refused(string reason)
    {
        var called = Train("run", "--data-root", cli.Path("root"));
        Assert.Equal(VaeCommand.BadInput, called.Code);
        var error = called.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last();
        Assert.StartsWith("vae: train-images-idx3-ubyte.gz: must come from one of its mirrors, got: http", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.EndsWith($"Put the file into {cli.Path("root/fashion-mnist")} by hand, or name a folder that has it (--data-root)", error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", called.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli.Path("run")));
        return called;
    }

    public static TheoryData<string, string> Answers => new()
    {
        { "not found", "HTTP 404" },
        { "busy", "HTTP 503" },
        { "another file", "SHA-256 must be" },
        { "a page of the network", "SHA-256 must be" },
        { "cut", "interrupted after" },
        { "half", "SHA-256 must be" },
        { "nobody", "refused" },
    };

    [Theory, MemberData(nameof(Answers))]
    public void WhyADownloadFailedIsSaid(string answer, string reason)
    {
        // Four rounds.
        var bytes = File.ReadAllBytes(Path.Combine(TinyDigits.Folder, "train-images-idx3-ubyte"));
        Action<HttpListenerContext> given = answer switch
        {
            "not found" => Loopback.Status(404),
            "busy" => Loopback.Status(503),
            "another file" => Loopback.Whole(bytes),
            "a page of the network" => Loopback.Whole("<html>Log in first</html>"u8.ToArray()),
            "cut" => Loopback.Cut(bytes, 0),
            _ => Loopback.Whole(bytes[..(bytes.Length / 2)]),
        };
        using var server = new Loopback([.. Enumerable.Repeat(given, 4)]);
        Downloader.Elsewhere = server.Address;
        if (answer == "nobody")
            server.Dispose();
        Refused(reason);
        // A wrong file is not kept, so nothing but a good one is read next time.
        Assert.Empty(Directory.GetFiles(cli.Path("root/fashion-mnist")));
    }

    [Fact]
    public void AFilePutIntoTheFolderByHandIsRead()
    {
        using var server = new Loopback();
        Downloader.Elsewhere = server.Address;
        Refused("HTTP 500");
        var folder = cli.Path("root/fashion-mnist");
        // One after another, as the message names them.
        foreach (var file in Directory.GetFiles(TinyDigits.Folder).OrderDescending())
        {
            var called = Train("run", "--data-root", cli.Path("root"));
            Assert.Equal(VaeCommand.BadInput, called.Code);
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        Assert.Equal(0, Train("run", "--data-root", cli.Path("root")).Code);
    }

    [Fact]
    public void AFolderThatHasTheFilesIsRead()
    {
        using var server = new Loopback();
        Downloader.Elsewhere = server.Address;
        Refused("HTTP 500");
        Assert.Equal(0, Train("run", "--data-root", TinyDigits.Folder).Code);
    }

    [Fact]
    public void AWrongFilePutIntoTheFolderByHandIsNamed()
    {
        using var server = new Loopback();
        Downloader.Elsewhere = server.Address;
        Directory.CreateDirectory(cli.Path("root/fashion-mnist"));
        foreach (var file in Directory.GetFiles(TinyDigits.Folder))
            File.WriteAllText(cli.Path($"root/fashion-mnist/{Path.GetFileName(file)}.gz"), "<html>Log in first</html>");
        var called = Train("run", "--data-root", cli.Path("root"));
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.StartsWith($"vae: {cli.Path("root/fashion-mnist/train-images-idx3-ubyte.gz")}: must be", called.Error, StringComparison.Ordinal);
    }
}
