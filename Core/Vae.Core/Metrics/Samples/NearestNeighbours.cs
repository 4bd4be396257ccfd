namespace Vae;

/// <summary>A point near another.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Distance">Euclidean, to the point that was asked about; ≥ 0.</param>
internal sealed partial record Neighbour(int Index, double Distance);

/// <summary>Which points lie nearest.</summary>
internal static class NearestNeighbours
{
    /// <summary>The nearest to a query first, those equally near in their order; at most <paramref name="count"/> of them. [N, D], N ≥ 1, and D values; count ≥ 1.</summary>
    public static ValueList<Neighbour> Find(NdArray points, double[] query, int count)
    {
        var values = PointClouds.Values(points, nameof(points), minCount: 1);
        var size = points.Dims[1];
        if (query.Length != size)
            throw new ArgumentException($"query: must have {size} values as the points have, got {query.Length}", nameof(query));
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), $"count: must be at least 1, got {count}");
        return ValueList.From(Enumerable.Range(0, values.Length / size)
            .Select(i => new Neighbour(i, Math.Sqrt(PointClouds.SquaredDistance(query, values.AsSpan(i * size, size)))))
            .OrderBy(neighbour => neighbour.Distance).Take(count));
    }
}
