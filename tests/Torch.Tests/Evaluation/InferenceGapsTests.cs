namespace Vae.Torch.Tests;

public class InferenceGapsTests
{
    [Fact]
    public void AShiftedEncoderLosesByAmortizationAlone()
    {
        // The exact posterior is a diagonal normal, so its family loses nothing. Means that lie c deviations off lose c²/2 for each latent.
        const double offset = 1.5;
        using var linear = new LinearModel([0.05, 0.12, 0.2], offset);
        var data = linear.Draw(60, 3);
        var gaps = InferenceGaps.Measure(
            new(linear.Model, data, Binarizations.None, 1), 60, new(Temperatures: 100, Chains: 8, Leapfrogs: 5));
        Assert.Equal(60, gaps.Examples);
        Assert.Equal(3 * offset * offset / 2, gaps.AmortizationGap, 0.1);
        Assert.Equal(linear.NegLogEvidence(data), gaps.OptimizedNegElbo, 0.03);
        Assert.Equal(0, gaps.ApproximationGap, 0.15);
    }
}
