namespace Vae;

/// <summary>
/// Silhouettes: the separation of classes in a space, from the distances of all pairs, for up to a few thousand points; Rousseeuw 1987.
/// </summary>
internal static class Silhouettes
{
    /// <summary>
    /// (b − a) / max(a, b) of each point, where a is its mean distance to the other points of its class and b that to the nearest
    /// other class. [N, D] and N labels of at least two classes → N values in [−1, 1]; 0 for a class of one point.
    /// </summary>
    public static ValueList<double> PerPoint(NdArray points, int[] labels)
    {
        var values = PointClouds.Values(points, nameof(points), minCount: 2);
        int size = points.Dims[1], count = points.Dims[0];
        if (labels.Length != count)
            throw new ArgumentException($"labels: must be one for each of {count} points, got {labels.Length}", nameof(labels));
        var classes = labels.Distinct().Order().ToArray();
        if (classes.Length < 2)
            throw new ArgumentException("labels: must be of at least 2 classes, got 1", nameof(labels));
        var own = Array.ConvertAll(labels, label => Array.BinarySearch(classes, label));
        var members = classes.Select((_, k) => own.Count(mine => mine == k)).ToArray();
        var sums = Sums(values, size, own, classes.Length);
        return ValueList.From(
            Enumerable.Range(0, count).Select(i => Value(sums.AsSpan(i * classes.Length, classes.Length), members, own[i])));
    }

    /// <summary>The mean over all points: 1 for compact, separated classes, about 0 for overlapping ones. In [−1, 1].</summary>
    public static double Mean(NdArray points, int[] labels) => PerPoint(points, labels).Average();

    private static double Value(ReadOnlySpan<double> sums, int[] members, int own)
    {
        if (members[own] == 1)
            return 0;
        double within = sums[own] / (members[own] - 1), nearest = double.PositiveInfinity;
        for (var k = 0; k < members.Length; k++)
            nearest = k == own ? nearest : Math.Min(nearest, sums[k] / members[k]);
        var larger = Math.Max(within, nearest);
        return larger > 0 ? (nearest - within) / larger : 0;
    }

    // The sum of the distances of each point to the members of each class: [N, classes].
    private static double[] Sums(double[] points, int size, int[] own, int classes)
    {
        var sums = new double[own.Length * classes];
        for (var i = 0; i < own.Length; i++)
            for (var j = 0; j < i; j++)
            {
                var distance = Math.Sqrt(PointClouds.SquaredDistance(points.AsSpan(i * size, size), points.AsSpan(j * size, size)));
                sums[i * classes + own[j]] += distance;
                sums[j * classes + own[i]] += distance;
            }
        return sums;
    }
}
