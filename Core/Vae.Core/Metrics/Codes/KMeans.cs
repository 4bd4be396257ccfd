namespace Vae;

/// <summary>Clusters of points by Lloyd's algorithm from the seeds of k-means++; Lloyd 1982, Arthur &amp; Vassilvitskii 2007.</summary>
internal static class KMeans
{
    private const int MaxRounds = 300;

    /// <summary>
    /// The cluster of each point: of several starts, the one with the least sum of squared distances to the centres, which no further
    /// round changes. [N, D] → N numbers in 0 … K − 1.
    /// </summary>
    /// <param name="points">[N, D], N ≥ K; finite.</param>
    /// <param name="clusters">K; ≥ 1.</param>
    /// <param name="random">Chooses the seeds.</param>
    /// <param name="starts">Number of starts; ≥ 1.</param>
    /// <exception cref="ArgumentException">There are fewer points than clusters.</exception>
    public static ValueList<int> Clusters(NdArray points, int clusters, KeyedRandom random, int starts = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        var (values, size) = (PointClouds.Values(points, nameof(points), clusters), points.Dims[1]);
        return ValueList.From(Enumerable.Range(0, starts).Select(start => From(values, size, clusters, random.Fold(start)))
            .MinBy(found => found.Spread).Nearest);
    }

    private static (int[] Nearest, double Spread) From(double[] values, int size, int clusters, KeyedRandom random)
    {
        var centres = Seeds(values, size, clusters, random);
        var nearest = Nearest(values, size, centres);
        for (var round = 0; round < MaxRounds; round++)
        {
            centres = Centres(values, size, centres, nearest);
            var next = Nearest(values, size, centres);
            if (next.AsSpan().SequenceEqual(nearest))
                break;
            nearest = next;
        }
        return (nearest, nearest.Select((cluster, i) =>
            PointClouds.SquaredDistance(values.AsSpan(i * size, size), centres.AsSpan(cluster * size, size))).Sum());
    }

    /// <summary>Points of which each is chosen with a probability in proportion to its squared distance to those before it.</summary>
    internal static double[] Seeds(double[] values, int size, int clusters, KeyedRandom random)
    {
        var count = values.Length / size;
        List<double> centres = [.. values.AsSpan(random.Below(count, 0) * size, size)];
        double[] nearest = [.. Enumerable.Repeat(double.PositiveInfinity, count)];
        for (var k = 1; k < clusters; k++)
        {
            double[] last = [.. centres.TakeLast(size)];
            for (var i = 0; i < count; i++)
                nearest[i] = Math.Min(nearest[i], PointClouds.SquaredDistance(values.AsSpan(i * size, size), last));
            var at = random.Uniform(k) * nearest.Sum();
            var chosen = 0;
            while (chosen < count - 1 && (at -= nearest[chosen]) > 0)
                chosen++;
            centres.AddRange(values.AsSpan(chosen * size, size));
        }
        return [.. centres];
    }

    /// <summary>The nearest centre of each point.</summary>
    internal static int[] Nearest(double[] values, int size, double[] centres)
    {
        var nearest = new int[values.Length / size];
        for (var i = 0; i < nearest.Length; i++)
        {
            var least = double.PositiveInfinity;
            for (var k = 0; k < centres.Length / size; k++)
                if (PointClouds.SquaredDistance(values.AsSpan(i * size, size), centres.AsSpan(k * size, size)) is var far && far < least)
                    (least, nearest[i]) = (far, k);
        }
        return nearest;
    }

    /// <summary>The mean of each cluster; one without points keeps its centre.</summary>
    internal static double[] Centres(double[] values, int size, double[] centres, int[] clusters)
    {
        double[] sums = new double[centres.Length], counts = new double[centres.Length / size];
        for (var i = 0; i < clusters.Length; i++)
        {
            counts[clusters[i]]++;
            for (var d = 0; d < size; d++)
                sums[clusters[i] * size + d] += values[i * size + d];
        }
        return [.. sums.Select((sum, at) => counts[at / size] > 0 ? sum / counts[at / size] : centres[at])];
    }
}
