namespace Vae;

/// <summary>What an attribute is in latent space: a direction that, added to a code, adds the attribute; Larsen et al. 2016, section 4.2.</summary>
internal static class AttributeVectors
{
    /// <summary>The mean of the codes that have the attribute less the mean of those that have it not. [N, D] and N flags, of which at least one is set and one is not → D values, in the codes' unit.</summary>
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
