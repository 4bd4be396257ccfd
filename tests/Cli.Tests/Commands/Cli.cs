using System.Text.Json;

namespace Vae.Cli.Tests;

/// <summary>What a call of the command gave.</summary>
internal sealed record Called(int Code, string Output, string Error)
{
    public JsonElement LastLine => JsonDocument.Parse(Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
}

/// <summary>The command in this process, its writers captured; everything it writes goes below a folder of the test's own.</summary>
internal sealed class Cli : IDisposable
{
    /// <summary>A run that ends within a second.</summary>
    public static readonly string[] Tiny = ["--data", TinyDigits.Folder, "--limit", "256", "--epochs", "2", "--threads", "1"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vae-cli-");

    public string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    public static Called Call(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = VaeCommand.Run(args, output, error).GetAwaiter().GetResult();
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Trains a tiny run; the folder's path.</summary>
    public string Trained(string name, params string[] more)
    {
        var called = Call(["train", .. Tiny, "--out", Path(name), "--json", .. more]);
        Assert.Equal((0, ""), (called.Code, called.Error));
        return Path(name);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
