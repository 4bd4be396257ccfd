using FsCheck.Xunit;

namespace Vae.Tests;

public class FullNormalTests
{
    private const int Draws = 40_000;
    private static readonly Posterior Q = Posteriors.FullNormal;
    private static readonly double[] Outputs = [0.5, -1, 0.2, 0.3, -0.8, -0.1, 0.7, -0.4, 0.9];

    [Property(Replay = "201,203")]
    public void WithADiagonalFactorItIsTheDiagonalNormal(ulong seed)
    {
        NdArray given = Noise.Normal(seed, 3, 6), z = Noise.Normal(seed + 1, 3, 3), full = NdArray.Concat(given, NdArray.Full(0, 3, 3), 1);
        Close(Posteriors.Draw(Posteriors.DiagonalNormal, given, z).Z, Posteriors.Draw(Q, full, z).Z);
        Close(Posteriors.Draw(Posteriors.DiagonalNormal, given, z).LogDensity, Posteriors.Draw(Q, full, z).LogDensity);
        Close(Posteriors.LogVariance(Posteriors.DiagonalNormal, given), Posteriors.LogVariance(Q, full));
        Close(Divergences.KlPerLatent(Posteriors.DiagonalNormal, Priors.StandardNormal, given)!.Value,
            Divergences.KlPerLatent(Q, Priors.StandardNormal, full)!.Value);
    }

    [Property(Replay = "201,205")]
    public void TheDensityOfADrawMatchesTheDensityAtItsValue(ulong seed)
    {
        NdArray outputs = Noise.Normal(seed, 2, 14);
        var draw = Posteriors.Draw(Q, outputs, Noise.Normal(seed + 1, 2, 4));
        Close(draw.LogDensity, Posteriors.LogDensity(Q, outputs, draw.Z)!.Value);
    }

    [Fact]
    public void DrawsHaveTheMomentsOfTheFactor()
    {
        var z = Posteriors.Draw(Q, Repeated(Draws), Noise.Normal(5, Draws, 3)).Z.ToArray();
        double[] mu = Outputs[..3], deviations = [.. Outputs[3..6].Select(l => Math.Exp(l / 2))];
        double[][] factor = [[deviations[0], 0, 0], [deviations[1] * Outputs[6], deviations[1], 0],
            [deviations[2] * Outputs[7], deviations[2] * Outputs[8], deviations[2]]];
        for (var i = 0; i < 3; i++)
        {
            Noise.AssertMean(mu[i], [.. Enumerable.Range(0, Draws).Select(n => z[3 * n + i])]);
            for (var j = 0; j <= i; j++)
                Noise.AssertMean(factor[i].Zip(factor[j], (a, b) => a * b).Sum(),
                    [.. Enumerable.Range(0, Draws).Select(n => (z[3 * n + i] - mu[i]) * (z[3 * n + j] - mu[j]))]);
        }
        Assert.Equal(factor.Select(row => Math.Log(row.Sum(value => value * value))), Posteriors.LogVariance(Q, Repeated(1)).ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void TheDivergenceIsTheMeanOverDraws()
    {
        var draw = Posteriors.Draw(Q, Repeated(Draws), Noise.Normal(7, Draws, 3));
        Noise.AssertMean(Divergences.Kl(Q, Priors.StandardNormal, Repeated(1))!.Value.Item,
            Divergences.MonteCarloKl(Priors.StandardNormal, draw).ToArray());
        var p = new PartState<NdArray>(name => NdArray.FromValues(name == "mean" ? [0.3, -0.2, 0.1] : [0.4, -0.5, 0.2], 3));
        Noise.AssertMean(Divergences.Kl(Q, Priors.LearnedNormal, Repeated(1), p: p)!.Value.Item,
            Divergences.MonteCarloKl(Priors.LearnedNormal, draw, p).ToArray());
    }

    [Property(Replay = "201,207")]
    public void NoDimensionDivergesLessThanNothing(ulong seed) =>
        Assert.All(Divergences.KlPerLatent(Q, Priors.StandardNormal, Noise.Normal(seed, 4, 14))!.Value.ToArray(),
            kl => Assert.True(kl >= -1e-14));

    private static NdArray Repeated(int rows) => NdArray.Full(0, rows, 9) + NdArray.FromValues(Outputs, 1, 9);

    private static void Close(NdArray expected, NdArray actual) =>
        Assert.Equal(expected.ToArray(), actual.ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
}
