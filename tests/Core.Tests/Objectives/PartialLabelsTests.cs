using FsCheck.Xunit;

namespace Vae.Tests;

public class PartialLabelsTests
{
    private const int Batch = 4, Classes = 3;

    private static readonly NdArray Known = NdArray.FromValues([1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0], Batch, Classes);

    [Property(Replay = "211,213")]
    public void WithAllLabelsItIsTheConditionalLossAndTheCrossEntropy(ulong seed)
    {
        var (losses, logits) = (Noise.Normal(seed, Classes, Batch), Noise.Normal(seed + 1, Batch, Classes));
        var values = PartialLabels.Loss(losses, logits, Known, 2.5).ToArray();
        int[] labels = [0, 2, 1, 0];
        for (var b = 0; b < Batch; b++)
        {
            var row = logits.ToArray()[(b * Classes)..((b + 1) * Classes)];
            var entropy = Math.Log(row.Sum(Math.Exp)) - row[labels[b]];
            Assert.Equal(losses.ToArray()[labels[b] * Batch + b] + 2.5 * entropy, values[b], 1e-12);
        }
    }

    [Property(Replay = "211,215")]
    public void WithoutALabelItIsABoundThatTheBestClassifierMeets(ulong seed)
    {
        var (losses, logits, unknown) = (2 * Noise.Normal(seed, Classes, Batch), Noise.Normal(seed + 1, Batch, Classes), 0 * Known);
        // −ln Σ p(x, y), where each loss is −ln p(x, y).
        var evidence = (-NdArray.LogSumExp(-losses, 0)).ToArray();
        Assert.All(PartialLabels.Loss(losses, logits, unknown, 9).ToArray().Zip(evidence),
            pair => Assert.True(pair.First > pair.Second - 1e-12));
        Assert.All(PartialLabels.Loss(losses, NdArray.Transpose(-losses), unknown, 9).ToArray().Zip(evidence),
            pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Property(Replay = "211,217")]
    public void SharesAreTheLabelOrTheClassifier(ulong seed)
    {
        var logits = Noise.Normal(seed, Batch, Classes);
        Assert.Equal(NdArray.Transpose(Known).ToArray(), PartialLabels.Shares(logits, Known).ToArray());
        Assert.All(NdArray.Sum(PartialLabels.Shares(logits, 0 * Known), 0).ToArray(), sum => Assert.Equal(1, sum, 1e-12));
    }
}
