namespace Vae;

/// <summary>Where codes lie and how far they spread, dimension by dimension.</summary>
/// <param name="Means">D.</param>
/// <param name="Deviations">D; ≥ 0, 0 for a dimension in which nothing varies.</param>
internal sealed partial record CodeScale(ValueList<double> Means, ValueList<double> Deviations);

/// <summary>Takes codes to mean 0 and variance 1 and back.</summary>
internal static class CodeScales
{
    /// <summary>Of codes [N, D], N ≥ 1.</summary>
    public static CodeScale Fit(NdArray codes)
    {
        var cloud = LatentClouds.Moments(codes);
        return new(ValueList.From(cloud.Dimensions.Select(d => d.Mean)), ValueList.From(cloud.Dimensions.Select(d => Math.Sqrt(d.Variance))));
    }

    /// <summary>z [B, D] → [B, D]; 0 in a dimension in which nothing varies.</summary>
    public static T Standardized<T>(CodeScale scale, T z) where T : struct, ITensor<T> =>
        (z - Row(z, scale.Means)) * Row(z, scale.Deviations.Select(deviation => deviation > 0 ? 1 / deviation : 0));

    /// <summary>The other way. z [B, D] → [B, D].</summary>
    public static T Restored<T>(CodeScale scale, T z) where T : struct, ITensor<T> => z * Row(z, scale.Deviations) + Row(z, scale.Means);

    private static T Row<T>(T like, IEnumerable<double> values) where T : struct, ITensor<T> => T.Constant(like, [.. values], 1, like.Dims[1]);
}
