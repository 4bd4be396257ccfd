namespace Vae;

/// <summary>Modularity: whether each dimension has information about one factor only; Ridgeway &amp; Mozer 2018, section 3.</summary>
internal static class Modularity
{
    /// <summary>
    /// The mean over dimensions of 1 − Σ Iₖ² / ((F − 1) · max I²), summed over all factors but the one with the largest information.
    /// Codes [N, D], at least 2 factors, bins of equal width ≥ 2 → [0, 1]; 0 for a dimension without information. It is a ratio of
    /// informations, however small: it is above 0 for noise, more so if factors have different numbers of values (see
    /// <see cref="DiscreteInformation.MutualInformation"/>).
    /// </summary>
    public static double Compute(NdArray codes, ValueList<KnownFactor> factors, int bins = MutualInformationGap.Bins)
    {
        var given = FactoredCodes.Create(codes, factors, minCount: 2);
        var information = DiscreteInformation.Between(given, bins);
        return Enumerable.Range(0, given.Columns.Length).Average(d => OfDimension([.. information.Select(known => known[d])]));
    }

    private static double OfDimension(double[] known)
    {
        var max = known.Max();
        return max == 0 ? 0 : 1 - (known.Sum(i => i * i) - max * max) / (max * max * (known.Length - 1));
    }
}
