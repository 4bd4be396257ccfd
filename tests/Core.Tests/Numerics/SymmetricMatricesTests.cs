namespace Vae.Tests;

public class SymmetricMatricesTests
{
    public static TheoryData<int> Sizes => [1, 2, 3, 7, 20];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void EigenvectorsAreOrthonormalAndRebuildTheMatrix(int size)
    {
        var matrix = Points.Covariance(size, 1) - 2 * Points.Diagonal(Enumerable.Repeat(1.0, size));
        var (values, vectors) = SymmetricMatrices.Eigen(matrix);
        Points.AssertClose(matrix, Points.Product(vectors, Points.Diagonal(values), NdArray.Transpose(vectors)), 1e-12 * size);
        Points.AssertClose(Points.Diagonal(Enumerable.Repeat(1.0, size)),
            NdArray.MatMul(NdArray.Transpose(vectors), vectors), 1e-13 * size);
        Assert.Equal(values.OrderDescending(), values);
    }

    [Fact]
    public void EigenvaluesOfAPathAreKnown()
    {
        // The second difference of n points has eigenvalues 2 − 2 cos(πk / (n + 1)).
        const int size = 30;
        var matrix = NdArray.FromValues([.. from i in Enumerable.Range(0, size) from j in Enumerable.Range(0, size) select Math.Abs(
            i - j) switch { 0 => 2.0, 1 => -1, _ => 0 }], size, size);
        var expected = Enumerable.Range(1, size).Select(k => 2 - 2 * Math.Cos(Math.PI * k / (size + 1))).OrderDescending().ToArray();
        Assert.All(SymmetricMatrices.Eigen(matrix).Values.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-13));
        Assert.Equal(Math.Log(size + 1), SymmetricMatrices.LogDeterminant(matrix), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TheSquareRootSquaredIsTheMatrix(int size)
    {
        var root = SymmetricMatrices.SquareRoot(Points.Covariance(size, 2));
        Points.AssertClose(Points.Covariance(size, 2), NdArray.MatMul(root, root), 1e-12 * size);
        Points.AssertClose(root, NdArray.Transpose(root), 1e-13 * size);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TheDeterminantIsTheProductOfTheEigenvalues(int size)
    {
        var matrix = Points.Covariance(size, 3);
        Assert.Equal(SymmetricMatrices.Eigen(matrix).Values.Sum(Math.Log), SymmetricMatrices.LogDeterminant(matrix), 1e-10);
    }

    [Fact]
    public void WhatIsNotPositiveDefiniteHasNoLogDeterminant()
    {
        Assert.Equal(double.NegativeInfinity, SymmetricMatrices.LogDeterminant(Points.Diagonal([1, 0])));
        Assert.Equal(double.NegativeInfinity, SymmetricMatrices.LogDeterminant(Points.Diagonal([1, -1])));
        Assert.Equal(double.NegativeInfinity, SymmetricMatrices.LogDeterminant(NdArray.FromValues([1, 2, 2, 1], 2, 2)));
        Assert.Equal(double.NegativeInfinity, SymmetricMatrices.LogDeterminant(NdArray.FromValues([double.NaN], 1, 1)));
    }

    [Fact]
    public void OnlyTheLowerTriangleIsRead()
    {
        var matrix = NdArray.FromValues([2, 99, 1, 3], 2, 2);
        Assert.Equal(Math.Log(5), SymmetricMatrices.LogDeterminant(matrix), 1e-14);
        Assert.Equal(5, SymmetricMatrices.Eigen(matrix).Values.Sum(), 1e-14);
    }

    [Fact]
    public void WhatIsNotSquareIsRefused() =>
        Assert.StartsWith("matrix: must be [D, D] with D ≥ 1, got [2, 3]",
            Assert.Throws<ArgumentException>(() => SymmetricMatrices.Eigen(NdArray.Full(0, 2, 3))).Message, StringComparison.Ordinal);
}
