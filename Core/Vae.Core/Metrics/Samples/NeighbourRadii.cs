namespace Vae;

/// <summary>
/// Balls around the points of a set, each with the distance to the k-th nearest other point as radius: an estimate of the set's
/// support. All pairs are compared.
/// </summary>
internal sealed class NeighbourRadii
{
    private readonly double[] points;
    private readonly int size;

    /// <summary>The balls of N points, [N, F]; N ≥ k + 1.</summary>
    public NeighbourRadii(NdArray set, int neighbours, string name)
    {
        if (neighbours < 1)
            throw new ArgumentException($"neighbours: must be at least 1, got {neighbours}", nameof(neighbours));
        points = PointClouds.Values(set, name, minCount: neighbours + 1);
        (size, Count) = (set.Dims[1], set.Dims[0]);
        Squared = new double[Count];
        var distances = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++)
                distances[j] = PointClouds.SquaredDistance(Point(i), Point(j));
            Array.Sort(distances);
            // The nearest of all is the point itself.
            Squared[i] = distances[neighbours];
        }
    }

    public int Count { get; }

    /// <summary>The squared radii; N.</summary>
    public double[] Squared { get; }

    /// <summary>For each ball, the number of other points in it, and for each other point, the number of balls it lies in.</summary>
    public (int[] Balls, int[] Others) Contained(NeighbourRadii others)
    {
        if (others.size != size)
            throw new ArgumentException($"generated: must have {size} features, as many as real, got {others.size}");
        var (balls, fallen) = (new int[Count], new int[others.Count]);
        for (var i = 0; i < Count; i++)
            for (var j = 0; j < others.Count; j++)
                if (PointClouds.SquaredDistance(Point(i), others.Point(j)) <= Squared[i])
                {
                    balls[i]++;
                    fallen[j]++;
                }
        return (balls, fallen);
    }

    private ReadOnlySpan<double> Point(int i) => points.AsSpan(i * size, size);
}
