using FsCheck.Xunit;

namespace Vae.Tests;

public class TotalCorrelationsTests
{
    private const int Batch = 8, Examples = 50;

    private static readonly IPosterior Q = Posteriors.DiagonalNormal.Formulas();

    [Property(Replay = "181,183", MaxTest = 30)]
    public void ThePartsSumToTheDivergence(ulong seed)
    {
        foreach (var stratified in new[] { true, false })
        {
            var (parts, divergence) = Decompose(seed, latent: 3, stratified);
            var sum = parts.MutualInformation + parts.TotalCorrelation + parts.DimensionWise;
            Assert.All(sum.ToArray().Zip(divergence.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-10));
        }
    }

    [Fact]
    public void TheirMeanIsTheClosedDivergence()
    {
        var differences = Enumerable.Range(0, 500).SelectMany(i =>
        {
            var (parts, _) = Decompose((ulong)i, latent: 2, stratified: false);
            var sum = parts.MutualInformation + parts.TotalCorrelation + parts.DimensionWise;
            return (sum - Divergences.Kl(Posteriors.DiagonalNormal, Priors.StandardNormal, Outputs((ulong)i, 2))!.Value).ToArray();
        }).ToList();
        Noise.AssertMean(0, differences);
    }

    [Property(Replay = "181,185", MaxTest = 30)]
    public void ASingleLatentHasNoTotalCorrelation(ulong seed) =>
        Assert.All(Decompose(seed, latent: 1, stratified: true).Parts.TotalCorrelation.ToArray(), part => Assert.Equal(0, part, 1e-12));

    [Fact]
    public void PairsAreTheDensitiesOfEachDrawUnderEachExample()
    {
        NdArray outputs = Outputs(5, 3), z = Noise.Normal(6, Batch, 3);
        var pairs = NdArray.Sum(TotalCorrelations.LogPairs(Q, PartState<NdArray>.Empty, outputs, z), 2).ToArray();
        for (var i = 0; i < Batch; i++)
            for (var j = 0; j < Batch; j++)
                Assert.Equal(Q.LogDensity(PartState<NdArray>.Empty, NdArray.Slice(outputs, 0, j, 1), NdArray.Slice(z, 0, i, 1))!.Value.Item,
                    pairs[i * Batch + j], 1e-10);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(8, 50)]
    [InlineData(50, 50)]
    public void StratifiedWeightsCountEveryExampleOfTheDataOnce(int batch, int examples)
    {
        var rows = TotalCorrelations.LogStratifiedWeights(NdArray.Full(0, 1), batch, examples).ToArray().Select(Math.Exp)
            .Chunk(batch).ToArray();
        for (var i = 0; i < batch; i++)
        {
            // Any other example stands in a batch as often as any: the rest of the data has the rest of the weight.
            Assert.Equal(1.0 / examples, rows[i][i], 1e-12);
            Assert.Equal(1 - 1.0 / examples, rows[i].Sum() - rows[i][i], 1e-12);
        }
    }

    [Fact]
    public void OneExampleAloneIsItsOwnAggregate()
    {
        Assert.Equal([0], TotalCorrelations.LogStratifiedWeights(NdArray.Full(0, 1), 1, 50).ToArray());
        Assert.Equal(-Math.Log(50), TotalCorrelations.LogWeights(NdArray.Full(0, 1), 1, 50).Item, 1e-15);
    }

    private static NdArray Outputs(ulong seed, int latent) => Noise.Normal(seed + 1, Batch, 2 * latent);

    private static (KlParts<NdArray> Parts, NdArray Divergence) Decompose(ulong seed, int latent, bool stratified)
    {
        var outputs = Outputs(seed, latent);
        var draw = Posteriors.Draw(Posteriors.DiagonalNormal, outputs, Noise.Normal(seed + 2, Batch, latent));
        var prior = Priors.LogDensity(Priors.StandardNormal, draw.Z);
        var weights = stratified ? TotalCorrelations.LogStratifiedWeights(draw.Z, Batch, Examples)
            : TotalCorrelations.LogWeights(draw.Z, Batch, Examples);
        return (TotalCorrelations.Decompose(draw.LogDensity, TotalCorrelations.LogPairs(Q, PartState<NdArray>.Empty, outputs, draw.Z),
            prior, weights), draw.LogDensity - prior);
    }
}
