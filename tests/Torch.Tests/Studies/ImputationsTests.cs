using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class ImputationsTests
{
    private const double Strength = 0.1, Sigma = 0.05, Seen = 179 / 255.0;

    private static readonly NdArray FirstOnly = NdArray.FromValues([1, 0], 1, 2);

    private static readonly Dataset Test = TinyRuns.Digits().Test;

    // x₁ and x₂ are the same z with noise of their own: x = 1/2 + s z + σ ε. The encoder is the exact posterior, moved by a number of its
    // deviations.
    private static VaeModel EqualPair(double offset = 0)
    {
        double precision = 2 * Strength * Strength + Sigma * Sigma, gain = Strength / precision, variance = Sigma * Sigma / precision;
        var model = new VaeModel(new(Shape.Vector(2), 1, new([], Heads.Dense), new([], Heads.Dense),
            Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.Normal(Sigma), Conditions.None), 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        void Set(string name, params double[] values) =>
            model.Weights[name].copy_(Array.ConvertAll(values, value => (float)value).ToTensor(CPU, model.Weights[name].shape));
        Set("encoder.0.weight", gain, gain, 0, 0);
        Set("encoder.0.bias", -gain + offset * Math.Sqrt(variance), Math.Log(variance));
        Set("decoder.0.weight", Strength, Strength);
        Set("decoder.0.bias", 0.5, 0.5);
        return model;
    }

    private static Dataset Copies(int count) => Dataset.Create(
        "twins", Shape.Vector(2), Pixels.OfBytes(Enumerable.Range(0, 2 * count).Select(at => (byte)(at % 2 == 0 ? 179 : 90)).ToArray()),
        ReadOnlyMemory<int>.Empty, []);

    // E[x₂|x₁] of the model, in closed form.
    private static double Exact => 0.5 + Strength * Strength / (Strength * Strength + Sigma * Sigma) * (Seen - 0.5);

    private static double MeanImputed(VaeModel model, ImputationOptions options, ulong seed = 0) =>
        Imputations.Impute(new(model, Copies(1000), Binarizations.None, seed), FirstOnly, options: options).Imputed.ToArray()
            .Where((_, at) => at % 2 == 1).Average();

    [Theory]
    [InlineData(nameof(ImputationMethod.PseudoGibbs))]
    [InlineData(nameof(ImputationMethod.Metropolis))]
    public void UnderTheExactPosteriorTheMissingValueIsItsExpectation(string name)
    {
        var method = Enum.Parse<ImputationMethod>(name);
        using var model = EqualPair();
        // A mean varies by 0.045 from round to round, with a correlation of 0.44: over 30 rounds of 1,000 copies six deviations are 0.0025.
        Assert.Equal(Exact, MeanImputed(model, new(60, method), 1), 0.003);
    }

    [Fact]
    public void ProposalsCorrectAWrongPosterior()
    {
        using var model = EqualPair(offset: 1);
        Assert.True(MeanImputed(model, new(60)) - Exact > 0.02);
        Assert.Equal(Exact, MeanImputed(model, new(400, ImputationMethod.Metropolis), 1), 0.004);
    }

    [Fact]
    public void UnderTheExactPosteriorEveryProposalIsTaken()
    {
        using var model = EqualPair();
        Assert.InRange(Imputations.Impute(new(model, Copies(50), Binarizations.None), FirstOnly,
            options: new(20, ImputationMethod.Metropolis)).Accepted, 0.99, 1);
        using var wrong = EqualPair(offset: 2);
        Assert.InRange(Imputations.Impute(new(wrong, Copies(50), Binarizations.None), FirstOnly,
            options: new(20, ImputationMethod.Metropolis)).Accepted, 0.01, 0.9);
    }

    // As EqualPair, with an encoder that sees which values are observed: exact for the first value alone.
    private static VaeModel MaskedPair(double offset)
    {
        double variance = Sigma * Sigma / (Strength * Strength + Sigma * Sigma), gain = Strength / (Strength * Strength + Sigma * Sigma);
        var model = new VaeModel(new(Shape.Vector(4), 1, new([], Heads.Dense), new([], Heads.Dense),
            Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.Masked(Likelihoods.Normal(Sigma)), Conditions.None), 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        void Set(string name, params double[] values) =>
            model.Weights[name].copy_(Array.ConvertAll(values, value => (float)value).ToTensor(CPU, model.Weights[name].shape));
        Set("encoder.0.weight", gain, 0, -gain / 2, 0, 0, 0, 0, 0);
        Set("encoder.0.bias", offset * Math.Sqrt(variance), Math.Log(variance));
        Set("decoder.0.weight", Strength, Strength);
        Set("decoder.0.bias", 0.5, 0.5);
        return model;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void ImportanceWeightsGiveTheExpectationWhateverThePosterior(double offset)
    {
        using var model = MaskedPair(offset);
        var rows = Dataset.Create("pairs", Shape.Vector(2),
            Pixels.OfFloats(Enumerable.Range(0, 400).Select(at => at % 2 == 0 ? (float)Seen : float.NaN).ToArray()),
            ReadOnlyMemory<int>.Empty, []).WithMask();
        var imputation = Imputations.Impute(new(model, rows, Binarizations.None, 1), NdArray.Full(1, [1, 2]), options: new(Samples: 400));
        // A draw of the mean varies by 0.045, in 80,000 draws by 0.0002; weights cost a factor of a few.
        Assert.Equal(Exact, imputation.Imputed.ToArray().Where((_, at) => at % 2 == 1).Average(), 0.003);
        Assert.All(imputation.Imputed.ToArray().Where((_, at) => at % 2 == 0), value => Assert.Equal((float)Seen, value));
        Assert.Equal((0.5, 0.0), (imputation.Missing, imputation.Error));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void DrawsOfAMissingValueHaveItsConditionalMeanAndVariance(double offset)
    {
        using var model = MaskedPair(offset);
        var rows = new float[400, 2];
        for (var i = 0; i < 400; i++)
            (rows[i, 0], rows[i, 1]) = ((float)Seen, float.NaN);
        var draws = model.ImputeDraws(rows, draws: 10, samples: 200, seed: 1);
        double[] drawn = [.. draws.SelectMany(filled => Enumerable.Range(0, 400).Select(i => (double)filled[i, 1]))];
        var variance = Strength * Strength * Sigma * Sigma / (Strength * Strength + Sigma * Sigma) + Sigma * Sigma;
        // 4,000 draws of deviation 0.067: six standard errors of the mean are 0.0064, of the variance 13%.
        Assert.Equal(Exact, drawn.Average(), 0.0075);
        Assert.InRange(drawn.Average(value => Math.Pow(value - drawn.Average(), 2)) / variance, 0.8, 1.2);
        Assert.Equal(10, draws.Select(filled => filled[0, 1]).Distinct().Count());
        Assert.All(draws, filled => Assert.Equal((float)Seen, filled[7, 0]));
        Assert.Equal(drawn[3], model.ImputeDraws(rows, draws: 10, samples: 200, seed: 1)[0][3, 1]);
    }

    [Theory]
    [InlineData(nameof(ImputationMethod.PseudoGibbs))]
    [InlineData(nameof(ImputationMethod.Metropolis))]
    [InlineData(nameof(ImputationMethod.Importance))]
    public void ARowIsImputedAlikeWhetherItsNeighboursHaveHolesOrNot(string name)
    {
        var method = Enum.Parse<ImputationMethod>(name);
        var isImportance = method == ImputationMethod.Importance;
        using var model = EqualPair(offset: 1);
        // Two batches, and parts of four rows.
        Imputation With(int every) => Imputations.Impute(new(model, Copies(502), Binarizations.None, 1),
            NdArray.FromValues([.. Enumerable.Range(0, 1004).Select(at => at % 2 == 1 && at / 2 % every == 0 ? 0.0 : 1)], 502, 2),
            options: new(8, method, Draws: isImportance ? 2 : 0));
        var (all, some, original) = (With(1), With(3), Copies(502).Pixels.Match(bytes => bytes.ToArray().Select(value => value / 255f).ToArray(), floats => floats.ToArray()));
        Assert.All(new[] { (all.Imputed, some.Imputed) }.Concat(all.Draws.Zip(some.Draws)), of =>
        {
            var (wanted, got) = (of.Item1.ToArray(), of.Item2.ToArray());
            for (var at = 0; at < got.Length; at++)
                Assert.Equal(at / 2 % 3 == 0 ? wanted[at] : original[at], got[at], 1e-5);
        });
        // Proposals are of rows with holes.
        Assert.True(method == ImputationMethod.Metropolis ? some.Accepted is > 0 and < 1 : some.Accepted == 1);
    }

    [Fact]
    public void DrawsNeedImportanceAndADistribution()
    {
        using var model = EqualPair();
        var refused = Assert.Throws<VaeException>(() => Imputations.Impute(
            new(model, Copies(2), Binarizations.None), FirstOnly, options: new(Method: ImputationMethod.PseudoGibbs, Draws: 2)));
        Assert.Equal("method: must be importance to draw imputations, got PseudoGibbs", refused.Message);
        Assert.Equal(2, Imputations.Impute(new(model, Copies(2), Binarizations.None), FirstOnly, options: new(Draws: 2)).Draws.Count);
        Assert.Throws<VaeException>(() => model.ImputeDraws(new float[1, 2], draws: 1));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("autoencoder")]
    [InlineData("binary")]
    [InlineData("label")]
    [InlineData("quadrants")]
    public void WhatIsObservedStaysAsItIs(string kind)
    {
        var mlp = Zoo.Mlp(TinyRuns.Input, 3, 8);
        using var model = new VaeModel(kind switch
        {
            "autoencoder" => mlp.With(posterior: Posteriors.Point),
            "binary" => mlp.With(likelihood: Likelihoods.Bernoulli),
            "label" => mlp.With(condition: Conditions.Label(10)),
            "quadrants" => Zoo.Quadrants(TinyRuns.Input, 1, 3, 8),
            _ => mlp,
        }, 5);
        Binarization binarization = kind == "binary" ? Binarizations.Threshold() : Binarizations.None;
        // The lower left quadrant is what the condition shows.
        var mask = kind == "quadrants" ? Masks.HideRight(TinyRuns.Input)
            : Masks.Random(TinyRuns.Input, Test.Count, 0.5, KeyedRandom.FromSeed(1));
        var imputation = Imputations.Impute(new(model, Test, binarization), mask, Imputations.MeanOf(Test), new(4));
        double[] observed = imputation.Observed.ToArray(), original = imputation.Originals.ToArray(), start = imputation.Start.ToArray(),
            imputed = imputation.Imputed.ToArray();
        for (var at = 0; at < observed.Length; at++)
            if (observed[at] == 1)
                Assert.True(original[at] == imputed[at] && original[at] == start[at]);
        Assert.Equal(0, Masks.MissingError(imputation.Originals, imputation.Imputed, 1.0 - imputation.Observed));
        Assert.True(imputation.Error > 0 && imputation.Missing is > 0.4 and < 0.6 && imputation.Accepted == 1);
        Assert.True(StudyPictures.Imputations(imputation, TinyRuns.Input, 4).Height > 3 * 28);
    }

    [Fact]
    public void OneRoundOfAnAutoencoderIsItsReconstruction()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, 3, 8).With(posterior: Posteriors.Point), 5);
        var nothing = NdArray.Full(1, [1, 1, 28, 28]);
        Assert.Equal(0, Imputations.Impute(new(model, Test, Binarizations.None), nothing, options: new(1)).Error);
        var mask = Masks.HideLower(TinyRuns.Input);
        var imputation = Imputations.Impute(new(model, Test.Take([3]), Binarizations.None), mask, options: new(1));
        var begun = Dataset.Create("begun", TinyRuns.Input,
            Pixels.OfFloats(Array.ConvertAll(imputation.Start.ToArray(), value => (float)value)), ReadOnlyMemory<int>.Empty, []);
        var reconstructed = Decodings.Reconstructed(model, begun, Binarizations.None).Reconstructions;
        Assert.All(Enumerable.Range(392, 392), at => Assert.Equal(reconstructed[at], imputation.Imputed.ToArray()[at], 1e-6));
    }

    [Fact]
    public void TheSeedIsTheImputation()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, 3, 8).With(likelihood: Likelihoods.Bernoulli), 5);
        var mask = Masks.HideLeft(TinyRuns.Input);
        double[] Seeded(ulong seed) => Imputations.Impute(
            new(model, Test, Binarizations.Threshold(), seed), mask, options: new(3, ImputationMethod.Metropolis)).Imputed.ToArray();
        Assert.Equal(Seeded(1), Seeded(1));
        Assert.NotEqual(Seeded(1), Seeded(2));
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, 3, 8).With(condition: Conditions.Label(10)), 5);
        var mask = Masks.HideLeft(TinyRuns.Input);
        _ = Imputations.Impute(new(model, Test, Binarizations.None), mask, options: new(2));
        var before = Samples.HeldTensors();
        _ = Imputations.Impute(new(model, Test, Binarizations.None), mask, options: new(4, ImputationMethod.Metropolis));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void WhatCannotBeImputedIsRefused()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, 3, 8), 5);
        using var point = new VaeModel(Zoo.Mlp(TinyRuns.Input, 3, 8).With(posterior: Posteriors.Point), 5);
        using var shown = new VaeModel(Zoo.Quadrants(TinyRuns.Input, 1, 3, 8), 5);
        var mask = Masks.HideLeft(TinyRuns.Input);
        void Refused(VaeModel of, NdArray observed, string mention, ImputationOptions? options = null, float[]? start = null) =>
            Damage.Refused(() => Imputations.Impute(new(of, Test, Binarizations.None), observed, start, options), mention);
        Refused(model, FirstOnly, "mask: must be [1 or 128, 1, 28, 28], got [1, 2]");
        Refused(model, mask * 0.5, "mask: must be 0 and 1 only, got other values");
        Refused(model, mask, "rounds: must be at least 1, got 0", new(0));
        Refused(model, mask, "start: must be 784 finite values, got 3 values", start: [1, 2, 3]);
        Refused(point, mask, "model.posterior: must be a distribution for Metropolis proposals", new(Method: ImputationMethod.Metropolis));
        Refused(shown, mask, "mask: must keep the values that the model's condition shows of the image");
        Damage.Refused(() => Imputations.Impute(new(model, Copies(2), Binarizations.None), FirstOnly), "data: must have the shape 1×28×28");
    }
}
