using TorchSharp;
using Vae.Tests;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>What an objective does to the gradient of each network, against objectives that it equals or estimates.</summary>
public class ObjectiveGradientTests
{
    private const int Batch = 8;

    private static readonly VaeSpec Model = Samples.Tiny.Model;
    private static readonly Schedule One = Schedules.Constant(1), Part = Schedules.Constant(0.3);

    private static readonly Dictionary<string, (Objective One, Objective Other)> Same = new()
    {
        ["free bits of 0"] = (Objectives.Elbo, Objectives.Beta(One, Capacities.FreeBits(0))),
        ["free bits of 0 in total"] = (Objectives.Elbo, Objectives.Beta(One, Capacities.FreeBits(0, perLatent: false))),
        ["a capacity of 0"] = (Objectives.Beta(3), Objectives.Beta(Schedules.Constant(3), Capacities.Target(0))),
        ["β-tc of 1"] = (Objectives.Elbo, Objectives.TotalCorrelation(1)),
        ["nothing of the regularizer"] = (Objectives.Elbo, Objectives.Regularized(Regularizers.Mmd(0))),
        ["no codes"] = (Objectives.Reconstruction, Objectives.Code(0)),
        ["miwae of one group"] = (Objectives.ImportanceWeighted(4), Objectives.ImportanceWeighted(4, ImportanceBounds.Miwae(1))),
        ["piwae of one group"] = (Objectives.ImportanceWeighted(4), Objectives.ImportanceWeighted(4, ImportanceBounds.Piwae(1))),
        ["ciwae without elbo"] = (Objectives.ImportanceWeighted(4), Objectives.ImportanceWeighted(4, ImportanceBounds.Ciwae(0))),
        ["ciwae of elbo alone"] = (Objectives.ImportanceWeighted(1, ImportanceBounds.Miwae(4)),
            Objectives.ImportanceWeighted(4, ImportanceBounds.Ciwae(1))),
        ["dreg of one sample"] = (Objectives.Beta(One, gradient: EncoderGradients.StickingTheLanding),
            Objectives.ImportanceWeighted(1, gradient: EncoderGradients.DoublyReparameterized)),
        ["a weighted sample"] = (Objectives.Beta(Part, gradient: EncoderGradients.StickingTheLanding),
            Objectives.ImportanceWeighted(1, gradient: EncoderGradients.StickingTheLanding, beta: Part)),
        ["dreg of one weighted sample"] = (Objectives.Beta(Part, gradient: EncoderGradients.StickingTheLanding),
            Objectives.ImportanceWeighted(1, gradient: EncoderGradients.DoublyReparameterized, beta: Part)),
    };

    public static TheoryData<string> EqualPairs => [.. Same.Keys];

    [Theory, MemberData(nameof(EqualPairs))]
    public void EqualObjectivesHaveEqualGradients(string name)
    {
        var (one, other) = Same[name];
        Near(Gradients(one, 1)[0], Gradients(other, 1)[0]);
    }

    [Fact]
    public void PiwaeTrainsTheEncoderByGroupsAndTheDecoderByAllDraws()
    {
        var piwae = Gradients(Objectives.ImportanceWeighted(3, ImportanceBounds.Piwae(2)), 1)[0];
        Near(Encoder(Gradients(Objectives.ImportanceWeighted(3, ImportanceBounds.Miwae(2)), 1)[0]), Encoder(piwae));
        Near(Decoder(Gradients(Objectives.ImportanceWeighted(6), 1)[0]), Decoder(piwae));
    }

    [Theory]
    [InlineData(1, false, 1)]
    [InlineData(5, true, 1)]
    [InlineData(5, true, 0.3)]
    public void TheEncodersEstimatorsAgreeOnAverageAndTheDecoderHasNoOther(int samples, bool doubly, double weight)
    {
        var beta = Schedules.Constant(weight);
        const int draws = 1500;
        var total = Gradients(Objectives.ImportanceWeighted(samples, beta: beta), draws);
        var held = Gradients(Objectives.ImportanceWeighted(
            samples, gradient: doubly ? EncoderGradients.DoublyReparameterized : EncoderGradients.StickingTheLanding, beta: beta), draws);
        foreach (var (one, other) in total.Zip(held))
            Near(Decoder(one), Decoder(other));
        for (var direction = 0UL; direction < 5; direction++)
        {
            var along = Noise.Normal(direction, Encoder(total[0]).Length).ToArray();
            Noise.AssertMean(0, [.. total.Zip(held,
                (one, other) => Encoder(one).Zip(Encoder(other), (a, b) => a - b).Zip(along, (gap, part) => gap * part).Sum())]);
        }
    }

