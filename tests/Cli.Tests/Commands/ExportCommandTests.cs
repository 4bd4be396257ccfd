namespace Vae.Cli.Tests;

public sealed class ExportCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void ARunIsExportedAsOnnx()
    {
        var called = Cli.Call("export", cli.Trained("run"), "--onnx", "--draws", "2", "--out", cli.Path("web"));
        Assert.Equal((0, ""), (called.Code, called.Error));
        Assert.Equal(
            ["decoder.onnx", "encoder.onnx", "scorer.onnx"], Directory.EnumerateFiles(cli.Path("web")).Select(Path.GetFileName).Order());
        Assert.Contains("(--onnx)", Cli.Call("export", cli.Path("run")).Error, StringComparison.Ordinal);
    }
}
