using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class WeightsLawTests
{
    [Fact]
    public void TheLayoutIsTheCoresParameters()
    {
        foreach (var spec in Samples.Models(60))
        {
            using var scope = NewDisposeScope();
            using var weights = new Weights(spec, 1);
            Assert.Equal(Parameters.List(spec), weights.Layout);
            foreach (var parameter in weights.Layout)
            {
                Assert.Equal(parameter.Shape.Dims.Select(dim => (long)dim), weights[parameter.Name].shape);
                Assert.Equal(parameter.Trained, weights[parameter.Name].requires_grad);
            }
            Assert.Equal(Parameters.Count(spec), weights.Layout.Where(p => p.Trained).Sum(p => weights[p.Name].numel()));
        }
    }

    [Fact]
    public void GapsStayZeroAndViewsStayViewsWhileTraining()
    {
        foreach (var spec in Samples.Models(8))
        {
            using var scope = NewDisposeScope();
            using var model = new VaeModel(spec, 1);
            using var state = new OptimizerState(model.Weights);
            var train = Samples.Tiny.Train.With(optimizer: Optimizers.AdamW(0.1), averaging: Averagings.Exponential(0.9));
            using var step = new AutogradStep(model, state, Objectives.Elbo, train);
            for (var i = 0; i < 3; i++)
                step.Run(Samples.Inputs(spec, 4), Samples.Condition(spec, 4), Samples.At(i));
            foreach (var flat in new[] { model.Weights.Flat, model.Weights.Gradient, state.First, state.Second, state.Average })
                Assert.All(Gaps(model.Weights, flat), value => Assert.Equal(0f, value));
            foreach (var parameter in model.Weights.Layout.Where(p => p.Trained))
                Assert.Equal(
                    model.Weights.Flat.narrow(0, model.Weights.Offset(parameter.Name), parameter.Shape.Size).ToFloats(),
                    model.Weights[parameter.Name].ToFloats());
        }
    }

    [Fact]
    public void ASeedDecidesTheWeights()
    {
        foreach (var spec in Samples.Models(20))
        {
            using Weights one = new(spec, 1), again = new(spec, 1), other = new(spec, 2);
            Assert.Equal(one.Flat.ToFloats(), again.Flat.ToFloats());
            foreach (var parameter in one.Layout.Where(p => p.Initial.Bound > 0))
                Assert.NotEqual(one[parameter.Name].ToFloats(), other[parameter.Name].ToFloats());
        }
    }

    [Fact]
    public void InitialWeightsLieWithinTheirBounds()
    {
        foreach (var spec in Samples.Models(40))
        {
            using var weights = new Weights(spec, 7);
            foreach (var parameter in weights.Layout)
                Assert.All(weights[parameter.Name].ToDoubles(),
                    value => Assert.InRange(value, Low(parameter.Initial), High(parameter.Initial)));
        }
        static double Low(Initial initial) => (float)(initial.Centre - initial.Bound) - 1e-9;
        static double High(Initial initial) => (float)(initial.Centre + initial.Bound) + 1e-9;
    }

    [Fact]
    public void NewWeightsAreFiniteAndOneNaNAnywhereIsSeen()
    {
        var spec = Samples.Tiny.Model.With(encoder: new([Layers.BatchNorm()], Heads.Dense));
        foreach (var name in Parameters.List(spec).Select(p => p.Name))
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            using var weights = new Weights(spec, 1);
            Assert.True(weights.AreFinite);
            weights[name].fill_(Scalars.Get(double.PositiveInfinity));
            Assert.False(weights.AreFinite);
        }
    }

    [Fact]
    public void ASpecWithProblemsIsRefusedAndLeavesNoTensor()
    {
        var before = Samples.HeldTensors();
        Assert.Contains("model.latent", Assert.Throws<VaeException>(() => new VaeModel(Samples.Tiny.Model.With(latent: 0))).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void DisposedWeightsLeaveNoTensor()
    {
        var before = Samples.HeldTensors();
        foreach (var spec in Samples.Models(5))
            using (new VaeModel(spec, 1))
                Assert.True(Tensor.TotalCount > before);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static IEnumerable<float> Gaps(Weights weights, Tensor flat)
    {
        var values = flat.ToFloats();
        var used = new bool[values.Length];
        foreach (var parameter in weights.Layout.Where(p => p.Trained))
            Array.Fill(used, true, (int)weights.Offset(parameter.Name), (int)parameter.Shape.Size);
        return values.Where((_, i) => !used[i]);
    }
}
