using FsCheck.Xunit;

namespace Vae.Tests;

public class LearnedPriorsTests
{
    private const int Draws = 20_000;

    [Property(Replay = "231,233")]
    public void ALearnedNormalStartsAsTheStandardOne(ulong seed)
    {
        var (z, state) = (Noise.Normal(seed, 3, 4), new PartState<NdArray>(_ => NdArray.Full(0, 4)));
        Close(Priors.LogDensity(Priors.StandardNormal, z), Priors.LogDensity(Priors.LearnedNormal, z, state));
        Close(z, Priors.Sample(Priors.LearnedNormal, z, state));
        Close(Divergences.Kl(Posteriors.DiagonalNormal, Priors.StandardNormal, z)!.Value,
            Divergences.Kl(Posteriors.DiagonalNormal, Priors.LearnedNormal, z, p: new(_ => NdArray.Full(0, 2)))!.Value);
    }

    [Property(Replay = "231,235")]
    public void AMixtureOfOneIsThatOne(ulong seed)
    {
        NdArray z = Noise.Normal(seed, 3, 4), mean = Noise.Normal(seed + 1, 1, 4), logVariance = Noise.Normal(seed + 2, 1, 4),
            noise = Noise.Normal(seed + 3, 3, 6);
        var mixture = new PartState<NdArray>(name => name == "means" ? mean : name == "logVariances" ? logVariance : NdArray.Full(0.7, 1));
        var normal = new PartState<NdArray>(name => NdArray.Reshape(name == "mean" ? mean : logVariance, 4));
        Close(Priors.LogDensity(Priors.LearnedNormal, z, normal), Priors.LogDensity(Priors.Mixture(1), z, mixture));
        Close(Priors.Sample(Priors.LearnedNormal, NdArray.Slice(noise, 1, 0, 4), normal), Priors.Sample(Priors.Mixture(1), noise, mixture));
    }

    [Property(Replay = "231,237")]
    public void AVampPriorOfOneExampleIsThePosteriorOfIt(ulong seed)
    {
        NdArray z = Noise.Normal(seed, 3, 2), outputs = Noise.Normal(seed + 1, 1, 4);
        var vamp = new PartState<NdArray>(name => name == PriorStates.PseudoOutputs ? outputs : throw new ArgumentException(name));
        Close(Posteriors.LogDensity(Posteriors.DiagonalNormal, NdArray.Full(0, 3, 1) + outputs, z)!.Value,
            Priors.LogDensity(Priors.Vamp(1), z, vamp));
        // An example of zeros and an encoder that gives it back: N(0, I).
        Close(Priors.LogDensity(Priors.StandardNormal, z), Priors.LogDensity(Priors.Vamp(1), z, new(_ => NdArray.Full(0, 1, 4))));
    }

    // It goes where the posteriors go: its divergence holds codes nowhere, unlike that from N(0, I).
    [Property(Replay = "231,239")]
    public void AVampPriorIsEquivariantUnderTranslation(ulong seed, sbyte by)
    {
        NdArray z = Noise.Normal(seed, 3, 2), outputs = Noise.Normal(seed + 1, 4, 4), moved = NdArray.FromValues([1, 1, 0, 0], 1, 4) * by;
        Close(Priors.LogDensity(Priors.Vamp(4), z, new(_ => outputs)),
            Priors.LogDensity(Priors.Vamp(4), z + NdArray.Slice(moved, 1, 0, 2), new(_ => outputs + moved)));
    }

