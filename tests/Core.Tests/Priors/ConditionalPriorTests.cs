using FsCheck.Xunit;

namespace Vae.Tests;

public class ConditionalPriorTests
{
    private static readonly Posterior Q = Posteriors.DiagonalNormal;
    private static readonly Prior Learned = Zoo.ConditionalPrior();

    [Property(Replay = "171,173")]
    public void ItIsTheStandardNormalWhereItsParametersAreZero(ulong seed)
    {
        NdArray q = Noise.Normal(seed, 3, 8), z = Noise.Normal(seed + 1, 3, 4), zero = NdArray.Full(0, 3, 8);
        Assert.Equal(Priors.LogDensity(Priors.StandardNormal, z).ToArray(), Priors.LogDensity(Learned, z, Given(zero)).ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(z.ToArray(), Priors.Sample(Learned, z, Given(zero)).ToArray());
        Assert.Equal(
            Divergences.Kl(Q, Priors.StandardNormal, q)!.Value.ToArray(), Divergences.Kl(Q, Learned, q, p: Given(zero))!.Value.ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Property(Replay = "171,175")]
    public void NothingDivergesFromItselfAndNothingLessThanThat(ulong seed)
    {
        NdArray q = Noise.Normal(seed, 3, 8), p = Noise.Normal(seed + 1, 3, 8);
        Assert.All(Divergences.Kl(Q, Learned, q, p: Given(q))!.Value.ToArray(), kl => Assert.Equal(0, kl));
        Assert.All(Divergences.KlPerLatent(Q, Learned, q, p: Given(p))!.Value.ToArray(), kl => Assert.True(kl >= -1e-15));
    }

    // KL(N(1, 2²) ‖ N(0, 3²)) = ln(3/2) + (4 + 1)/18 − 1/2.
    [Fact]
    public void TheDivergenceHasItsKnownClosedForm()
    {
        NdArray q = NdArray.FromValues([1, 2 * Math.Log(2)], 1, 2), p = NdArray.FromValues([0, 2 * Math.Log(3)], 1, 2);
        Assert.Equal(Math.Log(1.5) + 5.0 / 18 - 0.5, Divergences.Kl(Q, Learned, q, p: Given(p))!.Value.Item, 1e-15);
    }

    // The mean of n draws lies within 7 standard errors but for a chance of 1e-11.
    [Fact]
    public void TheDivergenceIsTheMeanOverDraws()
    {
        const int draws = 40_000;
        NdArray q = Repeated([0.5, -1, 0.3, -0.4], draws), p = Repeated([-0.2, 0.1, 0.5, 0.2], draws);
        var drawn = Posteriors.Draw(Q, q, Noise.Normal(5, draws, 2));
        var estimates = Divergences.MonteCarloKl(Learned, drawn, Given(p)).ToArray();
        var mean = estimates.Average();
        var deviation = Math.Sqrt(estimates.Average(e => (e - mean) * (e - mean)) / draws);
        Assert.Equal(Divergences.Kl(Q, Learned, q, p: Given(p))!.Value.ToArray()[0], mean, 7 * deviation);
    }

    private static PartState<NdArray> Given(NdArray outputs) => new(_ => outputs);

    private static NdArray Repeated(double[] row, int rows) => NdArray.Full(0, rows, row.Length) + NdArray.FromValues(row, 1, row.Length);
}
