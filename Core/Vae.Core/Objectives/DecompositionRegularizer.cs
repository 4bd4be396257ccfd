namespace Vae;

/// <summary>What <see cref="Regularizer.Decomposition"/> means.</summary>
internal sealed record DecompositionRegularizer(Regularizer.Decomposition Of) : IRegularizer
{
    public string Name => FormattableString.Invariant($"β-tc {Of.TotalCorrelation + 1}");

    public ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.mutualInformation", Of.MutualInformation, -1),
        .. Rules.AtLeast($"{path}.totalCorrelation", Of.TotalCorrelation, -1),
        .. Rules.AtLeast($"{path}.dimensionWise", Of.DimensionWise, -1)];

    public ValueList<Problem> Problems(VaeSpec model, string path) => Rules.If(!Capabilities.KnowsDensityPerLatent(model), path,
        "β-tc needs a posterior that knows ln q(zᵢ|x) of each latent at any z", Posteriors.Name(model.Posterior));

    public T Penalty<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>
    {
        var (batch, z) = (terms.Batch, IRegularizer.Codes(terms));
        var weights = Of.Stratified
            ? TotalCorrelations.LogStratifiedWeights(z, z.Dims[0], batch.TrainingExamples)
            : TotalCorrelations.LogWeights(z, z.Dims[0], batch.TrainingExamples);
        var pairs = TotalCorrelations.LogPairs(batch.Posterior, batch.PosteriorState, batch.Outputs, z);
        var parts = TotalCorrelations.Of(T.Sum(terms.LogPosterior, 0), pairs, T.Sum(terms.LogPrior, 0), weights);
        return Of.MutualInformation * parts.MutualInformation + Of.TotalCorrelation * parts.TotalCorrelation + Of.DimensionWise * parts.DimensionWise;
    }
}