    // The moments of a mixture are the means of those of its parts.
    [Fact]
    public void DrawsOfAMixtureHaveItsMoments()
    {
        double[] weights = [0.2, 0.5, 0.3], means = [-2, 0.5, 3], deviations = [0.3, 1, 0.6];
        var state = new PartState<NdArray>(name => name switch
        {
            "weights" => NdArray.FromValues([.. weights.Select(w => Math.Log(w) + 1)], 3),
            "means" => NdArray.FromValues(means, 3, 1),
            _ => NdArray.FromValues([.. deviations.Select(d => 2 * Math.Log(d))], 3, 1),
        });
        var z = Priors.Sample(Priors.Mixture(3), Noise.Normal(1, Draws, 7), state).ToArray();
        double Moment(Func<double, double, double> of) => Enumerable.Range(0, 3).Sum(k => weights[k] * of(means[k], deviations[k]));
        Noise.AssertMean(Moment((m, _) => m), z);
        Noise.AssertMean(Moment((m, d) => m * m + d * d), [.. z.Select(x => x * x)]);
        Noise.AssertMean(Moment((m, d) => Noise.NormalCdf((1 - m) / d)), [.. z.Select(x => x < 1 ? 1.0 : 0)]);
        const double step = 0.05;
        var grid = NdArray.FromValues([.. Enumerable.Range(-200, 400).Select(i => i * step)], 400, 1);
        Assert.Equal(1, Priors.LogDensity(Priors.Mixture(3), grid, state).ToArray().Sum(Math.Exp) * step, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AutoregressiveMassesSumToOneAndDrawsFollowThem(int embedding)
    {
        var support = embedding == 0 ? Supports.Categories(3) : Supports.Codes(3, embedding);
        var prior = Priors.AutoregressiveCodebook(support, width: 8);
        var (latent, codebook) = (embedding == 0 ? 6 : 4, Noise.Normal(5, 3, 2));
        var tensors = new PartTensors(prior.Formulas().Learned(latent, Shape.Vector(1)), 7, scale: 1);
        var state = new PartState<NdArray>(name => name == PriorStates.Codebook ? codebook : tensors[name]);
        double[] Block(int c) => embedding == 0 ? [.. Enumerable.Range(0, 3).Select(i => i == c ? 1.0 : 0)]
            : NdArray.Slice(codebook, 0, c, 1).ToArray();
        double[][] all = [.. from a in Enumerable.Range(0, 3) from b in Enumerable.Range(0, 3) select (double[])[.. Block(a), .. Block(b)]];
        var masses = Priors.LogDensity(prior, NdArray.FromValues([.. all.SelectMany(z => z)], 9, latent), state).ToArray()
            .Select(Math.Exp).ToArray();
        Assert.Equal(1, masses.Sum(), 1e-12);
        var drawn = Priors.Sample(prior, Noise.Normal(2, Draws, prior.Formulas().Noise(latent)), state).ToArray().Chunk(latent).ToArray();
        for (var i = 0; i < 9; i++)
            Noise.AssertMean(masses[i], [.. drawn.Select(z => z.SequenceEqual(all[i]) ? 1.0 : 0)]);
        // The first position is independent of the second's class, the second not of the first's.
        Assert.NotEqual(masses[0] / (masses[0] + masses[1] + masses[2]), masses[3] / (masses[3] + masses[4] + masses[5]), 1e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void UniformCodesAreDrawnEquallyOften(int embedding)
    {
        var prior = Priors.Uniform(embedding == 0 ? Supports.Categories(4) : Supports.Codes(4, embedding));
        var (latent, codebook) = (embedding == 0 ? 8 : 4, Noise.Normal(5, 4, 2));
        var state = new PartState<NdArray>(_ => codebook);
        var z = Priors.Sample(prior, Noise.Normal(3, Draws, prior.Formulas().Noise(latent)), state);
        Assert.All(Priors.LogDensity(prior, z, state).ToArray(), log => Assert.Equal(-2 * Math.Log(4), log, 1e-12));
        foreach (var same in z.ToArray().Chunk(latent / 2).Select((block, i) => (Key: $"{i % 2}: {string.Join(' ', block)}", i))
            .GroupBy(b => b.Key))
            Noise.AssertMean(0.25, [.. Enumerable.Repeat(1.0, same.Count()), .. Enumerable.Repeat(0.0, Draws - same.Count())]);
    }

    [Fact]
    public void UniformDrawsOfASphereHaveNoDirection()
    {
        var z = Priors.Sample(Priors.Uniform(Supports.Sphere), Noise.Normal(4, Draws, 3));
        Assert.All(NdArray.Sum(NdArray.Square(z), 1).ToArray(), squares => Assert.Equal(1, squares, 1e-12));
        Noise.AssertMean(0, [.. z.ToArray().Where((_, i) => i % 3 == 1)]);
        Noise.AssertMean(1.0 / 3, [.. z.ToArray().Where((_, i) => i % 3 == 2).Select(x => x * x)]);
    }

    [Fact]
    public void OnlyCodesHaveAnAutoregressivePriorAndRealNumbersNoUniformOne()
    {
        Assert.Contains("support: must be classes or codes",
            Assert.Throws<ArgumentException>(() => Priors.AutoregressiveCodebook(Supports.Sphere)).Message, StringComparison.Ordinal);
        Assert.Contains("support: must be classes or codes", Assert.Throws<ArgumentException>(() => Priors.Uniform(Supports.Reals)).Message,
            StringComparison.Ordinal);
    }

    private static void Close(NdArray expected, NdArray actual) =>
        Assert.Equal(expected.ToArray(), actual.ToArray(), (a, b) => Math.Abs(a - b) < 1e-10);
}
