using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Layers on steps as torch runs them, against the formulas on arrays and torch's own recurrent unit.</summary>
public class SequenceLayersTests
{
    private static readonly Shape Input = Shape.Image(3, 1, 9);

    public static TheoryData<int> Places => [.. Enumerable.Range(0, All.Count)];

    private static ValueList<Layer> All { get; } = [
        Layers.Conv1d(4, 3), Layers.Conv1d(4, 3, 2, 1), Layers.ConvTranspose1d(4, 3), Layers.ConvTranspose1d(4, 3, 2, 1, 1),
        Layers.Gru(5), Layers.Gru(5, maskChannels: 1)];

    [Theory]
    [MemberData(nameof(Places))]
    public void TorchMeetsTheFormulaOnArrays(int place)
    {
        using var scope = NewDisposeScope();
        using var weights = Weights(All[place], Input);
        using var noise = new KeyedNoise(1, CPU);
        var x = Masked(randn(2, 3, 1, 9, ScalarType.Float64));
        NdArray Of(string name) => Array(weights[$"net.0.{name}"]);
        var expected = All[place] switch
        {
            Layer.Conv1d c => Sequences.Convolve(Array(x), Of("weight"), Of("bias"), c.Stride, c.Padding),
            Layer.ConvTranspose1d c => Sequences.ConvolveTransposed(
                Array(x), Of("weight"), Of("bias"), c.Stride, c.Padding, c.OutputPadding),
            Layer.Gru g => Sequences.Gru(Array(x),
                new(Of("input.weight"), Of("input.bias"), Of("state.weight"), Of("state.bias")), g.MaskChannels),
            var other => throw new InvalidOperationException(Layers.Name(other)),
        };
        var actual = new Forward(weights, noise, false, 0).Run([All[place]], "net", x);
        Assert.Equal(expected.Dims.Select(dim => (long)dim), actual.shape);
        Assert.Equal(expected.ToArray(), actual.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void AGruIsTorchsOwn()
    {
        using var scope = NewDisposeScope();
        using var weights = Weights(Layers.Gru(5, onlyLast: true), Input);
        using var noise = new KeyedNoise(1, CPU);
        using var own = nn.GRU(3, 5, batchFirst: true).to(ScalarType.Float64);
        foreach (var (name, parameter) in own.named_parameters())
            using (no_grad())
                parameter.copy_(weights[name switch
                {
                    "weight_ih_l0" => "net.0.input.weight",
                    "bias_ih_l0" => "net.0.input.bias",
                    "weight_hh_l0" => "net.0.state.weight",
                    _ => "net.0.state.bias",
                }]);
        var x = randn(4, 3, 1, 9, ScalarType.Float64);
        var (_, last) = own.call(x.squeeze(2).transpose(1, 2));
        var actual = new Forward(weights, noise, false, 0).Run([Layers.Gru(5, onlyLast: true)], "net", x);
        Assert.Equal(last.squeeze(0).ToDoubles(), actual.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void ASequenceTakesStepsFromEachPart()
    {
        using var scope = NewDisposeScope();
        using var weights = Weights(Layers.Gru(1), Input);
        using var noise = new KeyedNoise(1, CPU);
        // Three steps of a and b, and then their masks.
        var x = tensor(new[] { 1.0, 10, 2, 20, 3, 30, -1, -2, -3 }).view(1, 9);
        var sequence = new Forward(weights, noise, false, 0).Run([Layers.Sequence(3, 2, 1)], "net", x);
        Assert.Equal([1, 3, 1, 3], sequence.shape);
        Assert.Equal([1, 2, 3, 10, 20, 30, -1, -2, -3], sequence.ToDoubles());
    }

    [Fact]
    public void OnlyAutogradTrainsThem() => Assert.Equal(
        "does not cover layers on sequences, got sequence of 3 steps",
        TracedStep.Refusal(Zoo.Mlp(Shape.Vector(6), 2).With(encoder: new(
            [Layers.Sequence(3, 2), Layers.Gru(4, onlyLast: true)], Heads.Dense)), Objectives.Elbo));

    private static Weights Weights(Layer layer, Shape input) =>
        new(Layers.Tensors([layer], input, "net"), 7, CPU, ScalarType.Float64);

    // The last channel is a mask, for layers that take one.
    private static Tensor Masked(Tensor x)
    {
        x[TensorIndex.Colon, 2] = x[TensorIndex.Colon, 2].gt(0).to(ScalarType.Float64);
        return x;
    }

    private static NdArray Array(Tensor x) => NdArray.FromValues(x.ToDoubles(), [.. x.shape.Select(dim => (int)dim)]);
}
