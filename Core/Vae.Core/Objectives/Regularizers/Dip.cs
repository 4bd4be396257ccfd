namespace Vae;

public abstract partial record Regularizer
{
    /// <summary>
    /// Σ (Cov zᵢzⱼ)² off the diagonal and Σ (Var zᵢ − 1)² on it, over the batch: DIP-VAE; Kumar et al. 2018, eqs. 6 and 7.
    /// </summary>
    /// <param name="OffDiagonal">The weight of the covariances; ≥ 0.</param>
    /// <param name="Diagonal">The weight of the variances; ≥ 0.</param>
    /// <param name="OfDraws">Whether the covariance is that of z (DIP-VAE-II), else that of the posterior's mean (DIP-VAE-I).</param>
    public sealed partial record Dip(double OffDiagonal, double Diagonal, bool OfDraws) : Regularizer
    {
        internal override string Name => OfDraws ? "dip-ii" : "dip-i";

        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.AtLeast($"{path}.offDiagonal", OffDiagonal, 0), .. Rules.AtLeast($"{path}.diagonal", Diagonal, 0)];

        internal override ValueList<Problem> Problems(VaeSpec model, string path) => NeedsReals(model, path, "dip");

        internal override T Penalty<T>(ObjectiveTerms<T> terms)
        {
            var batch = terms.Batch;
            var mean = batch.Posterior.Mean(batch.PosteriorState, batch.Outputs);
            var variances = OfDraws ? T.Exp(batch.Posterior.LogVariance(batch.PosteriorState, batch.Outputs)) : 0.0 * mean;
            return CodePenalties.Covariance(mean, variances, OffDiagonal, Diagonal);
        }
    }
}

public static partial class Regularizers
{
    /// <summary>DIP-VAE-I: the covariance of the posterior's mean; Kumar et al. 2018.</summary>
    /// <param name="offDiagonal">The weight of the covariances; ≥ 0.</param>
    /// <param name="diagonal">The weight of the variances; ≥ 0.</param>
    public static Regularizer DipI(double offDiagonal, double diagonal) => new Regularizer.Dip(offDiagonal, diagonal, false);

    /// <summary>DIP-VAE-II: the covariance of z; Kumar et al. 2018.</summary>
    /// <param name="offDiagonal">The weight of the covariances; ≥ 0.</param>
    /// <param name="diagonal">The weight of the variances; ≥ 0.</param>
    public static Regularizer DipII(double offDiagonal, double diagonal) => new Regularizer.Dip(offDiagonal, diagonal, true);
}
