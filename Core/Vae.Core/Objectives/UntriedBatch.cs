namespace Vae;

/// <summary>
/// A batch without values, for evaluating a custom objective: one that needs more than its terms is first evaluated in training.
/// </summary>
internal sealed class UntriedBatch : IObjectiveBatch<NdArray>
{
    /// <summary>The loss; null if it uses a value of the batch.</summary>
    public static NdArray? Loss(Func<NdArray> loss)
    {
        try
        {
            return loss();
        }
        catch (UnsupportedException)
        {
            return null;
        }
    }

    public NdArray Examples => throw new UnsupportedException();
    public NdArray Conditions => throw new UnsupportedException();
    public long TrainingExamples => throw new UnsupportedException();
    public NdArray Draws => throw new UnsupportedException();
    public NdArray Outputs => throw new UnsupportedException();
    public IPosterior Posterior => throw new UnsupportedException();
    public PartState<NdArray> PosteriorState => throw new UnsupportedException();
    public NdArray? KlPerLatent => throw new UnsupportedException();
    public NdArray PriorDraws => throw new UnsupportedException();
    public NdArray ShuffledDraws => throw new UnsupportedException();
    public NdArray Decoded => throw new UnsupportedException();
    public NdArray DecodedPriorDraws => throw new UnsupportedException();
    public NdArray SquaredDecoderGradient => throw new UnsupportedException();
    public NdArray SquaredDecoderWeights => throw new UnsupportedException();
    public NdArray Auxiliary(NdArray rows) => throw new UnsupportedException();
    public NdArray AuxiliaryFeatures(NdArray rows, int layers) => throw new UnsupportedException();

    private sealed class UnsupportedException : Exception;
}
