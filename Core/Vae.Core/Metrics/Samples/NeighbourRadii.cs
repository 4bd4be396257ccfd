namespace Vae;

/// <summary>Balls around points, each as large as the distance to the k-th nearest other point of the set: where a set lies, without a density. Every pair is visited.</summary>
internal sealed class NeighbourRadii
{
    private readonly double[] points;
    private readonly int size;

    /// <summary>Of N ≥ k + 1 points [N, F].</summary>
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

    /// <summary>The squares of the radii; [N].</summary>
    public double[] Squared { get; }

    /// <summary>For each ball how many of other points fall into it, and for each of those how many balls it falls into.</summary>
    public (int[] Balls, int[] Others) Holds(NeighbourRadii others)
    {
        if (others.size != size)
            throw new ArgumentException($"generated: must have {size} features as the real ones have, got {others.size}");
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
