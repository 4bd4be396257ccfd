namespace Vae;

/// <summary>
/// Attribute vectors: directions in latent space that, added to a code, add an attribute; Larsen et al. 2016, section 4.2.
/// </summary>
internal static class AttributeVectors
{
    /// <summary>
    /// The mean of the codes with the attribute minus the mean of those without it. Codes [N, D] and N flags, at least one of each
    /// value → D values, in the codes' unit.
    /// </summary>
    public static ValueList<double> Difference(NdArray codes, bool[] has)
    {
        var values = PointClouds.Values(codes, nameof(codes), minCount: 2);
        var size = codes.Dims[1];
        if (has.Length != values.Length / size)
            throw new ArgumentException($"has: must be one for each of {values.Length / size} codes, got {has.Length}", nameof(has));
        double with = has.Count(flag => flag), without = has.Length - with;
        if (with == 0 || without == 0)
            throw new ArgumentException($"has: must be set for some codes and not for others, got {with} of {has.Length}", nameof(has));
        var vector = new double[size];
        for (var at = 0; at < values.Length; at++)
            vector[at % size] += has[at / size] ? values[at] / with : -values[at] / without;
        return new(vector);
    }
}
