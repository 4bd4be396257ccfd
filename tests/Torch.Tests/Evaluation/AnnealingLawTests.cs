using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Annealed estimates of ln p(x) against linear models, where it is known.</summary>
public class AnnealingLawTests
{
    private static readonly double[] Strengths = [0.05, 0.12, 0.2];
    private static readonly AnnealingOptions Options = new(Temperatures: 100, Chains: 8, Leapfrogs: 5);

    [Fact]
    public void TheEstimateOfDataIsItsEvidenceWithoutTheEncoder()
    {
        using var linear = new LinearModel(Strengths);
        linear.Fill("encoder.0.bias", 0, 6, 40);
        var data = linear.Draw(60, 3);
        var estimate = -AnnealedImportanceSampling.LogLikelihoods(new(linear.Model, data, Binarizations.None, 1), Options).Average();
        // What the bound of the same model with its useless encoder is far from.
        Assert.InRange(estimate, linear.NegLogEvidence(data) - 0.05, linear.NegLogEvidence(data) + 0.15);
        Assert.True(new Evaluator(linear.Model, data, Binarizations.None).Nll(100) > linear.NegLogEvidence(data) + 10);
    }

    [Fact]
    public void OnSimulatedExamplesTheTruthLiesBetweenBothEstimates()
    {
        using var linear = new LinearModel(Strengths);
        using var scope = NewDisposeScope();
        using var noise = new KeyedNoise(4, CPU);
        var z = Samples.Draws(9, Purpose.Prior, 64, Strengths.Length);
        var x = Simulated.Draw(linear.Model, z, noise);
        using var own = new KeyedNoise(5, CPU);
        var (lower, upper) = AnnealedImportanceSampling.Estimate(
            linear.Model, new(x, null, z), Options with { Temperatures = 500 }, own, default);
        var truth = linear.LogEvidence(x);
        // Each is a bound on average; 64 examples of 8 chains leave it a few hundredths.
        Assert.InRange(lower.Average(), truth.Average() - 0.15, truth.Average() + 0.03);
        Assert.InRange(upper.Average(), truth.Average() - 0.03, truth.Average() + 0.15);
        Assert.All(truth.Zip(lower, upper), row => Assert.InRange(row.First, row.Second - 0.6, row.Third + 0.6));
    }

    [Fact]
    public void MoreTemperaturesCloseTheGap()
    {
        using var linear = new LinearModel(Strengths);
        var gaps = new[] { 3, 30, 300, 1000 }.Select(count =>
            AnnealedImportanceSampling.OnSimulated(linear.Model, 40, Options with { Temperatures = count, Chains = 2 }, 2).Gap).ToArray();
        Assert.True(gaps[0] > 2 * gaps[1] && gaps[1] > 2 * gaps[2] && gaps[2] > 2 * gaps[3], string.Join(' ', gaps));
        Assert.InRange(gaps[3], 0, 0.1);
    }

    [Fact]
    public void ABernoulliModelIsBracketedAndTheSameSeedGivesTheSame()
    {
        using var model = new VaeModel(Zoo.Mlp(Shape.Vector(20), latent: 2, hidden: 8).With(likelihood: Likelihoods.Bernoulli), 3);
        var bounds = AnnealedImportanceSampling.OnSimulated(model, 30, Options, 7);
        // Initial weights say little of z: both ends meet at about 20 coins.
        Assert.InRange(bounds.Lower, -20 * Math.Log(2) - 1, -20 * Math.Log(2) + 1);
        Assert.InRange(bounds.Gap, -0.01, 0.05);
        Assert.Equal(bounds, AnnealedImportanceSampling.OnSimulated(model, 30, Options, 7));
    }

    [Fact]
    public void AConditionalModelIsAnnealedFromItsOwnPrior()
    {
        var spec = Zoo.Mlp(Shape.Vector(6), latent: 2, hidden: 8).With(
            likelihood: Likelihoods.Normal(0.5), condition: Conditions.Label(3), prior: Zoo.ConditionalPrior(5));
        using var model = new VaeModel(spec, 3);
        var data = Samples.Data(spec, 40).Train;
        var annealed = -AnnealedImportanceSampling.LogLikelihoods(new(model, data, Binarizations.None, 1), Options).Average();
        // Draws from the prior by the thousand are enough for so few dimensions.
        Assert.Equal(new Evaluator(model, data, Binarizations.None).PriorNll(5000), annealed, 0.03);
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        using var linear = new LinearModel(Strengths);
        var before = Samples.HeldTensors();
        AnnealedImportanceSampling.OnSimulated(linear.Model, 4, Options with { Temperatures = 5 });
        Assert.Equal(before, TorchSharp.torch.Tensor.TotalCount);
        Assert.Equal(0, linear.Model.Weights.Gradient.abs().max().ToDoubles()[0]);
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        using var linear = new LinearModel(Strengths);
        void Refused(string message, Action act) =>
            Assert.StartsWith(message, Assert.Throws<VaeException>(act).Message, StringComparison.Ordinal);
        Refused("annealing.temperatures: must be at least 1, got 0", () => AnnealedImportanceSampling.OnSimulated(linear.Model, 1, new(0)));
        Refused("annealing.chains: must be at least 1, got 0",
            () => AnnealedImportanceSampling.OnSimulated(linear.Model, 1, new(Chains: 0)));
        Refused("examples: must be at least 1, got 0", () => AnnealedImportanceSampling.OnSimulated(linear.Model, 0));
        using var grey = new VaeModel(Zoo.Mlp(Shape.Vector(5), 2, 4));
        Refused("model.likelihood: must be a normal or Bernoulli density", () => AnnealedImportanceSampling.OnSimulated(grey, 1));
        using var point = new VaeModel(Zoo.Mlp(Shape.Vector(5), 2, 4).With(posterior: Posteriors.Point));
        Refused("model.posterior: must be a distribution", () => AnnealedImportanceSampling.OnSimulated(point, 1));
    }
}
