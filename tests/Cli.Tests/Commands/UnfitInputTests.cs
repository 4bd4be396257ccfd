using System.Runtime.InteropServices;
using System.Text.Json;
using Vae.Torch;

namespace Vae.Cli.Tests;

/// <summary>What cannot be computed ends in one sentence and exit code 2, and what is printed for programs is
/// JSON whatever the numbers.</summary>
public sealed class UnfitInputTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void MetricsThatAreNoNumbersAreNoSuccess()
    {
        var run = cli.Trained("run", "--latent", "2");
        var file = SafeTensors.Read(Path.Combine(run, "model.safetensors"));
        var huge = Enumerable.Repeat(3e38f, 1 << 20).ToArray();
        SafeTensors.Write(Path.Combine(run, "model.safetensors"),
            file.Tensors.Select(t => new SafeTensor(t.Name, t.Dtype, t.Shape,
                MemoryMarshal.AsBytes(huge.AsSpan(0, t.Data.Length / 4)).ToArray())),
            file.Metadata);
        var called = Cli.Call("evaluate", run, "--importance-samples", "1", "--json", "--threads", "1");
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains("must have finite metrics, got", called.Error, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, called.LastLine.GetProperty("reconstruction").ValueKind);
    }

    private sealed record Inner(double Good, ValueList<double> Many);

    private sealed record Outer(string Name, Inner? Inner, int Count);

    [Fact]
    public void NumbersWithinRecordsAndListsAreLookedAt()
    {
        Printing.ThrowUnlessFinite(new Outer("a", new(1, [2, 3]), 4), "x");
        Printing.ThrowUnlessFinite(new Outer("a", null, 4), "x");
        foreach (var wrong in new[] { new Inner(double.NaN, []), new(1, [2, double.PositiveInfinity]) })
            Assert.StartsWith("x: must have finite metrics, got ",
                Assert.Throws<VaeException>(() => Printing.ThrowUnlessFinite(new Outer("a", wrong, 4), "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MemoryIsForetoldAndTheAdviceIsPossible()
    {
        var run = cli.Trained("run");
        foreach (var file in new[] { "many.png", "many.csv" })
        {
            var called = Cli.Call("sample", run, "--count", "2000000000", "--out", cli.Path(file));
            Assert.Equal(VaeCommand.BadInput, called.Code);
            Assert.StartsWith("vae: memory: must hold 2,000,000,000 draws, at least ", called.Error, StringComparison.Ordinal);
            Assert.Contains("(use a lower --count)", called.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(cli.Path(file)));
        }
        var trained = Cli.Call(["train", .. Cli.Tiny, "--objective", "iwae:1000000000", "--out", cli.Path("large")]);
        Assert.StartsWith("vae: memory: must hold a step of 64 examples with 1,000,000,000 draws each", trained.Error, StringComparison.Ordinal);
        Assert.Contains("fewer samples of --objective", trained.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli.Path("large")));
    }

    [Fact]
    public void WhatNoTensorCanHoldIsASentence()
    {
        var called = Cli.Call(["train", .. Cli.Tiny, "--objective", "iwae:1000000000", "--out", cli.Path("run"), "--json"]);
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Matches("^vae: (memory|size): must ", called.Error);
        Assert.Single(called.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void NativeErrorsAreExplained()
    {
        Assert.StartsWith("memory: ",
            Said("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 96000000000 bytes.\nframe #0"),
            StringComparison.Ordinal);
        Assert.Contains("89.4 GiB",
            Said("DefaultCPUAllocator: can't allocate memory: you tried to allocate 96000000000 bytes."), StringComparison.Ordinal);
        // What libtorch advises beside it is no option of ours.
        Assert.Equal($"memory: must hold what was asked for ({NativeErrors.Advice}), got no room for 2.00 GiB more on the GPU",
            Said("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 3 GiB. If reserved but unallocated "
                + "memory is large try setting PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation."));
        Assert.StartsWith("memory: ", Said("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
            StringComparison.Ordinal);
        Assert.StartsWith("size: ", Said("Storage size calculation overflowed with sizes=[1]"), StringComparison.Ordinal);
        Assert.Equal("torch: must be able to compute this, got: odd", Said("odd\nframe #0: somewhere"));
        Assert.StartsWith("memory: ",
            NativeErrors.Explain(new AggregateException(new OutOfMemoryException()))!.Message, StringComparison.Ordinal);
        Assert.Null(NativeErrors.Explain(new InvalidOperationException("a bug")));
        static string Said(string message) => NativeErrors.Explain(new ExternalException(message))!.Message;
    }

    [Theory]
    [InlineData("\"tolerance\": 1,", "\"tolerance\": 1, \"tolerance\": 1,")]
    [InlineData("\"tolerance\": 1,", "\"tolerance\": 1e999,")]
    public void AClaimThatCannotBeWrittenIsNamed(string part, string instead)
    {
        Directory.CreateDirectory(cli.Path("claims"));
        var experiment = TrainRecipes.Default(Zoo.Mlp(Shape.Image(1, 28, 28), 2, 4), "digits", epochs: 1);
        ClaimFiles.Write(cli.Path("claims"), new(
            "one", "s", "f", "none", ClaimTier.Short, 1, Better.Lower, 1, "negElbo", [experiment], [], "", null, null, null, null, null));
        var file = Path.Combine(cli.Path("claims"), "one.json");
        var text = File.ReadAllText(file);
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(part, instead, StringComparison.Ordinal));
        var called = Cli.Call("claim", "--claims", cli.Path("claims"));
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains("one.json: must be a claim as JSON", called.Error, StringComparison.Ordinal);
    }
}
