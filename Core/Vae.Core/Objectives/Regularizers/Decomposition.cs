namespace Vae;

public abstract partial record Regularizer
{
    /// <summary>The parts of the mean KL, each weighted in addition to the KL itself: β-TCVAE; Chen et al. 2018, eq. 4.</summary>
    /// <param name="MutualInformation">The weight of I(x; z) beyond 1; ≥ −1.</param>
    /// <param name="TotalCorrelation">The weight of KL(q(z) ‖ Π q(zᵢ)) beyond 1; ≥ −1: 5 for the β = 6 of the paper.</param>
    /// <param name="DimensionWise">The weight of Σ KL(q(zᵢ) ‖ p(zᵢ)) beyond 1; ≥ −1.</param>
    /// <param name="Stratified">
    /// Whether q(z) is estimated from a batch by stratified sampling, else by weights, which is biased downwards; Chen et al.
    /// 2018, appendix C.
    /// </param>
    public sealed partial record Decomposition(
        double MutualInformation, double TotalCorrelation, double DimensionWise, bool Stratified) : Regularizer
    {
        internal override string Name => FormattableString.Invariant($"β-tc {TotalCorrelation + 1}");

        internal override ValueList<Problem> Problems(string path) => [
            .. Rules.AtLeast($"{path}.mutualInformation", MutualInformation, -1),
            .. Rules.AtLeast($"{path}.totalCorrelation", TotalCorrelation, -1),
            .. Rules.AtLeast($"{path}.dimensionWise", DimensionWise, -1)];

        internal override ValueList<Problem> Problems(VaeSpec model, string path) => Rules.If(
            !Capabilities.KnowsDensityPerLatent(model), path,
            "β-tc needs a posterior whose ln q(zᵢ|x) is known for each latent at any z", Posteriors.Name(model.Posterior));

        internal override T Penalty<T>(ObjectiveTerms<T> terms)
        {
            var (batch, z) = (terms.Batch, Codes(terms));
            var weights = Stratified
                ? TotalCorrelations.LogStratifiedWeights(z, z.Dims[0], batch.TrainingExamples)
                : TotalCorrelations.LogWeights(z, z.Dims[0], batch.TrainingExamples);
            var pairs = TotalCorrelations.LogPairs(batch.Posterior, batch.PosteriorState, batch.Outputs, z);
            var parts = TotalCorrelations.Decompose(T.Sum(terms.LogPosterior, 0), pairs, T.Sum(terms.LogPrior, 0), weights);
            return MutualInformation * parts.MutualInformation + TotalCorrelation * parts.TotalCorrelation
                + DimensionWise * parts.DimensionWise;
        }
    }
}

public static partial class Regularizers
{
    /// <summary>The total correlation, weighted in addition to the KL; Chen et al. 2018.</summary>
    /// <param name="weight">The weight beyond 1; ≥ −1.</param>
    /// <param name="stratified">Whether q(z) is estimated by stratified sampling, without bias.</param>
    public static Regularizer TotalCorrelation(double weight, bool stratified = false) =>
        new Regularizer.Decomposition(0, weight, 0, stratified);

    /// <summary>The parts of the KL, each weighted in addition to it; Chen et al. 2018.</summary>
    /// <param name="mutualInformation">The weight of I(x; z) beyond 1; ≥ −1.</param>
    /// <param name="totalCorrelation">The weight of KL(q(z) ‖ Π q(zᵢ)) beyond 1; ≥ −1.</param>
    /// <param name="dimensionWise">The weight of Σ KL(q(zᵢ) ‖ p(zᵢ)) beyond 1; ≥ −1.</param>
    /// <param name="stratified">Whether q(z) is estimated by stratified sampling, without bias.</param>
    public static Regularizer Decomposition(
        double mutualInformation, double totalCorrelation, double dimensionWise, bool stratified = false) =>
        new Regularizer.Decomposition(mutualInformation, totalCorrelation, dimensionWise, stratified);
}
