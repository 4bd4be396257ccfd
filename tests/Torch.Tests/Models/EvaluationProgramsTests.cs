using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TorchSharp;
using Vae.Torch.Tests;
using static TorchSharp.torch;

namespace Vae.Tests;

public class EvaluationProgramsTests
{
    // More than a program costs.
    private const long Often = 1000;

    public static Arbitrary<(VaeSpec Spec, int Samples, int Batch)> Cases() => Arb.From(
        from spec in Gen.OneOf(Generators.Model(), Generators.Normal)
        from samples in Gen.Choose(1, 4)
        from batch in Gen.Choose(1, 5)
        select (spec, samples, batch));

    [Property(Replay = "4711,4713", MaxTest = 100)]
    public Property TheyAgreeWithTheFormulas() => Prop.ForAll(Cases(), c =>
    {
        using var inference = inference_mode(true);
        using var scope = NewDisposeScope();
        using var model = new VaeModel(c.Spec, 1, type: ScalarType.Float64);
        var (x, condition) = (Samples.Inputs(c.Spec, c.Batch).to(ScalarType.Float64),
            Samples.Condition(c.Spec, c.Batch)?.to(ScalarType.Float64));
        var z = Samples.Draws(3, Purpose.Prior, c.Samples * c.Batch, c.Spec.Latent).to(ScalarType.Float64);
        var many = condition is null ? null : TensorExtensions.Repeat(condition, c.Samples);
        var (encoded, density) = (model.Programs.Encode(x, condition, Often),
            model.Programs.NegLogLikelihood(z, condition, x, c.Samples, Often));
        Assert.InRange(PairedRuns.Distance(model.Encode(x, condition), encoded), 0, 1e-9);
        var expected = model.NegLogLikelihood(model.Decode(z, many), TensorExtensions.Repeat(x, c.Samples)).Tensor;
        Assert.Equal([c.Samples * c.Batch], density.shape);
        Assert.InRange(PairedRuns.Distance(expected, density), 0, 1e-9);
    });

    [Theory]
    [InlineData("mlp")]
    [InlineData("conv")]
    [InlineData("burda")]
    public void InSinglePrecisionToo(string name)
    {
        using var inference = inference_mode(true);
        using var scope = NewDisposeScope();
        using var model =
            new VaeModel(VaeException.Unwrap(Zoo.Find(name, Shape.Image(1, 28, 28))).With(likelihood: Likelihoods.Bernoulli), 1);
        var x = Samples.Inputs(model.Spec, 3).round();
        var z = Samples.Draws(3, Purpose.Prior, 15, model.Spec.Latent);
        var density = model.Programs.NegLogLikelihood(z, null, x, 5, Often);
        TorchTensor expected = Likelihoods.NegLogDensity<TorchTensor>(
            model.Spec.Likelihood, model.Decode(z), TensorExtensions.Repeat(x, 5));
        Assert.InRange((density / expected.Tensor - 1).abs().max().ToDouble(), 0, 1e-5);
    }

    [Fact]
    public void TheyFollowTheWeights()
    {
        using var inference = inference_mode(true);
        using var scope = NewDisposeScope();
        using var model = new VaeModel(Samples.Tiny.Model, 1);
        var x = Samples.Inputs(model.Spec, 4);
        var before = model.Programs.Encode(x, null, Often).ToDoubles();
        model.Weights.Flat.mul_(Scalars.Get(0.5));
        Assert.NotEqual(before, model.Programs.Encode(x, null, Often).ToDoubles());
        Assert.InRange(PairedRuns.Distance(model.Encode(x), model.Programs.Encode(x, null, Often)), 0, 1e-6);
    }

    [Fact]
    public void AMetricDoesNotDependOnEarlierCalls()
    {
        var spec = Samples.Tiny.Model;
        var data = Samples.Data(spec, train: 2301).Train;
        double Nll(VaeModel model, int samples) => new Evaluator(model, data, Binarizations.None, 4).Nll(samples);
        using VaeModel fresh = new(spec, 1), used = new(spec, 1);
        for (var samples = 1; samples < 12; samples++)
            Nll(used, samples);
        Assert.Equal(Nll(fresh, 3), Nll(used, 3));
        Assert.Equal(Nll(fresh, 120), Nll(used, 120));
    }

    [Fact]
    public void ManySizesLeaveNoTensor()
    {
        var before = Samples.HeldTensors();
        using (inference_mode(true))
        using (NewDisposeScope())
        using (var model = new VaeModel(Samples.Tiny.Model, 1))
            for (var batch = 1; batch < 20; batch++)
                model.Programs.Encode(Samples.Inputs(model.Spec, batch), null, Often);
        Assert.Equal(before, Tensor.TotalCount);
    }
}