    [Fact]
    public void WithAllLabelsM2IsTheConditionalBoundAndAClassifierByItself()
    {
        var model = Model.With(condition: Conditions.Label(3));
        var classifier = new Network([Layers.Linear(4), Layers.Tanh], Heads.Dense);
        using var network = new VaeModel(model, 3, type: ScalarType.Float64);
        using var state = new OptimizerState(network.Weights);
        using var step = new AutogradStep(network, state, Objectives.SemiSupervised(Batch, 0.7, classifier), Samples.Tiny.Train);
        using var x = Samples.Inputs(model, Batch).to(ScalarType.Float64);
        using var labels = eye(3, 3, ScalarType.Float64).repeat(3, 1).narrow(0, 0, Batch);
        using var scope = NewDisposeScope();
        var own = step.Auxiliaries[0];
        var entropy = nn.functional.cross_entropy(own.Run(x, training: true, 0), labels.argmax(1), reduction: nn.Reduction.Sum).ToDouble();
        step.Run(x, labels, new(0, 0, 1, 0, Measured: true));
        var totals = step.Collect();
        Assert.Equal(totals.Reconstruction + totals.Kl + Batch * Math.Log(3) + 0.7 * entropy, totals.Loss, 1e-9 * totals.Loss);
        Assert.True(own.Weights.Gradient.norm().ToDouble() > 0);
    }

    [Fact]
    public void LabelsThatNoNetworkUsesHaveTheSameLosses()
    {
        const int classes = 3;
        var model = Model.With(condition: Conditions.Label(classes));
        using var network = new VaeModel(model, 3, type: ScalarType.Float64);
        using var noise = new KeyedNoise(1, CPU);
        using var x = Samples.Inputs(model, Batch).to(ScalarType.Float64);
        using var scope = NewDisposeScope();
        foreach (var first in (string[])["encoder.0.weight", "decoder.0.weight"])
            using (no_grad())
                network.Weights[first].narrow(1, -classes, classes).zero_();
        var pass = TrainingPass.OverLabels(new(network, noise), x, zeros(Batch, classes), Samples.At(0));
        var losses = pass.Reconstruction.Tensor.view(classes, Batch);
        Assert.Equal(0, losses.amax(0).sub(losses.amin(0)).abs().max().ToDouble(), 1e-12);
        Assert.True(losses[0].std().ToDouble() > 0);
    }

    [Fact]
    public void ADiscriminatorsLossTrainsTheDiscriminatorAlone()
    {
        using var network = new VaeModel(Model, 3);
        using var state = new OptimizerState(network.Weights);
        using var step = new AutogradStep(network, state, Objectives.Factor(0, Discriminators.Dense(4, 1, 0.1)), Samples.Tiny.Train);
        using var x = Samples.Inputs(Model, Batch);
        using var before = step.Auxiliaries[0].Weights.Flat.clone();
        step.Run(x, null, Samples.At(0, rate: 0));
        Assert.True(Samples.LargestGap(before, step.Auxiliaries[0].Weights.Flat) > 0);
        var gradient = network.Weights.Gradient.ToDoubles();
        Near(Gradients(Objectives.Elbo, 1, ScalarType.Float32)[0], gradient, 1e-5);
    }

    [Fact]
    public void TheGradientPenaltyIsTheSquareOfALinearDecodersSlope()
    {
        // Of x̂ = W z + b the derivative is W, and its square is unbiased: Σ W² on average over directions.
        var linear = Model.With(decoder: new([], Heads.Dense), likelihood: Likelihoods.Normal(1));
        using var network = new VaeModel(linear, 3, type: ScalarType.Float64);
        using var noise = new KeyedNoise(1, CPU);
        using var x = Samples.Inputs(linear, 400).to(ScalarType.Float64);
        using var scope = NewDisposeScope();
        var weight = network.Weights["decoder.0.weight"].detach();
        var context = new LossContext(network, noise);
        var each = Losses.Compute(context, Objectives.Code(0, DecoderPenalties.GradientPenalty(1)), x, null, Samples.At(0)).Loss.sub(
            Losses.Compute(context, Objectives.Code(0), x, null, Samples.At(0)).Loss).ToDoubles();
        Noise.AssertMean(weight.square().sum().ToDouble(), each);
    }

    private static void Near(double[] expected, double[] actual, double tolerance = 1e-10)
    {
        var scale = 1 + expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * scale));
    }

    private static double[] Encoder(double[] gradient) => gradient[..Split];

    private static double[] Decoder(double[] gradient) => gradient[Split..];

    private static int Split
    {
        get
        {
            using var weights = new Weights(Model, 3);
            return (int)weights.Offset("decoder.0.weight");
        }
    }

    /// <summary>The gradient at the same weights, with new noise each time.</summary>
    private static List<double[]> Gradients(Objective objective, int draws, ScalarType type = ScalarType.Float64)
    {
        using var network = new VaeModel(Model, 3, type: type);
        using var state = new OptimizerState(network.Weights);
        using var step = new AutogradStep(network, state, objective, Samples.Tiny.Train, examples: 100);
        using var x = Samples.Inputs(Model, Batch).to(type);
        var gradients = new List<double[]>();
        for (var i = 0; i < draws; i++)
        {
            var beta = objective is Objective.Elbo or Objective.ImportanceWeighted ? Objectives.BetaAt(objective, 0) : 1;
            step.Run(x, null, new(i, 0, beta, 0, Measured: false));
            gradients.Add(network.Weights.Gradient.ToDoubles());
        }
        return gradients;
    }
}
