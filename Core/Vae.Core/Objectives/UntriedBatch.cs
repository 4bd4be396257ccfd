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
        catch (AskedException)
        {
            return null;
        }
    }

    public NdArray Examples => throw new AskedException();
    public NdArray Conditions => throw new AskedException();
    public long TrainingExamples => throw new AskedException();
    public NdArray Draws => throw new AskedException();
    public NdArray Outputs => throw new AskedException();
    public IPosterior Posterior => throw new AskedException();
    public PartState<NdArray> PosteriorState => throw new AskedException();
    public NdArray? KlPerLatent => throw new AskedException();
    public NdArray PriorDraws => throw new AskedException();
    public NdArray ShuffledDraws => throw new AskedException();
    public NdArray Decoded => throw new AskedException();
    public NdArray DecodedPriorDraws => throw new AskedException();
    public NdArray SquaredDecoderGradient => throw new AskedException();
    public NdArray SquaredDecoderWeights => throw new AskedException();
    public NdArray Auxiliary(NdArray rows) => throw new AskedException();
    public NdArray AuxiliaryFeatures(NdArray rows, int layers) => throw new AskedException();

    private sealed class AskedException : Exception;
}
