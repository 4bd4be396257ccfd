namespace Vae;

/// <summary>The mean and standard deviation of codes, for each dimension.</summary>
/// <param name="Means">D values.</param>
/// <param name="Deviations">D values ≥ 0; 0 for a constant dimension.</param>
internal sealed partial record CodeScale(ValueList<double> Means, ValueList<double> Deviations);

/// <summary>Standardizes codes to mean 0 and variance 1, and restores them.</summary>
internal static class CodeScales
{
    /// <summary>The scale of codes [N, D]; N ≥ 1.</summary>
    public static CodeScale Fit(NdArray codes)
    {
        var cloud = LatentClouds.Moments(codes);
        return new(
            ValueList.From(cloud.Dimensions.Select(d => d.Mean)), ValueList.From(cloud.Dimensions.Select(d => Math.Sqrt(d.Variance))));
    }

    /// <summary>Codes with mean 0 and variance 1. z [B, D] → [B, D]; 0 in a constant dimension.</summary>
    public static T Standardized<T>(CodeScale scale, T z) where T : struct, ITensor<T> =>
        (z - Row(z, scale.Means)) * Row(z, scale.Deviations.Select(deviation => deviation > 0 ? 1 / deviation : 0));

    /// <summary>The inverse of <see cref="Standardized"/>. z [B, D] → [B, D].</summary>
    public static T Restored<T>(CodeScale scale, T z) where T : struct, ITensor<T> => z * Row(z, scale.Deviations) + Row(z, scale.Means);

    private static T Row<T>(T like, IEnumerable<double> values) where T : struct, ITensor<T> =>
        T.Constant(like, [.. values], 1, like.Dims[1]);
}
