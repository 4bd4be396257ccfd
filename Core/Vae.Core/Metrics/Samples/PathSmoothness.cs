namespace Vae;

/// <summary>
/// Whether what is decoded along a path of codes changes evenly. A latent space without holes gives small steps of about one
/// size; a jump from one picture to another is one large step among small ones. In the spirit of the perceptual path length of
/// Karras et al. 2019, with the plain distance between pictures in place of a network's.
/// </summary>
internal static class PathSmoothness
{
    /// <summary>Distances ‖xₖ₊₁ − xₖ‖ of neighbours. [K, ...], K ≥ 2 pictures along a path → K − 1 values ≥ 0, in the pictures' unit.</summary>
    public static ValueList<double> Steps(NdArray path)
    {
        if (path.Dims.Length < 2 || path.Dims[0] < 2)
            throw new ArgumentException($"path: must be [K, ...] with K ≥ 2, got [{string.Join(", ", path.Dims)}]", nameof(path));
        var values = path.ToArray();
        var size = values.Length / path.Dims[0];
        return ValueList.From(Enumerable.Range(1, path.Dims[0] - 1)
            .Select(k => Math.Sqrt(PointClouds.SquaredDistance(values.AsSpan((k - 1) * size, size), values.AsSpan(k * size, size)))));
    }

    /// <summary>The largest step over the mean step: 1 for even steps, K − 1 where all change is in one. [K, ...] → in [1, K − 1]; 1 where nothing changes.</summary>
    public static double LargestOverMean(NdArray path)
    {
        var steps = Steps(path);
        return steps.Max() > 0 ? steps.Max() / steps.Average() : 1;
    }

    /// <summary>The straight distance from first to last over the sum of the steps: 1 for a cross-fade, less for pictures that move. [K, ...] → in [0, 1]; 1 where nothing changes.</summary>
    public static double Straightness(NdArray path)
    {
        var steps = Steps(path);
        var ends = NdArray.Slice(path, 0, path.Dims[0] - 1, 1) - NdArray.Slice(path, 0, 0, 1);
        return steps.Max() > 0 ? Math.Min(1, Math.Sqrt(NdArray.Square(ends).ToArray().Sum()) / steps.Sum()) : 1;
    }
}
