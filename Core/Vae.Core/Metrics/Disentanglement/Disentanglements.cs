namespace Vae;

/// <summary>All disentanglement metrics, which need known factors.</summary>
/// <param name="Mig">The mutual information gap; in [0, 1].</param>
/// <param name="Sap">Separated attribute predictability; in [0, 1].</param>
/// <param name="Modularity">Modularity; in [0, 1], above 0 for noise.</param>
/// <param name="Disentanglement">Disentanglement (DCI); in [0, 1].</param>
/// <param name="Completeness">Completeness (DCI); in [0, 1].</param>
/// <param name="Informativeness">Informativeness (DCI); in [0, 1].</param>
/// <param name="FactorVae">The FactorVAE score, an accuracy; 1/F by chance.</param>
/// <param name="BetaVae">The β-VAE score, an accuracy; 1/F by chance.</param>
/// <param name="Irs">Interventional robustness; in [0, 1].</param>
public sealed partial record DisentanglementScores(
    double Mig, double Sap, double Modularity, double Disentanglement, double Completeness, double Informativeness,
    double FactorVae, double BetaVae, double Irs);

/// <summary>Disentanglement metrics: whether codes separate known factors of variation; Locatello et al. 2019 compare them.</summary>
public static class Disentanglements
{
    /// <summary>
    /// All metrics of codes [N, D] with N ≥ 40 and at least 2 factors of N values; comparable values need thousands of examples.
    /// </summary>
    internal static DisentanglementScores Compute(NdArray codes, ValueList<KnownFactor> factors, ulong seed = 0)
    {
        var dci = DisentanglementCompleteness.Compute(codes, factors, seed);
        return new(
            MutualInformationGap.Compute(codes, factors), SeparatedAttributePredictability.Compute(codes, factors),
            Vae.Modularity.Compute(codes, factors),
            dci.Disentanglement, dci.Completeness, dci.Informativeness,
            FactorVaeScore.Compute(codes, factors, seed: seed), BetaVaeScore.Compute(codes, factors, seed: seed),
            InterventionalRobustness.Compute(codes, factors));
    }
}
