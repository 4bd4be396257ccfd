namespace Vae;

/// <summary>A neighbour of a query point.</summary>
/// <param name="Index">Its index among the points, from 0.</param>
/// <param name="Distance">Its Euclidean distance to the query; ≥ 0.</param>
internal sealed partial record Neighbour(int Index, double Distance);

/// <summary>Finds nearest neighbours.</summary>
internal static class NearestNeighbours
{
    /// <summary>
    /// At most <paramref name="count"/> points by their distance to a query, equal distances in the points' order. Points [N, D], N ≥
    /// 1, and a query of D values; count ≥ 1.
    /// </summary>
    public static ValueList<Neighbour> Find(NdArray points, double[] query, int count)
    {
        var values = PointClouds.Values(points, nameof(points), minCount: 1);
        var size = points.Dims[1];
        if (query.Length != size)
            throw new ArgumentException($"query: must have {size} values, as many as a point, got {query.Length}", nameof(query));
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), $"count: must be at least 1, got {count}");
        return ValueList.From(Enumerable.Range(0, values.Length / size)
            .Select(i => new Neighbour(i, Math.Sqrt(PointClouds.SquaredDistance(query, values.AsSpan(i * size, size)))))
            .OrderBy(neighbour => neighbour.Distance).Take(count));
    }
}
