using DiffSharp;

namespace Vae.DiffSharp.Tests;

public class DiffSharpTensorTests
{
    public static TheoryData<int[], int[]> Shapes => new()
    {
        { [4, 1], [1, 3] }, { [2, 3], [3] }, { [3], [2, 3] }, { [2, 1, 3], [4, 1] }, { [1], [2, 2] }, { [2, 2], [] }, { [2, 3], [2, 3] },
    };

    public static TheoryData<string> All => [.. Operations.Arguments.Keys];

    [Theory, MemberData(nameof(Shapes))]
    public void BothSidesBroadcast(int[] left, int[] right)
    {
        NdArray[] at = [Draws.Reals(left)(new Random(1)), Draws.Positives(right)(new Random(2))];
        Same(x => x[0] + x[1], x => x[0] + x[1], x => x[0] + x[1], at);
        Same(x => x[0] - x[1], x => x[0] - x[1], x => x[0] - x[1], at);
        Same(x => x[0] * x[1], x => x[0] * x[1], x => x[0] * x[1], at);
        Same(x => x[0] / x[1], x => x[0] / x[1], x => x[0] / x[1], at);
    }

    [Theory, MemberData(nameof(All))]
    public void OperationsAreThoseOfArrays(string operation) => Same(
        x => Operations.Value(operation, x), x => Operations.Value(operation, x), x => Operations.Value(operation, x),
        Array.ConvertAll(Operations.Arguments[operation], draw => draw(new Random(1))));

    [Fact]
    public void ShapesThatDoNotBroadcastAreRefused() =>
        Assert.Equal("shapes: must broadcast, got [2] and [3]",
            Assert.Throws<ArgumentException>(() => DiffSharpTensor.FromValues([1, 2], 2) + DiffSharpTensor.FromValues([1, 2, 3], 3))
                .Message);

    [Fact]
    public void ATensorOfFloat32IsRefused() =>
        Assert.StartsWith("dtype: must be Float64, got Float32", Assert.Throws<ArgumentException>(
            () => new DiffSharpTensor(dsharp.tensor(1.5f, Device.CPU, Dtype.Float32, Backend.Reference))).Message);

    [Fact]
    public void ValuesThatDoNotFillTheDimensionsAreRefused() =>
        Assert.Throws<ArgumentException>(() => DiffSharpTensor.FromValues([1, 2, 3], 2, 2));

    [Theory, InlineData(-1, 1), InlineData(0, 0), InlineData(0, 4), InlineData(2, 2), InlineData(3, 1), InlineData(1, int.MaxValue)]
    public void SlicesOutsideAreRefused(int start, int length) =>
        Assert.Equal($"slice: must hold at least one of 0 … 2 and no other, got {length} from {start}",
            Assert.Throws<ArgumentException>(() => DiffSharpTensor.Slice(DiffSharpTensor.FromValues([1, 2, 3], 1, 3), 1, start, length))
                .Message);

    [Fact]
    public void NoArrayIsSharedWithTheCaller()
    {
        double[] values = [1, 2];
        int[] dims = [1, 2];
        var tensor = DiffSharpTensor.FromValues(values, dims);
        values[0] = dims[0] = 9;
        tensor.ToArray()[1] = 9;
        tensor.Dims[1] = 9;
        Assert.Equal([1, 2], tensor.ToArray());
        Assert.Equal([1, 2], tensor.Dims);
    }

    [Fact]
    public void ARowFarBelowAnotherKeepsItsLogSumExp()
    {
        var sums = DiffSharpTensor.LogSumExp(DiffSharpTensor.FromValues([1000, 1000, -1000, -1000], 2, 2), 1).ToArray();
        Near.Equal([1000 + Math.Log(2), -1000 + Math.Log(2)], sums, 1e-15);
    }

    [Fact]
    public void LogSumExpOfNothingIsMinusInfinity()
    {
        const double None = double.NegativeInfinity;
        Assert.Equal([None, 3], DiffSharpTensor.LogSumExp(DiffSharpTensor.FromValues([None, None, None, 3], 2, 2), 1).ToArray());
    }

    [Theory, InlineData("sigmoid"), InlineData("log-sigmoid")]
    public void SecondDerivativesAreThoseOfDualNumbers(string operation)
    {
        double[] at = [-60, -3, -0.5, 0, 0.5, 3, 60];
        var one = Dual<NdArray>.Constant(NdArray.Full(1, at.Length));
        var dual = Operations.Value(operation, [new Dual<Dual<NdArray>>(new(NdArray.FromValues(at, at.Length), one.Value), one)]);
        // Forward over reverse: the inner level runs backwards on numbers that the outer one differentiates.
        var outer = DiffSharpTensor.FromValues(at, at.Length)
            .Tensor.forwardDiff(DiffSharpTensor.FromValues(one.Value.ToArray(), at.Length).Tensor, nestingTag: 1);
        var inner = outer.reverseDiff(derivative: null, nestingTag: 2);
        Operations.Value<DiffSharpTensor>(operation, [inner]).Tensor.reverse(value: null, zeroDerivatives: null);
        Near.Equal(dual.Tangent.Value.ToArray(), new DiffSharpTensor(inner.derivative).ToArray(), 1e-10);
        Near.Equal(dual.Tangent.Tangent.ToArray(), new DiffSharpTensor(inner.derivative.derivative).ToArray(), 1e-10);
    }

    private static void Same(
        Func<NdArray[], NdArray> arrays, Func<Dual<NdArray>[], Dual<NdArray>> duals,
        Func<DiffSharpTensor[], DiffSharpTensor> tensors, NdArray[] at)
    {
        var expected = arrays(at);
        var actual = tensors(Array.ConvertAll(at, Derivatives.Carry));
        Assert.Equal(expected.Dims, actual.Dims);
        Near.Equal(expected.ToArray(), actual.ToArray(), 1e-12);
        var weights = Draws.Reals(expected.Dims)(new Random(3));
        double[][] forward = Derivatives.Forward(duals, at, weights), reverse = Derivatives.Reverse(tensors, at, weights);
        for (var argument = 0; argument < at.Length; argument++)
            Near.Equal(forward[argument], reverse[argument], 1e-10);
    }
}
