namespace Vae;

/// <summary>
/// The mutual information gap (MIG): whether only one dimension has information about each factor; Chen et al. 2018, section 4.1.
/// </summary>
public static class MutualInformationGap
{
    /// <summary>The default number of bins for codes, that of Locatello et al. 2019.</summary>
    public const int Bins = 20;

    /// <summary>
    /// The mean over factors of (I₁ − I₂) / H: the difference of the two largest mutual informations of a dimension and the factor,
    /// divided by the factor's entropy. Codes [N, D], bins of equal width ≥ 2 → [0, 1]; 1 if each factor is in one dimension, about 0
    /// for noise.
    /// </summary>
    internal static double Compute(NdArray codes, ValueList<KnownFactor> factors, int bins = Bins)
    {
        var given = FactoredCodes.Create(codes, factors);
        var information = DiscreteInformation.Between(given, bins);
        return FactoredCodes.MeanGap([.. information.Select((known, k) =>
            Array.ConvertAll(known, i => i / DiscreteInformation.Entropy(given.Factors[k])))]);
    }
}
