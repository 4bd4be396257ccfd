using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>How a condition joins what networks see.</summary>
public class ConditioningTests
{
    private const int Batch = 4;

    private static readonly Shape Input = Shape.Image(2, 6, 8);

    public static TheoryData<string> Models => ["mlp", "conv", "conv, joined again after the reshape"];

    private static VaeSpec Spec(string name, Condition condition)
    {
        if (name == "mlp")
            return Zoo.Mlp(Input, 3, 5).With(condition: condition);
        var conv = Zoo.Conv(Input, 3, 5).With(condition: condition);
        var layers = conv.Decoder.Layers.ToList();
        if (name != "conv" && condition is not Condition.None)
            layers.Insert(layers.FindIndex(layer => layer is Layer.Reshape) + 1, Layers.ConcatenateCondition(Wiring.ConditionWidth(conv)));
        return conv.With(decoder: conv.Decoder.With(layers: ValueList.From(layers)));
    }

    // What a constant condition adds to a layer is constant too: the weights of its columns may as well be 0, or folded into the bias.
    [Theory, MemberData(nameof(Models))]
    public void AConstantConditionChangesNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var plain = new VaeModel(Spec(name, Conditions.None), 5, type: ScalarType.Float64);
        using var conditioned = new VaeModel(Spec(name, Conditions.Vector(3)), 7, type: ScalarType.Float64);
        CopyCommon(plain, conditioned);
        Tensor x = rand([Batch, 2, 6, 8], ScalarType.Float64), z = randn([Batch, 3], ScalarType.Float64),
            c = zeros([Batch, 3], ScalarType.Float64);
        Close(plain.Encode(x), conditioned.Encode(x, c));
        Close(plain.Decode(z), conditioned.Decode(z, c));
    }

    [Fact]
    public void AConstantConditionIsABias()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var plain = new VaeModel(Spec("mlp", Conditions.None), 5, type: ScalarType.Float64);
        using var conditioned = new VaeModel(Spec("mlp", Conditions.Vector(3)), 7, type: ScalarType.Float64);
        CopyCommon(plain, conditioned);
        var c = tensor(new[] { 0.3, -2, 1.5 });
        foreach (var (name, own) in new[] { ("encoder.1", 96), ("decoder.0", 3) })
            plain.Weights[$"{name}.bias"].add_(conditioned.Weights[$"{name}.weight"].narrow(1, own, 3).matmul(c));
        Tensor x = rand([Batch, 2, 6, 8], ScalarType.Float64), z = randn([Batch, 3], ScalarType.Float64), all = c.expand(Batch, 3);
        Close(plain.Encode(x), conditioned.Encode(x, all));
        Close(plain.Decode(z), conditioned.Decode(z, all));
    }

    [Fact]
    public void AnImageJoinsAsTheMeansOfItsBlocks()
    {
        using var scope = NewDisposeScope();
        var spec = Zoo.Mlp(Input).With(condition: Conditions.Quadrants(1));
        var c = rand([Batch, 2, 6, 8]);
        var joined = new Conditioning(spec, c, Batch).Join(zeros([Batch, 1, 3, 2]));
        Assert.Equal([Batch, 3, 3, 2], joined.shape);
        Close(c.view(Batch, 2, 3, 2, 2, 4).mean([3, 5]), joined.narrow(1, 1, 2), 1e-6);
        Close(new Conditioning(spec, c.flatten(1), Batch).Join(zeros([Batch, 1, 6, 8])).narrow(1, 1, 2), c);
    }

    [Fact]
    public void AConditionOfAnotherShapeIsRefused()
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(Spec("mlp", Conditions.Label(3)));
        Refused("condition: must be [4, 3], got none", () => model.Encode(zeros(Batch, 2, 6, 8)));
        Refused("condition: must be [4, 3], got [4, 2]", () => model.Encode(zeros(Batch, 2, 6, 8), zeros(Batch, 2)));
        Refused("condition: must be [4, 3], got [3, 3]", () => model.Decode(zeros(Batch, 3), zeros(3, 3)));
        Refused("condition: must be [4, 3], got [3]", () => model.Decode(zeros(Batch, 3), zeros(3)));
        Refused("condition: must be [2, 3], got none", () => model.Sample(2, 1));
    }

    private static Tensor Outputs(VaeModel model, Tensor? condition) => model.PriorState(2, new(condition))[PriorStates.Outputs];

    [Fact]
    public void DrawsFromAConditionalPriorAreConditioned()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model =
            new VaeModel(Spec("mlp", Conditions.Label(2)).With(prior: Zoo.ConditionalPrior(4), likelihood: Likelihoods.Normal()), 3);
        var first = tensor(new float[,] { { 1, 0 }, { 0, 1 } });
        var parameters = Outputs(model, first);
        Assert.Equal([2, 6], parameters.shape);
        Assert.False(parameters[0].equal(parameters[1]).all().ToBoolean());
        Refused("condition: must be [2, 2], got none", () => Outputs(model, null));
        // Where the prior's deviation is next to nothing, a draw is the mean decoded.
        model.Weights["prior.5.weight"].zero_();
        model.Weights["prior.5.bias"].copy_(tensor(new float[] { 1, 2, 3, -60, -60, -60 }));
        Close(model.Decode(tensor(new float[,] { { 1, 2, 3 }, { 1, 2, 3 } }), first), model.Sample(2, 9, first), 1e-5);
    }

    [Fact]
    public void APointHasNothingToDrawFrom()
    {
        using var model = new VaeModel(Spec("mlp", Conditions.None).With(posterior: Posteriors.Point));
        Refused("model.posterior: must be a distribution for draws from the prior, got a point: an autoencoder learns no distribution of "
            + "its codes", () => model.Sample(2, 1));
    }

    [Fact]
    public void QuadrantsAreShownAsTheyAreAndNotCounted()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = new VaeModel(Zoo.Quadrants(Input, 2, 3, 5), 3);
        var x = rand([Batch, 2, 6, 8]);
        var c = x.clone();
        c.narrow(3, 4, 4).zero_();
        var shown = model.Reconstruct(x, c.flatten(1));
        Close(x.narrow(3, 0, 4), shown.narrow(3, 0, 4), 0);
        var decoded = model.Decode(zeros(Batch, 3), c);
        var other = x.clone();
        other.narrow(3, 0, 4).fill_(0.123f);
        Close(model.NegLogLikelihood(decoded, x), model.NegLogLikelihood(decoded, other), 0);
        var right = Bernoullis.NegLogDensity<TorchTensor>(decoded.narrow(3, 4, 4), x.narrow(3, 4, 4));
        Close(right, model.NegLogLikelihood(decoded, x), 1e-4);
    }

    // The tensors of the conditional model are those of the plain one, with more columns of input: those stay as they were drawn.
    private static void CopyCommon(VaeModel plain, VaeModel conditioned)
    {
        var names = conditioned.Weights.Layout.Select(p => p.Name).ToList();
        foreach (var (parameter, i) in plain.Weights.Layout.Select((p, i) => (p, i)))
        {
            var into = conditioned.Weights[names[i]];
            var from = plain.Weights[parameter.Name];
            // [in, out, ...] of a transposed convolution grows along its first axis, others along their second.
            for (var axis = 0; axis < Math.Min(2, from.dim()); axis++)
                into = into.narrow(axis, 0, from.shape[axis]);
            into.copy_(from);
        }
    }

    private static void Close(Tensor expected, Tensor actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().ToDouble() <= tolerance, $"{(expected - actual).abs().max().ToDouble()}");
    }

    private static void Refused(string message, Func<Tensor> ask) => Assert.Equal(message, Assert.Throws<VaeException>(ask).Message);
}
