namespace Vae;

/// <summary>MIG, the mutual information gap: whether one dimension alone knows each factor. Chen et al. 2018, section 4.1.</summary>
public static class MutualInformationGap
{
    /// <summary>Bins of a code where none are asked for: those of Locatello et al. 2019.</summary>
    public const int Bins = 20;

    /// <summary>
    /// The mean over factors of (I₁ − I₂) / H(v): the information of the two dimensions that know most of a factor, over its
    /// entropy. Codes [N, D], bins of equal width ≥ 2 → [0, 1]; 1 where each factor is in one dimension, about 0 for noise.
    /// </summary>
    internal static double Compute(NdArray codes, ValueList<KnownFactor> factors, int bins = Bins)
    {
        var given = FactoredCodes.Create(codes, factors);
        var information = DiscreteInformation.Between(given, bins);
        return FactoredCodes.MeanGap([.. information.Select((known, k) =>
            Array.ConvertAll(known, i => i / DiscreteInformation.Entropy(given.Factors[k])))]);
    }
}
