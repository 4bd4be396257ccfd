namespace Vae.Torch.Tests;

public class CompressionTests
{
    public static TheoryData<Likelihood> Discrete =>
        [Likelihoods.Bernoulli, Likelihoods.Categorical(7), Likelihoods.DiscretizedLogistic(2, 5), Likelihoods.Ordinal(4),
            Likelihoods.BetaBinomial(6)];

    [Theory]
    [MemberData(nameof(Discrete))]
    public void RowsComeBack(Likelihood likelihood)
    {
        using var model = Model(likelihood);
        var rows = Rows(model, 20);
        Assert.Equal(rows, model.Decompress(model.Compress(rows, seed: 5)));
        Assert.Equal(new float[0, 6], model.Decompress(model.Compress(new float[0, 6])));
    }

    [Fact]
    public void TheSizeIsTheBoundInBits()
    {
        // With a learned prior, whose scale enters the codes.
        using var model = Model(Likelihoods.Bernoulli, Priors.LearnedNormal);
        var rows = Rows(model, 2000);
        var expected = model.Score(rows, new(Draws: 20)).NegElbo.Sum() / Math.Log(2);
        Assert.Equal(1, 32.0 * CompressedFile.Parse(model.Compress(rows)).Words.Length / expected, 0.02);
    }

    [Fact]
    public void AnotherModelAndDamageAreRefused()
    {
        using VaeModel model = Model(Likelihoods.Bernoulli), other = Model(Likelihoods.Bernoulli, seed: 2);
        var bytes = model.Compress(Rows(model, 5));
        Assert.Contains("another model", Assert.Throws<VaeException>(() => other.Decompress(bytes)).Message, StringComparison.Ordinal);
        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 0x10;
            Assert.Throws<VaeException>(() => model.Decompress(damaged));
            Assert.Throws<VaeException>(() => model.Decompress(bytes[..i]));
        }
    }

    [Fact]
    public void OtherArithmeticIsNoticed()
    {
        using var model = Model(Likelihoods.Bernoulli);
        var bytes = CompressedFile.Parse(model.Compress(Rows(model, 5)));
        uint[] words = [.. bytes.Words];
        words[^1] ^= 1;
        foreach (var wrong in new[] { bytes with { Words = words }, bytes with { Count = 6 }, bytes with { Count = int.MaxValue } })
            Assert.Contains("round", Assert.Throws<VaeException>(() => model.Decompress(wrong.ToBytes())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeCodedIsNamed()
    {
        Refused(Likelihoods.CrossEntropy, null, new float[1, 6], "model.likelihood");
        Refused(Likelihoods.Bernoulli, Priors.Mixture(3), new float[1, 6], "model.prior");
        Refused(Likelihoods.Bernoulli, null, new float[1, 5], "rows: must have the 6 values");
        Refused(Likelihoods.Bernoulli, null, new float[,] { { 0, 1, 0.5f, 0, 0, 0 } }, "rows[0, 2]: must be one of the 2 values");
        Refused(Likelihoods.Bernoulli, null, new float[,] { { 0, 1, float.NaN, 0, 0, 0 } }, "rows[0, 2]: must be one of the 2 values");

        static void Refused(Likelihood likelihood, Prior? prior, float[,] rows, string start)
        {
            using var model = Model(likelihood, prior);
            Assert.StartsWith(start, Assert.Throws<VaeException>(() => model.Compress(rows)).Message, StringComparison.Ordinal);
        }
    }

    private static VaeModel Model(Likelihood likelihood, Prior? prior = null, ulong seed = 1) =>
        new(Zoo.Mlp(Shape.Vector(6), 2, 8).With(likelihood: likelihood, prior: prior ?? Priors.StandardNormal), seed);

    // Draws from the model itself.
    private static float[,] Rows(VaeModel model, int count) => model.DrawRows(count, seed: 3);
}
