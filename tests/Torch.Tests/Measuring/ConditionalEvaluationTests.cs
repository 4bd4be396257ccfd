using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class ConditionalEvaluationTests
{
    private static readonly Dataset Test = TinyRuns.Digits().Test;

    [Fact]
    public void WithoutALatentEveryFigureIsTheSame()
    {
        using var model = new VaeModel(Zoo.QuadrantsBaseline(TinyRuns.Input, 3, 8), 5);
        var evaluation = new Evaluator(model, Test, Binarizations.Threshold()).Evaluate(7, draws: 2);
        Assert.Equal(0, evaluation.Kl);
        Assert.Equal(0, evaluation.ActiveUnits);
        Assert.All(new[] { evaluation.NegElbo, evaluation.Nll, evaluation.PriorNll },
            figure => Assert.Equal(evaluation.Reconstruction, figure!.Value, 1e-4));
        Assert.Empty(Diagnoses.Diagnose(new(model, Test, Binarizations.None), []).Dimensions);
    }

    // Where q(z|x, c) is p(z|c), the weights p(z|c)/q(z|x, c) are 1: both estimates are the same sums over the same draws.
    [Fact]
    public void WhereThePosteriorIsThePriorBothEstimatesAgree()
    {
        using var noGrad = no_grad();
        using var model = new VaeModel(Zoo.Quadrants(TinyRuns.Input, 1, 3, 8), 5);
        foreach (var name in new[] { "encoder.5", "prior.5" })
        {
            model.Weights[$"{name}.weight"].zero_();
            model.Weights[$"{name}.bias"].copy_(tensor(new[] { 0.5f, -1, 0.2f, -0.3f, 0.1f, 0.4f }));
        }
        var evaluator = new Evaluator(model, Test, Binarizations.Threshold(), 3);
        Assert.Equal(0, evaluator.Terms().Kl!.Value, 1e-6);
        Assert.Equal(evaluator.Nll(6), evaluator.PriorNll(6), 1e-3);
        Assert.All(evaluator.KlPerLatent(), kl => Assert.Equal(0, kl, 1e-6));
    }

    [Fact]
    public void DrawsChangeTheReconstructionAndNotTheDivergence()
    {
        using var model = new VaeModel(Zoo.Quadrants(TinyRuns.Input, 1, 3, 8), 5);
        var evaluator = new Evaluator(model, Test, Binarizations.Stochastic, 3);
        Terms one = evaluator.Terms(), ten = evaluator.Terms(10);
        Assert.Equal(evaluator.Terms(), one);
        Assert.Equal(one.Kl, ten.Kl);
        Assert.NotEqual(one.Reconstruction, ten.Reconstruction);
        Assert.Equal(ten.NegElbo!.Value, ten.Reconstruction + ten.Kl!.Value, 1e-9);
        Assert.Equal("draws: must be 1 … 10000, got 0", Assert.Throws<VaeException>(() => evaluator.Terms(0)).Message);
    }

    [Fact]
    public void TheDivergenceIsTheSumOverLatents()
    {
        using var model =
            new VaeModel(Zoo.Mlp(TinyRuns.Input, 4, 8).With(condition: Conditions.Label(10), prior: Zoo.ConditionalPrior(4)), 5);
        var evaluator = new Evaluator(model, Test, Binarizations.None);
        Assert.Equal(evaluator.Terms().Kl!.Value, evaluator.KlPerLatent().Sum(), 1e-4);
        var diagnosis = Diagnoses.Diagnose(new(model, Test, Binarizations.None), []);
        Assert.Null(diagnosis.Gap);
        Assert.All(diagnosis.Dimensions, facts => Assert.True(facts is { Kl: not null, Gap: null, Saturated: not null }));
    }
}
