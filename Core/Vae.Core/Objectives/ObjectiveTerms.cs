namespace Vae;

/// <summary>The terms of an objective for a batch of B examples with K draws from the posterior for each; nats.</summary>
/// <param name="Reconstruction">−ln p(x|z) of each draw, [K, B]; of each class if the objective sums over labels.</param>
/// <param name="LogPosterior">ln q(z|x) of each draw, [K, B]; ∞ for a point.</param>
/// <param name="LogPrior">ln p(z) of each draw, [K, B].</param>
/// <param name="Kl">
/// KL(q(z|x) ‖ p(z)), [B]: in closed form where there is one, else the mean over the draws of ln q − ln p. [K, B] if the
/// objective sums over labels.
/// </param>
/// <param name="Beta">The KL weight β at this time, if the objective has one.</param>
/// <param name="Epoch">The time since the start of training, in epochs.</param>
/// <param name="Batch">All other values of the batch.</param>
public readonly record struct ObjectiveTerms<T>(
    T Reconstruction, T LogPosterior, T LogPrior, T Kl, double Beta, double Epoch, IObjectiveBatch<T> Batch) where T : struct, ITensor<T>
{
    private readonly double epoch = Epoch;

    /// <summary>The time since the start of training, in epochs.</summary>
    public double Epoch
    {
        get
        {
            Recording?.EpochIsRead();
            return epoch;
        }
        init => epoch = value;
    }

    /// <summary>−ln p(x|z), the mean over the draws; [B].</summary>
    public T MeanReconstruction => T.Sum(Reconstruction, 0) / Reconstruction.Dims[0];

    /// <summary>ln p(x, z) − ln q(z|x) of each draw, [K, B]: the log-weights of Burda et al. 2016.</summary>
    public T LogWeights => LogPrior - LogPosterior - Reconstruction;

    /// <summary>ln p(x|z) + β·(ln p(z) − ln q(z|x)) of each draw, [K, B]; <see cref="LogWeights"/> if β is 1.</summary>
    internal T WeightedLogWeights => Beta == 1 ? LogWeights : TimesBeta(LogPrior - LogPosterior) - Reconstruction;

    /// <summary>ln q(z|x) − ln p(z), the mean over the draws; [B].</summary>
    public T DrawnKl => T.Sum(LogPosterior - LogPrior, 0) / Reconstruction.Dims[0];

    /// <summary>The values that change from step to step, if the formulas are recorded; otherwise null.</summary>
    internal Recording<T>? Recording => (Batch as IRecordedBatch<T>)?.Recording;

    /// <summary>β times a tensor.</summary>
    internal T TimesBeta(T x) => Batch is IRecordedBatch<T> recorded ? recorded.Beta * x : Beta * x;

    /// <summary>−ln p(x|z) + β · a KL term, as <see cref="Bounds.NegElbo{T}(T, T, double)"/>.</summary>
    internal T NegElbo(T kl) => Batch is IRecordedBatch<T> recorded
        ? MeanReconstruction + recorded.Beta * kl : Bounds.NegElbo(MeanReconstruction, kl, Beta);
}
