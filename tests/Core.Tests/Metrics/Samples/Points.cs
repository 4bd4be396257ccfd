namespace Vae.Tests;

/// <summary>Keyed points for metrics to measure.</summary>
internal static class Points
{
    public static NdArray Normal(int count, int size, long key) => Normals.Draws(count, size, KeyedRandom.FromSeed(17).Fold(key));

    /// <summary>A symmetric, positive definite matrix whose eigenvalues are far from 0.</summary>
    public static NdArray Covariance(int size, long key)
    {
        var root = Normal(size, size, key);
        return NdArray.MatMul(root, NdArray.Transpose(root)) + Diagonal(Enumerable.Repeat(0.1, size));
    }

    public static NdArray Diagonal(IEnumerable<double> values)
    {
        var diagonal = values.ToArray();
        return NdArray.FromValues([.. from i in Enumerable.Range(0, diagonal.Length) from j in Enumerable.Range(
            0, diagonal.Length) select i == j ? diagonal[i] : 0], diagonal.Length, diagonal.Length);
    }

    public static NdArray Product(params NdArray[] matrices) => matrices.Aggregate(NdArray.MatMul);

    public static void AssertClose(NdArray expected, NdArray actual, double tolerance)
    {
        Assert.Equal(expected.Dims, actual.Dims);
        Assert.All((expected - actual).ToArray(), difference => Assert.InRange(difference, -tolerance, tolerance));
    }
}
