using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>TorchSharp's tensors and the reference arrays are the same carrier, in float64.</summary>
public class CarrierLawTests
{
    private const double Tolerance = 1e-12;

    private static readonly (int[] Left, int[] Right)[] Shapes = [
        ([3], [3]), ([2, 3], [2, 3]), ([2, 3], [3]), ([3], [2, 3]), ([4, 1], [1, 3]), ([2, 1, 3], [4, 1]), ([1], [2, 2]),
        ([2, 3, 2, 2], [3, 1, 1]), ([1, 1], [1])];

    [Fact]
    public void BinaryOperatorsAgreeWithBroadcasting()
    {
        var seed = 0UL;
        foreach (var (left, right) in Shapes)
        {
            var (a, b) = (Random(seed++, left), Random(seed++, right, away: 0.3));
            Agree(a, b, (x, y) => x + y, (x, y) => x + y);
            Agree(a, b, (x, y) => x - y, (x, y) => x - y);
            Agree(a, b, (x, y) => x * y, (x, y) => x * y);
            Agree(a, b, (x, y) => x / y, (x, y) => x / y);
        }
    }

    [Fact]
    public void OperatorsWithNumbersAgree()
    {
        foreach (var number in new[] { 0, -0.0, 1, -1, 0.1, Math.PI, 1e-12, 1e12, -37.5 })
        {
            var a = Random(11, [2, 3], away: 0.3);
            Agree(a, x => x + number, x => x + number);
            Agree(a, x => number + x, x => number + x);
            Agree(a, x => x - number, x => x - number);
            Agree(a, x => number - x, x => number - x);
            Agree(a, x => x * number, x => x * number);
            Agree(a, x => number * x, x => number * x);
            Agree(a, x => x / number, x => x / number);
            Agree(a, x => number / x, x => number / x);
        }
    }

    [Fact]
    public void ElementwiseFunctionsAgree()
    {
        var any =
            NdArray.Reshape(Join(Random(21, [30]), NdArray.FromValues([0, -0.0, 1e-9, -1e-9, 60, -60, 700, -700, 30, -30], 10)), 8, 5);
        var positive = NdArray.Abs(Random(22, [4, 5], away: 0.01));
        Agree(any, x => -x, x => -x);
        Agree(any / 2.0, NdArray.Exp, TorchTensor.Exp);
        Agree(positive, NdArray.Log, TorchTensor.Log);
        Agree(positive - 0.999 * 0.01, NdArray.Log1p, TorchTensor.Log1p);
        Agree(1e-13 * positive, NdArray.Log1p, TorchTensor.Log1p);
        Agree(positive, NdArray.Sqrt, TorchTensor.Sqrt);
        Agree(any, NdArray.Square, TorchTensor.Square);
        Agree(any, NdArray.Abs, TorchTensor.Abs);
        Agree(any, NdArray.Sign, TorchTensor.Sign);
        Agree(any, NdArray.Tanh, TorchTensor.Tanh);
        Agree(any, NdArray.Sigmoid, TorchTensor.Sigmoid);
        Agree(any, NdArray.LogSigmoid, TorchTensor.LogSigmoid);
        Agree(any, x => NdArray.SoftClamp(x, -20, 30), x => TorchTensor.SoftClamp(x, -20, 30));
        Agree(NdArray.FromValues([double.NaN, 1, -40, 50], 4), x => NdArray.SoftClamp(x, -20, 30), x => TorchTensor.SoftClamp(x, -20, 30));
    }

    [Fact]
    public void ReductionsAgree()
    {
        var x = Random(31, [3, 2, 4]);
        foreach (int[] axes in new int[][] { [], [0], [1], [2], [0, 1], [0, 2], [2, 1], [0, 1, 2] })
            Agree(x, a => NdArray.Sum(a, axes), a => TorchTensor.Sum(a, axes));
        foreach (int[] dims in new int[][] { [3], [3, 2], [3, 2, 4], [1, 1], [2, 1, 3, 3] })
            Agree(Random(32, dims), NdArray.SumEvent, TorchTensor.SumEvent);
        for (var axis = 0; axis < 3; axis++)
            foreach (var scale in new[] { 1.0, 1000 })
                Agree(scale * x, a => NdArray.LogSumExp(a, axis), a => TorchTensor.LogSumExp(a, axis));
        var none = NdArray.FromValues([double.NegativeInfinity, 1, double.NegativeInfinity, double.NegativeInfinity], 2, 2);
        Agree(none, a => NdArray.LogSumExp(a, 0), a => TorchTensor.LogSumExp(a, 0));
    }

    [Fact]
    public void MatricesAndShapesAgree()
    {
        foreach (var (n, k, m) in new[] { (1, 1, 1), (2, 3, 4), (5, 1, 2), (3, 7, 1) })
            Agree(Random(41, [n, k]), Random(42, [k, m]), NdArray.MatMul, TorchTensor.MatMul);
        var x = Random(43, [3, 4]);
        Agree(x, NdArray.Transpose, TorchTensor.Transpose);
        Agree(x, a => NdArray.Reshape(NdArray.Transpose(a), 2, 6), a => TorchTensor.Reshape(TorchTensor.Transpose(a), 2, 6));
        for (var start = 0; start < 4; start++)
            for (var length = 1; length <= 4 - start; length++)
                Agree(x, a => NdArray.Slice(a, 1, start, length), a => TorchTensor.Slice(a, 1, start, length));
        Agree(x, a => NdArray.Slice(a, 0, 1, 2), a => TorchTensor.Slice(a, 0, 1, 2));
    }

    internal static NdArray Random(ulong seed, int[] dims, double away = 0)
    {
        var random = KeyedRandom.FromSeed(seed);
        return NdArray.FromValues([.. Enumerable.Range(0, dims.Aggregate(1, (a, d) => a * d))
            .Select(i => random.Bell(i) is var v && v < 0 ? v - away : random.Bell(i) + away)], dims);
    }

    internal static Tensor ToTensor(NdArray x) =>
        tensor(x.ToArray(), ScalarType.Float64).reshape([.. x.Dims.Select(dim => (long)dim)]);

    internal static void Close(NdArray expected, Tensor actual, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Dims.Select(dim => (long)dim), actual.shape);
        Assert.Equal(ScalarType.Float64, actual.dtype);
        foreach (var (e, a) in expected.ToArray().Zip(actual.ToDoubles()))
            Assert.True(e.Equals(a) || Math.Abs(e - a) <= tolerance * Math.Max(1, Math.Abs(e)), $"expected {e:R}, got {a:R}");
    }

    private static NdArray Join(NdArray a, NdArray b) =>
        NdArray.FromValues([.. a.ToArray(), .. b.ToArray()], a.ToArray().Length + b.ToArray().Length);

    private static void Agree(NdArray x, Func<NdArray, NdArray> reference, Func<TorchTensor, TorchTensor> torch)
    {
        using var scope = NewDisposeScope();
        Close(reference(x), torch(ToTensor(x)).Tensor);
    }

    private static void Agree(NdArray a, NdArray b, Func<NdArray, NdArray, NdArray> reference,
        Func<TorchTensor, TorchTensor, TorchTensor> torch)
    {
        using var scope = NewDisposeScope();
        Close(reference(a, b), torch(ToTensor(a), ToTensor(b)).Tensor);
    }
}
