using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Random models give the same in ONNX Runtime as in the library.</summary>
public sealed class ModelLawTests
{
    private const int Rows = 3, Draws = 2;

    private static readonly int Models =
        int.TryParse(Environment.GetEnvironmentVariable("ONNX_MODELS"), out var count) ? count : 24;

    // float32 sums in another order: 1e-5 of the largest value that takes part.
    private const double Tolerance = 1e-5;

    [Fact]
    public void EncodersAgree() => Each(spec => true, (model, x, condition) =>
    {
        using var session = new Sessions(OnnxModels.Encoder(model));
        var found = session.Run(Given("x", x, condition));
        using var encoded = model.Encode(x, condition);
        Near(encoded, found["parameters"]);
        Near(Posteriors.Mean<TorchTensor>(model.Spec.Posterior, encoded, model.PosteriorState(new(condition))), found["mean"]);
        Assert.Equal([-1, model.Spec.Latent], session.Declared("mean"));
        if (found.TryGetValue("log_variance", out var logVariance))
            Near(Posteriors.LogVariance<TorchTensor>(model.Spec.Posterior, encoded, model.PosteriorState(new(condition))), logVariance);
    });

    [Fact]
    public void DecodersAgree() => Each(spec => true, (model, x, condition) =>
    {
        using var session = new Sessions(OnnxModels.Decoder(model));
        var z = Samples.Draws(5, Purpose.Prior, Rows, model.Spec.Latent);
        var found = session.Run(Given("z", z, condition));
        Near(model.Decode(z, condition), found["parameters"]);
        Near(model.DecodeMean(z, condition), found["mean"]);
    });

    [Fact]
    public void ScorersAgree() => Each(spec => spec.Condition is Condition.None && Posteriors.HasDensity(spec.Posterior), (model, x, _) =>
    {
        var (rows, given) = Examples(model, x);
        using var session = new Sessions(OnnxModels.Scorer(model, draws: Draws, seed: 3));
        var found = session.Run(Sessions.Of("x", given));
        var scores = model.Score(rows, new(Draws, ImportanceSamples: 1, Seed: 3, SharedNoise: true));
        Near([.. scores.Shares.Cast<double>()], found["shares"]);
        Near(scores.Kl, found["kl"]);
        Near(scores.NegElbo, found["neg_elbo"]);
        Assert.Equal([-1], session.Declared("neg_elbo"));
    });

    private static void Each(Func<VaeSpec, bool> suits, Action<VaeModel, Tensor, Tensor?> check)
    {
        var seed = 0UL;
        foreach (var spec in RandomModels.Specs(Models))
        {
            seed++;
            if (!suits(spec))
                continue;
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            using var model = new VaeModel(spec, seed);
            try
            {
                check(model, Inputs(model), Condition(spec));
            }
            catch (Exception e)
            {
                throw Xunit.Sdk.FailException.ForFailure($"{seed}: {spec}\n{e}");
            }
        }
    }

    // Zeros and ones, which are counts and classes as well, unless a likelihood is of numbers above 0.
    private static Tensor Inputs(VaeModel model)
    {
        var (numbers, condition) = (Samples.Inputs(model.Spec, Rows), Condition(model.Spec));
        var decoded = model.Decode(zeros(Rows, model.Spec.Latent), condition);
        return model.NegLogLikelihood(decoded, numbers.round()).Tensor.isfinite().all().ToBoolean() ? numbers.round() : numbers;
    }

    private static Tensor? Condition(VaeSpec spec) => Samples.Condition(spec, Rows)?.sigmoid();

    // A value of each row is missing where the likelihood allows it.
    private static (float[,] Rows, Tensor Given) Examples(VaeModel model, Tensor x)
    {
        var shape = Likelihoods.MeanShape(model.Spec.Likelihood, model.Spec.Input);
        var values = x.flatten(1).narrow(1, 0, shape.Size).clone();
        if (model.Spec.Likelihood.Formulas().TakesMask)
            values[TensorIndex.Ellipsis, 0] = float.NaN;
        var rows = new float[Rows, shape.Size];
        Buffer.BlockCopy(values.ToFloats(), 0, rows, 0, sizeof(float) * rows.Length);
        return (rows, values.reshape([Rows, .. shape.Dims.Select(dim => (long)dim)]));
    }

    private static Microsoft.ML.OnnxRuntime.NamedOnnxValue[] Given(string name, Tensor value, Tensor? condition) =>
        condition is null ? [Sessions.Of(name, value)] : [Sessions.Of(name, value), Sessions.Of("condition", condition)];

    private static void Near(Tensor expected, float[] found) => Near(expected.ToDoubles(), found);

    private static void Near(double[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        var scale = 1 + expected.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        Assert.All(expected.Zip(found), pair => Assert.True(
            pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= Tolerance * scale, $"{pair.First} and {pair.Second}"));
    }
}
