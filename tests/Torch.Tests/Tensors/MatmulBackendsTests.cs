using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Tests;

public sealed class MatmulBackendsTests : IDisposable
{
    public void Dispose() => MatmulBackends.Use("default");

    [Fact]
    public void TheChosenRouteKeepsFloat32Precision()
    {
        using var scope = NewDisposeScope();
        var route = MatmulBackends.Choose();
        var (a, b) = (Noise(0, 100, 300), Noise(1, 300, 200));
        var exact = mm(a.to(ScalarType.Float64), b.to(ScalarType.Float64));
        Assert.InRange(PairedRuns.Distance(exact, mm(a, b).to(ScalarType.Float64)), 0, 1e-6);
        Assert.True(double.IsNaN(route.Error) || route.Error <= 1e-6, $"{route}");
    }

    [Fact]
    public void ChoosingAgainGivesTheSame() => Assert.Equal(MatmulBackends.Choose(), MatmulBackends.Choose());

    [Fact]
    public void ConvolutionsAndDoublesAreTheSameOnEveryRoute()
    {
        using var scope = NewDisposeScope();
        Tensor Convolved() => nn.functional.conv2d(Noise(0, 4, 3, 9, 9), Noise(1, 8, 3, 4, 4), null, [2, 2]);
        Tensor Product() => mm(Noise(0, 64, 64).to(ScalarType.Float64), Noise(1, 64, 64).to(ScalarType.Float64));
        MatmulBackends.Use("default");
        var (convolved, product) = (Convolved().ToFloats(), Product().ToDoubles());
        MatmulBackends.Choose();
        Assert.Equal(convolved, Convolved().ToFloats());
        Assert.Equal(product, Product().ToDoubles());
    }

    [Fact]
    public void AnUnknownRouteIsRefusedByName() =>
        Assert.Equal("matmul: must be one of auto, default, onednn, default+kernels, onednn+kernels, got mkl",
            Assert.Throws<VaeException>(() => MatmulBackends.Use("mkl")).Message);

    private static Tensor Noise(int step, params long[] dims)
    {
        using var noise = new KeyedNoise(5, CPU);
        var drawn = empty(dims);
        noise.Normal(drawn, Purpose.Evaluate, step);
        return drawn;
    }
}
