namespace Vae;

/// <summary>What <see cref="Regularizer.Dip"/> means.</summary>
internal sealed record DipRegularizer(Regularizer.Dip Of) : IRegularizer
{
    public string Name => Of.OfDraws ? "dip-ii" : "dip-i";

    public ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.offDiagonal", Of.OffDiagonal, 0), .. Rules.AtLeast($"{path}.diagonal", Of.Diagonal, 0)];

    public ValueList<Problem> Problems(VaeSpec model, string path) => IRegularizer.NeedsReals(model, path, "dip");

    public T Penalty<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>
    {
        var batch = terms.Batch;
        var mean = batch.Posterior.Mean(batch.PosteriorState, batch.Outputs);
        var variances = Of.OfDraws ? T.Exp(batch.Posterior.LogVariance(batch.PosteriorState, batch.Outputs)) : 0.0 * mean;
        return CodePenalties.Covariance(mean, variances, Of.OffDiagonal, Of.Diagonal);
    }
}
