using FsCheck.Xunit;

namespace Vae.Tests;

public class VectorQuantizedTests
{
    private static readonly IPosterior Q = Posteriors.VectorQuantized(5, 2, commitment: 0.3, decay: 0.9).Formulas();

    [Property(Replay = "221,223")]
    public void EachPositionIsTheNearestCode(ulong seed)
    {
        NdArray outputs = Noise.Normal(seed, 3, 8), codebook = Noise.Normal(seed + 1, 5, 2);
        var z = Q.Draw(Given(codebook, NdArray.Full(1, 5)), outputs, Noise.Normal(seed + 2, 3, 4)).Z.ToArray().Chunk(2).ToArray();
        var codes = codebook.ToArray().Chunk(2).ToArray();
        foreach (var (output, i) in outputs.ToArray().Chunk(2).Select((output, i) => (output, i)))
            Assert.Equal(codes.MinBy(code => Math.Pow(code[0] - output[0], 2) + Math.Pow(code[1] - output[1], 2))!, z[i],
                (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void TheGradientPassesStraightThrough()
    {
        NdArray outputs = Noise.Normal(1, 2, 4), along = Noise.Normal(2, 2, 4);
        var state = new PartState<Dual<NdArray>>(
            name => Dual<NdArray>.Constant(name == "codebook" ? Noise.Normal(3, 5, 2) : NdArray.Full(1, 5)));
        var draw = Q.Draw(state, new Dual<NdArray>(outputs, along), Dual<NdArray>.Constant(NdArray.Full(0, 2, 2)));
        Assert.Equal(along.ToArray(), draw.Z.Tangent.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(draw.LogDensity.Value.ToArray(), log => Assert.Equal(0, log));
    }

    // Codes (0, 0) and (4, 0): outputs (1, 0) and (0, 2) are near the first, (3, 1) the second, so the squares are 1 + 4 and 1 + 1.
    [Fact]
    public void TheCommitmentIsTheSquaredDistance()
    {
        var q = Posteriors.VectorQuantized(2, 2, commitment: 0.5).Formulas();
        NdArray outputs = NdArray.FromValues([1, 0, 0, 2, 3, 1, 4, 0], 2, 4), codebook = NdArray.FromValues([0, 0, 4, 0], 2, 2);
        var state = Given(codebook, NdArray.Full(1, 2));
        Assert.Equal([2.5, 1], q.Penalty(state, outputs, q.Draw(state, outputs, NdArray.Full(0, 2, 2)))!.Value.ToArray());
    }

    // Counts 4 and 2, decay 0.9: 0.9·4 + 0.1·3 = 3.9 and 0.9·2 + 0.1·1 = 1.9; sums 0.9·4·(0, 0) + 0.1·(1, 3) and 0.9·2·(4, 0) + 0.1·(3, 1).
    [Fact]
    public void TheCodebookFollowsByMovingAverages()
    {
        var q = Posteriors.VectorQuantized(2, 2, decay: 0.9).Formulas();
        NdArray outputs = NdArray.FromValues([1, 0, 0, 2, 3, 1, 0, 1], 2, 4), codebook = NdArray.FromValues([0, 0, 4, 0], 2, 2);
        var updated = q.Updated(Given(codebook, NdArray.FromValues([4, 2], 2)), outputs, NdArray.Full(0, 2, 2));
        Assert.Equal([3.9, 1.9], updated["counts"].ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.1 / 3.9, 0.3 / 3.9, 7.5 / 1.9, 0.1 / 1.9], updated["codebook"].ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(6, 4)]
    [InlineData(1, 2)]
    public void DeadCodesStartAgainFromOutputsThatTheNoiseChooses(int rows, int positions)
    {
        NdArray outputs = Noise.Normal(4, rows, 2 * positions), codebook = 100.0 + Noise.Normal(5, 5, 2);
        var state = Given(codebook, NdArray.Full(0, 5));
        double[] Codes(ulong seed) => Q.Updated(state, outputs, Noise.Normal(seed, rows, positions))["codebook"].ToArray();
        var given = outputs.ToArray().Chunk(2).ToArray();
        // All are far off, so one code is nearest to all outputs: the others are dead.
        Assert.Equal(4, Codes(6).Chunk(2).Count(code => given.Any(output => output.SequenceEqual(code))));
        Assert.Equal(Codes(6), Codes(6));
        Assert.Equal(rows == 1, Codes(6).SequenceEqual(Codes(7)));
        var share = (double)rows * positions / 5;
        Assert.Equal(4, Q.Updated(state, outputs, Noise.Normal(6, rows, positions))["counts"].ToArray().Count(count => count == share));
    }

    [Fact]
    public void FromUniformCodesItDivergesByTheLogarithmOfTheirNumberAtEachPosition() =>
        Assert.Equal(4 * Math.Log(5), Divergences.Kl(
            Posteriors.VectorQuantized(5, 2), Priors.Uniform(Supports.Codes(5, 2)), Noise.Normal(1, 1, 8))!.Value.Item, 1e-12);

    private static PartState<NdArray> Given(NdArray codebook, NdArray counts) => new(name => name == "codebook" ? codebook : counts);
}
