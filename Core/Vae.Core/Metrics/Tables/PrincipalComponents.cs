namespace Vae;

/// <summary>Points in the plane of their largest variance.</summary>
/// <param name="Points">[N, 2], centred.</param>
/// <param name="Explained">The fractions of the variance along each axis; in [0, 1].</param>
internal sealed record PrincipalPlane(NdArray Points, ValueList<double> Explained);

/// <summary>Principal component analysis; Pearson 1901.</summary>
internal static class PrincipalComponents
{
    /// <summary>Projects points [N, D], N ≥ 1 and D ≥ 1, to the plane of the two largest components; the second is 0 for D = 1.</summary>
    public static PrincipalPlane Project(NdArray points)
    {
        var values = points.ToArray();
        int size = points.Dims[1], count = points.Dims[0];
        var mean = PointClouds.Mean(values, size);
        double[] centred = [.. values.Select((value, at) => value - mean[at % size])];
        var matrix = NdArray.FromValues(centred, count, size);
        var eigen = SymmetricMatrices.Eigen(NdArray.MatMul(NdArray.Transpose(matrix), matrix));
        var (vectors, all) = (eigen.Vectors.ToArray(), eigen.Values.Sum());
        double[] projected = [.. Enumerable.Range(0, count).SelectMany(n => Enumerable.Range(0, 2).Select(k => k >= size ? 0
            : Enumerable.Range(0, size).Sum(d => centred[n * size + d] * vectors[d * size + k])))];
        return new(NdArray.FromValues(projected, count, 2), ValueList.From(Enumerable.Range(0, 2)
            .Select(k => k >= size || all <= 0 ? 0 : Math.Max(0, eigen.Values[k]) / all)));
    }
}
