namespace Vae.Torch;

/// <summary>Which known factors of variation each latent dimension encodes.</summary>
internal static class FactorNames
{
    // Nats: below it, the dimensions of a model that has learned nothing would be named at random.
    private const double MinInformation = 0.1;

    /// <summary>
    /// The names of the factors with which each dimension has at least half of its largest mutual information. Empty if that is below
    /// 0.1 nats, or if no factors are known.
    /// </summary>
    /// <param name="codes">Posterior means [N, D].</param>
    /// <param name="data">The N examples.</param>
    public static ValueList<string> OfDimensions(NdArray codes, Dataset data)
    {
        var factors = ValueList.From(Measures.Factors(data).Where(factor => factor.Values.Distinct().Skip(1).Any()));
        if (factors.Count == 0 || !codes.ToArray().All(double.IsFinite))
            return ValueList.From(Enumerable.Repeat("", codes.Dims[1]));
        var given = FactoredCodes.Create(codes, factors);
        var information = DiscreteInformation.Between(given, MutualInformationGap.Bins);
        // Without the bias of the estimate, which is larger for factors of more values.
        double At(int k, int d) =>
            information[k][d] - (MutualInformationGap.Bins - 1) * (given.ValueCount(k) - 1) / (2.0 * given.Count);
        string Names(int d)
        {
            var largest = Enumerable.Range(0, factors.Count).Max(k => At(k, d));
            return largest < MinInformation ? ""
                : string.Join(" and ", factors.Where((_, k) => At(k, d) >= largest / 2).Select(factor => factor.Name));
        }
        return ValueList.From(Enumerable.Range(0, codes.Dims[1]).Select(Names));
    }
}
