using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Estimates ln p(x|c) from draws of z from the posterior or the prior; samples are streamed, so any number fits in memory.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="examples">Number of examples in the whole evaluation.</param>
internal sealed class ImportanceSampling(VaeModel model, long examples)
{
    // Examples × samples decoded at once: large enough for efficient products, small enough to stay in cache.
    private const int Rows = 1000;
    private const int SamplesAtOnce = 50;

    /// <summary>The number of examples to pass to <see cref="Bound"/> at once.</summary>
    public static int Examples(int samples) => Math.Max(1, Rows / Math.Min(samples, SamplesAtOnce));

    /// <summary>ln (1/k) Σ p(x, zᵢ)/q(zᵢ|x), or with draws from the prior ln (1/k) Σ p(x|zᵢ). [B]; nats.</summary>
    /// <param name="x">Examples [B, C, ...].</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <param name="samples">k, at least 1.</param>
    /// <param name="ofPrior">Whether z is drawn from the prior.</param>
    /// <param name="noise">Noise of the draws.</param>
    /// <param name="example">Index of the first example, by which the noise is keyed.</param>
    public Tensor Bound(Tensor x, Tensor? condition, int samples, bool ofPrior, KeyedNoise noise, long example)
    {
        var encoded = ofPrior ? x : model.Encode(x, condition);
        var bound = full([x.shape[0]], Scalars.Get(double.NegativeInfinity), ScalarType.Float64, model.Device);
        for (var done = 0; done < samples;)
        {
            using var scope = NewDisposeScope();
            var count = (int)Math.Min(samples - done, Math.Max(1, Rows / x.shape[0]));
            var key = example * Evaluator.MaxSamples + done;
            var times = examples * samples / (count * x.shape[0]);
            Tensor Draws(int width) => Noise(x, count, width, noise, key);
            var weights = ofPrior
                ? LogLikelihoods(x, condition, count, times, Draws) : LogWeights(x, condition, encoded, count, times, Draws);
            bound.copy_(bound.logaddexp(weights.to(ScalarType.Float64).logsumexp(0)));
            done += count;
        }
        return bound.sub(Scalars.Get(Math.Log(samples)));
    }

    /// <summary>ln p(x, z) − ln q(z|x) for draws z from q. [count, B].</summary>
    private Tensor LogWeights(Tensor x, Tensor? condition, Tensor encoded, int count, long times, Func<int, Tensor> noise)
    {
        var spec = model.Spec;
        var eps = noise(spec.Posterior.Formulas().Noise(spec.Latent));
        var memory = new StepMemory();
        var q = model.PosteriorState(new(condition, Memory: memory));
        var draw = Posteriors.Draw<TorchTensor>(spec.Posterior, TensorExtensions.Repeat(encoded, count), eps, q);
        var likelihood = LogLikelihood(x, condition, draw.Z, count, times, memory);
        var p = model.PriorState(x.shape[0], new(condition, Memory: memory), count);
        return (likelihood - Divergences.MonteCarloKl(spec.Prior, draw, p)).Tensor.view(count, -1);
    }

    /// <summary>ln p(x|z) for draws z from the prior. [count, B].</summary>
    private Tensor LogLikelihoods(Tensor x, Tensor? condition, int count, long times, Func<int, Tensor> noise)
    {
        var eps = noise(model.Spec.Prior.Formulas().Noise(model.Spec.Latent));
        var z = Priors.Sample<TorchTensor>(model.Spec.Prior, eps, model.PriorState(x.shape[0], new(condition), count));
        return LogLikelihood(x, condition, z, count, times).Tensor.view(count, -1);
    }

    private TorchTensor LogLikelihood(Tensor x, Tensor? condition, Tensor z, int count, long times, StepMemory? memory = null) =>
        model.Programs.NegLogLikelihood(z, condition, x, count, times, memory).neg();

    private Tensor Noise(Tensor x, int count, int width, KeyedNoise noise, long key)
    {
        var eps = empty([count * x.shape[0], width], x.dtype, model.Device);
        noise.Normal(eps, Purpose.Evaluate, key);
        return eps;
    }
}
