using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class PredictionsTests
{
    [Fact]
    public void WhatIsMissingIsPredictedAlikeWhetherOthersAreObservedOrNot()
    {
        using var model = new VaeModel(Zoo.Mlp(Shape.Vector(4), 2, 8).With(likelihood: Likelihoods.OfColumns(
            [Columns.Categorical(5), Columns.Continuous(1, 2), Columns.Binary, Columns.Categorical(3)])), 1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        using var noise = new KeyedNoise(1, CPU);
        var z = empty(60, 2);
        noise.Normal(z, Purpose.Prior, 0);
        var draws = new WeightedOutputs(model.Decode(z.mul(Scalars.Get(3))), ones(3, 20).div(Scalars.Get(3)));
        // The first column is observed in all rows, the last in some.
        var observed = tensor((float[])[1, 1, 0, 1]).expand(20, 4).clone();
        observed[TensorIndex.Slice(5, 9), 3] = zeros(4);
        float[] all = Predictions.Predict(model, draws, null).ToFloats(), some = Predictions.Predict(model, draws, null, observed).ToFloats();
        Assert.All(Enumerable.Range(0, 80).Where(at => at % 4 >= 1), at => Assert.Equal(all[at], some[at]));
        Assert.Contains(Enumerable.Range(0, 20), row => all[4 * row] != some[4 * row]);
        Assert.All(Enumerable.Range(0, 20), row => Assert.True(some[4 * row + 2] is 0 or 1 && some[4 * row + 3] is 0 or 1 or 2));
    }
}
