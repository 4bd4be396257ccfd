namespace Vae.Cli.Tests;

public sealed class CompressCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void ExamplesComeBackAsTheModelSawThem()
    {
        var run = cli.Trained("run", "--binarize", "threshold", "--likelihood", "bernoulli");
        var (file, back) = (cli.Path("test.vae"), cli.Path("back.npy"));
        var size = Good("compress", run, "--out", file, "--json").LastLine;
        Assert.Equal(new FileInfo(file).Length, size.GetProperty("bytes").GetInt64());
        Assert.Equal(1, size.GetProperty("bitsPerExample").GetDouble() / size.GetProperty("negElboBits").GetDouble(), 0.03);
        Good("decompress", run, file, "--out", back);
        // The same examples compress to the same file.
        Good("compress", run, "--data", back, "--out", cli.Path("again.vae"));
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(cli.Path("again.vae")));
    }

    [Fact]
    public void WhatIsNoSuchFileIsRefused()
    {
        var run = cli.Trained("run", "--binarize", "threshold", "--likelihood", "bernoulli");
        var (wrong, back) = (cli.Path("wrong.vae"), cli.Path("back.npy"));
        File.WriteAllText(wrong, "nothing");
        Refused("must be a file of compressed examples", "decompress", run, wrong, "--out", back);
        Refused("must be a readable", "decompress", run, cli.Path("absent"), "--out", back);
        Refused("model.likelihood", "compress", cli.Trained("grey"));
        Assert.False(File.Exists(back));
    }

    private static Called Good(params string[] line)
    {
        var called = Cli.Call(line);
        Assert.Equal((0, ""), (called.Code, called.Error));
        return called;
    }

    private static void Refused(string sentence, params string[] line)
    {
        var called = Cli.Call(line);
        Assert.Equal(2, called.Code);
        Assert.Contains(sentence, called.Error, StringComparison.Ordinal);
    }
}
