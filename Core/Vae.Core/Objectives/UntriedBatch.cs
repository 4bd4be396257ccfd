namespace Vae;

/// <summary>The batch of a trial that has terms only: an objective that asks for more is left to training.</summary>
internal sealed class UntriedBatch : IObjectiveBatch<NdArray>
{
    /// <summary>The loss of a trial; null where it asks for the batch.</summary>
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
