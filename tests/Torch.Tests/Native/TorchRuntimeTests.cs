using TorchSharp;

namespace Vae.Torch.Tests;

public class TorchRuntimeTests
{
    [Fact]
    public void TorchComputes()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(6f, torch.ones(2, 3).sum().ToSingle());
    }

    [Fact]
    public void LoadingTwiceIsLoadingOnce()
    {
        TorchRuntime.Load();
        Parallel.For(0, 8, _ => TorchRuntime.Load());
        Assert.Contains("libtorch 2.10.0", TorchRuntime.Description, StringComparison.Ordinal);
    }
}
