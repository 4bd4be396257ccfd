using FsCheck.Xunit;

namespace Vae.Tests;

public class BernoullisTests
{
    [Property(Replay = "121,123")]
    public void ProbabilitiesSumToOne(ulong seed, byte size)
    {
        var n = size % 7 + 1;
        var outcomes = 1 << n;
        var x = NdArray.FromValues([.. Enumerable.Range(0, outcomes * n).Select(i => (double)(i / n >> i % n & 1))], outcomes, n);
        var logits = 3 * Noise.Normal(seed, 1, n);
        Assert.Equal(1, NdArray.Sum(NdArray.Exp(-Bernoullis.NegLogDensity(logits, x)), 0).Item, 1e-13);
    }

    [Property(Replay = "121,125", MaxTest = 300)]
    public void TheCrossEntropyIsMinimalAtItsOwnProbabilities(ulong seed)
    {
        NdArray own = 3 * Noise.Normal(seed, 4, 5), other = own + Noise.AwayFromZero(seed, 4, 5);
        var x = NdArray.Sigmoid(own);
        Assert.All(Differences(Bernoullis.NegLogDensity(other, x), Bernoullis.Entropy(own)), difference => Assert.True(difference > 0));
        Assert.All(Differences(Bernoullis.NegLogDensity(own, x), Bernoullis.Entropy(own)),
            difference => Assert.Equal(0, difference, 1e-13));
        Assert.All(Bernoullis.Entropy(own).ToArray(), entropy => Assert.InRange(entropy, 0, 5 * Math.Log(2)));
    }

    [Property(Replay = "121,127")]
    public void TheLogitFormEqualsTheProbabilityForm(ulong seed)
    {
        NdArray logits = Noise.Normal(seed, 3, 4), x = NdArray.Sigmoid(Noise.Normal(seed + 1, 3, 4)), p = NdArray.Sigmoid(logits);
        var textbook = -NdArray.SumEvent(x * NdArray.Log(p) + (1 - x) * NdArray.Log(1 - p));
        Assert.All(Differences(textbook, Bernoullis.NegLogDensity(logits, x)), difference => Assert.Equal(0, difference, 1e-13));
    }

    [Theory]
    [InlineData(1e6, 1, 0)]
    [InlineData(1e6, 0, 1e6)]
    [InlineData(-1e6, 0, 0)]
    [InlineData(-1e6, 1, 1e6)]
    [InlineData(0, 0.5, 0.6931471805599453)]
    public void FarLogitsNeitherOverflowNorCancel(double logit, double x, double expected) =>
        Assert.Equal(expected, Bernoullis.NegLogDensity(NdArray.Full(logit, 1, 1), NdArray.Full(x, 1, 1)).Item, 1e-9);

    private static IEnumerable<double> Differences(NdArray a, NdArray b) => (a - b).ToArray();
}
