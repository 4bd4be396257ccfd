namespace Vae;

/// <summary>Modularity: whether each dimension knows of one factor only. Ridgeway &amp; Mozer 2018, section 3.</summary>
internal static class Modularity
{
    /// <summary>
    /// The mean over dimensions of 1 − Σ I² of the factors other than the one known best, over (F − 1) times the square of
    /// that. Codes [N, D], at least 2 factors, bins of equal width ≥ 2 → [0, 1]; a dimension that knows nothing counts 0. It
    /// compares information with information, however little: noise does not reach 0, and less so where factors take unlike
    /// numbers of values (see <see cref="DiscreteInformation.MutualInformation"/>).
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
