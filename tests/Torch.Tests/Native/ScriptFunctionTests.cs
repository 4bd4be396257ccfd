using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Vae.Tests;

public class ScriptFunctionTests
{
    private const string Adds = "def add(a: Tensor, b: Tensor, twice: bool) -> None:\n    a.add_(b)\n    if twice:\n        a.add_(b)\n";

    [Fact]
    public void ACallSeesWhatWasPassedLast()
    {
        using var scope = NewDisposeScope();
        Tensor a = zeros(3), b = ones(3), c = zeros(3);
        using var add = new ScriptFunction(Adds, "add", [a, b, a]);
        add.Pass(2, true);
        add.Invoke();
        add.Pass(0, c);
        add.Pass(2, false);
        add.Invoke();
        Assert.Equal([2f, 2f, 2f], a.ToFloats());
        Assert.Equal([1f, 1f, 1f], c.ToFloats());
    }

    [Fact]
    public void ACallAllocatesNothing()
    {
        using var scope = NewDisposeScope();
        using var add = new ScriptFunction(Adds, "add", [zeros(3), ones(3), ones(3)]);
        add.Pass(2, false);
        add.Invoke();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            add.Invoke();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void AnErrorOfTorchIsThrown()
    {
        using var scope = NewDisposeScope();
        using var add = new ScriptFunction(Adds, "add", [zeros(3), ones(4), ones(3)]);
        add.Pass(2, false);
        Assert.ThrowsAny<ExternalException>(add.Invoke);
    }
}
