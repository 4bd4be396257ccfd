using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class ModelLawTests
{
    private const int Models = 60;

    [Fact]
    public void EncoderAndDecoderGiveTheShapesThatTheCoreInfers()
    {
        foreach (var spec in Samples.Models(Models))
        {
            using var scope = NewDisposeScope();
            using var model = new VaeModel(spec, 1);
            var encoded = model.Encode(Samples.Inputs(spec, 3), Samples.Condition(spec, 3));
            var decoded = model.Decode(Samples.Draws(2, Purpose.Prior, 3, spec.Latent), Samples.Condition(spec, 3));
            Assert.Equal([3, .. Longs(Wiring.EncoderOutput(spec))], encoded.shape);
            Assert.Equal([3, .. Longs(Wiring.DecoderOutput(spec))], decoded.shape);
        }
    }

    [Fact]
    public void EachLayerGivesTheShapeThatTheCoreInfers()
    {
        foreach (var spec in Samples.Models(Models))
        {
            using var scope = NewDisposeScope();
            using var weights = new Weights(spec, 1);
            using var noise = new KeyedNoise(1, CPU);
            foreach (var (layers, input, prefix) in new[] {
                (Wiring.EncoderLayers(spec), Wiring.EncoderInput(spec), "encoder"),
                    (Wiring.DecoderLayers(spec), Wiring.DecoderInput(spec), "decoder") })
                for (var count = 1; count <= layers.Count; count++)
                {
                    var some = ValueList.From(layers.Take(count));
                    var shape = Shapes.Output(some, input)
                        .Match(given => given, problems => throw new InvalidOperationException($"{problems}"));
                    var given = new Forward(weights, noise, training: false, 0).Run(some, prefix, ones([2, .. Longs(input)]));
                    Assert.Equal([2, .. Longs(shape)], given.shape);
                }
        }
    }

    [Fact]
    public void AnExampleDoesNotDependOnTheOthers()
    {
        foreach (var spec in Samples.Models(Models))
        {
            using var scope = NewDisposeScope();
            using var model = new VaeModel(spec, 3);
            var (x, c) = (Samples.Inputs(spec, 5), Samples.Condition(spec, 5));
            var z = Samples.Draws(4, Purpose.Prior, 5, spec.Latent);
            var order = tensor(new long[] { 3, 0, 4, 2, 1 });
            foreach (
                var run in new Func<Tensor, Tensor, Tensor?, Tensor>[] { (a, _, w) => model.Encode(a, w), (_, b, w) => model.Decode(b, w) })
            {
                var whole = run(x, z, c);
                Close(whole.index_select(0, order), run(x.index_select(0, order), z.index_select(0, order), c?.index_select(0, order)));
                Close(whole.narrow(0, 2, 1), run(x.narrow(0, 2, 1), z.narrow(0, 2, 1), c?.narrow(0, 2, 1)));
                Close(whole.narrow(0, 0, 2), run(x.narrow(0, 0, 2), z.narrow(0, 0, 2), c?.narrow(0, 0, 2)));
            }
        }
    }

    [Fact]
    public void DropoutActsWhileTrainingOnly()
    {
        var spec = Samples.Tiny.Model.With(
            encoder: new([Layers.Dropout(0.5)], Heads.Dense), decoder: new([Layers.Dropout(0.5)], Heads.Dense));
        var plain = spec.With(encoder: new([Layers.Dropout(0)], Heads.Dense), decoder: new([Layers.Dropout(0)], Heads.Dense));
        using var scope = NewDisposeScope();
        using var model = new VaeModel(spec, 5);
        using var same = new VaeModel(plain, 5);
        var (x, z) = (Samples.Inputs(spec, 7), Samples.Draws(1, Purpose.Prior, 7, spec.Latent));
        Assert.Equal(0, Samples.LargestGap(model.Encode(x), same.Encode(x)));
        Assert.Equal(0, Samples.LargestGap(model.Decode(z), same.Decode(z)));
        var first = model.Encode(x, null, training: true, step: 0);
        Assert.True(Samples.LargestGap(first, model.Encode(x)) > 0);
        Assert.Equal(0, Samples.LargestGap(first, model.Encode(x, null, training: true, step: 0)));
        Assert.True(Samples.LargestGap(first, model.Encode(x, null, training: true, step: 1)) > 0);
    }

    [Fact]
    public void DropoutKeepsTheMean()
    {
        var spec = Samples.Tiny.Model;
        using var scope = NewDisposeScope();
        using var weights = new Weights(spec, 1);
        using var noise = new KeyedNoise(1, CPU);
        var dropped = new Forward(weights, noise, training: true, 0).Run([Layers.Dropout(0.3)], "encoder", ones(1, 100_000)).ToDoubles();
        Assert.Equal([0, (double)(float)(1 / 0.7)], dropped.Distinct().Order().Select(v => (double)(float)v).ToArray());
        // The deviation of the mean is √(0.3 / 0.7 / 100,000) = 0.0021; five of them fail one time in 1.7 million.
        Assert.InRange(dropped.Average(), 1 - 5 * 0.0021, 1 + 5 * 0.0021);
    }

    [Fact]
    public void DropoutsDrawIndependently()
    {
        using var scope = NewDisposeScope();
        using var weights = new Weights(Samples.Tiny.Model, 1);
        using var noise = new KeyedNoise(1, CPU);
        Tensor Drop(string prefix, long step, int layers) => new Forward(weights, noise, training: true, step)
            .Run(ValueList.From(Enumerable.Repeat(Layers.Dropout(0.5), layers)), prefix, ones(1, 64));
        var masks = new[] { Drop("encoder", 0, 1), Drop("encoder", 1, 1), Drop("decoder", 0, 1), Drop("decoder", 1, 1) }
            .Select(t => string.Join(' ', t.ToFloats())).ToList();
        Assert.Equal(masks.Count, masks.Distinct().Count());
        // Two in a row that drew the same would keep a half; independent ones keep a quarter.
        Assert.InRange(Drop("encoder", 0, 2).ToFloats().Count(v => v > 0), 1, 30);
    }

    [Fact]
    public void AConditionOfZerosIsNoCondition()
    {
        foreach (var spec in Samples.Models(2 * Models).Where(s => Wiring.ConditionWidth(s) > 0 && TakesConditionLinearly(s)).Take(15))
        {
            var bare = spec.With(condition: Conditions.None);
            using var scope = NewDisposeScope();
            using var conditional = new VaeModel(spec, 6);
            using var plain = new VaeModel(bare, 0);
            CopyWithoutCondition(conditional.Weights, plain.Weights);
            var zero = zeros(4, Wiring.ConditionWidth(spec));
            var (x, z) = (Samples.Inputs(spec, 4), Samples.Draws(1, Purpose.Prior, 4, spec.Latent));
            Close(plain.Encode(x), conditional.Encode(x, zero));
            Close(plain.Decode(z), conditional.Decode(z, zero));
        }
    }

    [Fact]
    public void AConditionOfOnesMovesTheFirstBias()
    {
        var spec = Samples.Tiny.Model.With(condition: Conditions.Vector(2));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var conditional = new VaeModel(spec, 6);
        using var plain = new VaeModel(spec.With(condition: Conditions.None), 0);
        CopyWithoutCondition(conditional.Weights, plain.Weights);
        foreach (var (name, size) in new[] { ("encoder", 6), ("decoder", 2) })
            plain.Weights[$"{name}.0.bias"].add_(conditional.Weights[$"{name}.0.weight"].narrow(1, size, 2).sum(1));
        var (x, z) = (Samples.Inputs(spec, 4), Samples.Draws(1, Purpose.Prior, 4, spec.Latent));
        Close(plain.Encode(x), conditional.Encode(x, ones(4, 2)));
        Close(plain.Decode(z), conditional.Decode(z, ones(4, 2)));
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedInWords()
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(Samples.Tiny.Model.With(condition: Conditions.Label(3)), 1);
        Assert.StartsWith("x: must be Float32 [B, 6], got Float32 [2, 5]", Message(() => model.Encode(zeros(2, 5), zeros(2, 3))),
            StringComparison.Ordinal);
        Assert.StartsWith("x: must be Float32 [B, 6], got Float64 [2, 6]",
            Message(() => model.Encode(zeros(2, 6, ScalarType.Float64), zeros(2, 3))), StringComparison.Ordinal);
        Assert.StartsWith("z: must be Float32 [B, 2], got Float32 [2, 3]", Message(() => model.Decode(zeros(2, 3), zeros(2, 3))),
            StringComparison.Ordinal);
        Assert.StartsWith("condition: must be [2, 3], got none", Message(() => model.Encode(zeros(2, 6))), StringComparison.Ordinal);
        Assert.StartsWith("condition: must be [2, 3], got [1, 3]", Message(() => model.Decode(zeros(2, 2), zeros(1, 3))),
            StringComparison.Ordinal);
        Assert.StartsWith("count: must be at least 0, got -1", Message(() => model.Sample(-1, 1)), StringComparison.Ordinal);
        static string Message(Func<Tensor> use) => Assert.Throws<VaeException>(use).Message;
    }

    [Fact]
    public void PublicCallsLeaveTheResultAlone()
    {
        using var model = new VaeModel(Samples.Tiny.Model, 1);
        using var x = ones(3, 6);
        var before = Samples.HeldTensors();
        using (var reconstructed = model.Reconstruct(x))
        using (var sampled = model.Sample(2, 1))
            Assert.Equal(before + 2, Tensor.TotalCount);
        Assert.Equal(before, Tensor.TotalCount);
    }

    // A normalization over condition and input mixes them; anything else passes zeros on as zeros.
    private static bool TakesConditionLinearly(VaeSpec spec) =>
        Takes(Wiring.EncoderLayers(spec), spec.Input.IsVector || Wiring.IsFedVector(spec)) && Takes(Wiring.DecoderLayers(spec), true);

    private static bool Takes(ValueList<Layer> layers, bool vector) =>
        layers.SkipWhile(layer => vector && layer is Layer.Flatten).First() is Layer.Linear or Layer.Conv2d;

    private static void CopyWithoutCondition(Weights from, Weights to)
    {
        using var noGrad = no_grad();
        foreach (var parameter in to.Layout)
        {
            var source = from[parameter.Name];
            // The condition's columns, or channels, come after those of the input.
            to[parameter.Name].copy_(source.dim() > 1 ? source.narrow(1, 0, to[parameter.Name].shape[1]) : source);
        }
    }

    [Fact]
    public void WhatAModelGivesCarriesNoGradient()
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(Samples.Tiny.Model, 1);
        var (x, z) = (Samples.Inputs(model.Spec, 3), Samples.Draws(2, Purpose.Prior, 3, model.Spec.Latent));
        x.requires_grad = true;
        Assert.True(is_grad_enabled());
        Assert.All(Calls(model, x, z), call => Assert.False(call().requires_grad));
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void ADisposedModelSaysSo()
    {
        using var scope = NewDisposeScope();
        var model = new VaeModel(Samples.Tiny.Model, 1);
        var data = Samples.Data(model.Spec, train: 3).Train;
        var (x, z) = (Samples.Inputs(model.Spec, 3), Samples.Draws(2, Purpose.Prior, 3, model.Spec.Latent));
        model.Dispose();
        model.Dispose();
        foreach (var call in Calls(model, x, z).Concat<Func<object>>([
            () => new Evaluator(model, data, Binarizations.None).Terms(), () => new Evaluator(model, data, Binarizations.None).Nll(2),
            () => new Evaluator(model, data, Binarizations.None).Encode(),
            () => new Evaluator(model, data, Binarizations.None).KlPerLatent()]))
            Assert.Equal(typeof(VaeModel).FullName, Assert.Throws<ObjectDisposedException>(call).ObjectName);
    }

    private static Func<Tensor>[] Calls(VaeModel model, Tensor x, Tensor z) => [
        () => model.Encode(x), () => model.Decode(z), () => model.DecodeMean(z), () => model.Reconstruct(x), () => model.Sample(3, 1)];

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var scale = Math.Max(1, expected.abs().max().ToDoubles()[0]);
        // Products of other sizes add in another order: a few units of float32's last place.
        Assert.InRange(Samples.LargestGap(expected, actual), 0, 2e-5 * scale);
    }

    private static IEnumerable<long> Longs(Shape shape) => shape.Dims.Select(dim => (long)dim);

    [Fact]
    public void ManyRowsAreEncodedAndDecodedAsAFewAre()
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(Zoo.Mlp(Shape.Image(1, 4, 4), 2, 5).With(condition: Conditions.Label(3)), 1);
        Tensor x = rand(1203, 1, 4, 4), z = randn(1203, 2), c = eye(3).index_select(0, arange(1203).remainder(tensor(3)));
        using var noGrad = no_grad();
        var (encoded, decoded) = (model.Encode(x, c, training: false, step: 0), model.Decode(z, c, training: false, step: 0));
        Tensor mean = Likelihoods.Mean<TorchTensor>(model.Spec.Likelihood, decoded, model.State("likelihood"));
        foreach (var (expected, actual)
            in new[] { (encoded, model.Encode(x, c)), (decoded, model.Decode(z, c)), (mean, model.DecodeMean(z, c)) })
            Assert.InRange((expected - actual).abs().max().ToDouble(), 0, 1e-6);
        Assert.Throws<VaeException>(() => model.DecodeMean(z, c.narrow(0, 0, 600)));
    }
}
