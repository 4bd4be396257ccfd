namespace Vae;

/// <summary>Checks and moments of sets of points.</summary>
internal static class PointClouds
{
    /// <summary>The values of points [N, D], row-major; an <see cref="ArgumentException"/> for other shapes or too few points.</summary>
    public static double[] Values(NdArray points, string name, int minCount) =>
        points.Dims is [var count, var size] && count >= minCount && size > 0
            ? points.ToArray()
            : throw new ArgumentException(
                $"{name}: must be [N, D] with N ≥ {minCount} and D ≥ 1, got [{string.Join(", ", points.Dims)}]", name);

    /// <summary>The mean of each dimension. [N, D] → D.</summary>
    public static double[] Mean(double[] points, int size)
    {
        var mean = new double[size];
        for (var i = 0; i < points.Length; i++)
            mean[i % size] += points[i];
        return Array.ConvertAll(mean, sum => sum * size / points.Length);
    }

    /// <summary>Σ (x − mean)(x − mean)ᵀ / divisor. [N, D] → [D, D].</summary>
    public static NdArray Covariance(double[] points, double[] mean, double divisor)
    {
        var size = mean.Length;
        double[] products = new double[size * size], centred = new double[size];
        for (var start = 0; start < points.Length; start += size)
        {
            for (var k = 0; k < size; k++)
                centred[k] = points[start + k] - mean[k];
            for (var i = 0; i < size; i++)
                for (var j = 0; j <= i; j++)
                    products[i * size + j] += centred[i] * centred[j];
        }
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++)
                products[i * size + j] = products[j * size + i] = products[i * size + j] / divisor;
        return NdArray.FromValues(products, size, size);
    }

    public static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++)
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }
}
