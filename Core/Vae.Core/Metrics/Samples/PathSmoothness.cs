namespace Vae;

/// <summary>
/// The smoothness of images decoded along a path of codes. A latent space without gaps gives steps of about one size; a jump between
/// two images is one large step among small ones. Similar to the perceptual path length of Karras et al. 2019, with the Euclidean
/// distance between images in place of a network's.
/// </summary>
internal static class PathSmoothness
{
    /// <summary>The distances ‖xₖ₊₁ − xₖ‖ of adjacent images. [K, ...], K ≥ 2 → K − 1 values ≥ 0, in the images' unit.</summary>
    public static ValueList<double> Steps(NdArray path)
    {
        if (path.Dims.Length < 2 || path.Dims[0] < 2)
            throw new ArgumentException($"path: must be [K, ...] with K ≥ 2, got [{string.Join(", ", path.Dims)}]", nameof(path));
        var values = path.ToArray();
        var size = values.Length / path.Dims[0];
        return ValueList.From(Enumerable.Range(1, path.Dims[0] - 1)
            .Select(k => Math.Sqrt(PointClouds.SquaredDistance(values.AsSpan((k - 1) * size, size), values.AsSpan(k * size, size)))));
    }

    /// <summary>
    /// The largest step divided by the mean step: 1 for equal steps, K − 1 for a single jump. [K, ...] → in [1, K − 1]; 1 for equal
    /// images.
    /// </summary>
    public static double LargestOverMean(NdArray path)
    {
        var steps = Steps(path);
        return steps.Max() > 0 ? steps.Max() / steps.Average() : 1;
    }

    /// <summary>
    /// The distance from the first image to the last divided by the sum of the steps: 1 for a cross-fade, less for images whose
    /// content moves. [K, ...] → in [0, 1]; 1 for equal images.
    /// </summary>
    public static double Straightness(NdArray path)
    {
        var steps = Steps(path);
        var ends = NdArray.Slice(path, 0, path.Dims[0] - 1, 1) - NdArray.Slice(path, 0, 0, 1);
        return steps.Max() > 0 ? Math.Min(1, Math.Sqrt(NdArray.Square(ends).ToArray().Sum()) / steps.Sum()) : 1;
    }
}
