namespace Vae;

/// <summary>All measures of disentanglement on known factors.</summary>
/// <param name="Mig">The mutual information gap; in [0, 1].</param>
/// <param name="Sap">Separated attribute predictability; in [0, 1].</param>
/// <param name="Modularity">In [0, 1]; noise does not reach 0.</param>
/// <param name="Disentanglement">Of DCI; in [0, 1].</param>
/// <param name="Completeness">Of DCI; in [0, 1].</param>
/// <param name="Informativeness">Of DCI; in [0, 1].</param>
/// <param name="FactorVae">An accuracy; guessing gives 1/F.</param>
/// <param name="BetaVae">An accuracy; guessing gives 1/F.</param>
/// <param name="Irs">Interventional robustness; in [0, 1].</param>
public sealed partial record DisentanglementScores(
    double Mig, double Sap, double Modularity, double Disentanglement, double Completeness, double Informativeness, double FactorVae, double BetaVae, double Irs);

/// <summary>Whether codes separate the factors that examples are known to depend on. Locatello et al. 2019 compare these measures.</summary>
public static class Disentanglements
{
    /// <summary>All of them. Codes [N, D] with N ≥ 40, at least 2 factors of N values; thousands of examples for figures that compare.</summary>
    internal static DisentanglementScores Compute(NdArray codes, ValueList<KnownFactor> factors, ulong seed = 0)
    {
        var dci = DisentanglementCompleteness.Compute(codes, factors, seed);
        return new(
            MutualInformationGap.Compute(codes, factors), SeparatedAttributePredictability.Compute(codes, factors), Vae.Modularity.Compute(codes, factors),
            dci.Disentanglement, dci.Completeness, dci.Informativeness,
            FactorVaeScore.Compute(codes, factors, seed: seed), BetaVaeScore.Compute(codes, factors, seed: seed), InterventionalRobustness.Compute(codes, factors));
    }
}
