using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What −ELBO loses against −ln p(x), and why; nats per example. Cremer et al. 2018.</summary>
/// <param name="NegElbo">−ELBO with the encoder's posteriors.</param>
/// <param name="OptimizedNegElbo">−ELBO with posteriors of the same family, each optimized for its example.</param>
/// <param name="AnnealedNll">−ln p(x) by annealed importance sampling; an upper bound on average.</param>
/// <param name="Examples">Number of examples.</param>
internal sealed record InferenceGap(double NegElbo, double OptimizedNegElbo, double AnnealedNll, int Examples)
{
    /// <summary>What is lost because one encoder serves all examples.</summary>
    public double AmortizationGap => NegElbo - OptimizedNegElbo;

    /// <summary>What is lost because the family of posteriors does not hold p(z|x).</summary>
    public double ApproximationGap => OptimizedNegElbo - AnnealedNll;
}

/// <summary>Measures inference gaps: the encoder's outputs of each example are trained further, with all weights fixed.</summary>
internal static class InferenceGaps
{
    private const int Batch = 100, Steps = 1000, Samples = 8, Measurements = 200;
    private const double Rate = 0.05;

    /// <summary>The gaps on the first test examples.</summary>
    /// <param name="input">The model and its test examples.</param>
    /// <param name="examples">Number of test examples; ≥ 1.</param>
    /// <param name="options">Settings of annealed importance sampling; null for the defaults.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="VaeException">The posterior is a point or a codebook, or an argument is out of range.</exception>
    public static InferenceGap Measure(
        EvaluationInput input, int examples = 50, AnnealingOptions? options = null, CancellationToken stop = default)
    {
        var model = input.Model;
        model.RequireDistribution("inference gaps");
        VaeException.Require(examples >= 1, "annealing.examples", "must be at least 1", examples);
        VaeException.Require(model.Spec.Posterior is not Posterior.VectorQuantized, "model.posterior",
            "must have outputs that can be optimized by gradients", Posteriors.Name(model.Spec.Posterior));
        var first = input with { Data = input.Data.Take([.. Enumerable.Range(0, Math.Min(examples, input.Data.Count))]) };
        using var source = first.Batches(Batch);
        using var noise = first.Noise();
        double own = 0, optimized = 0;
        source.Each((x, condition, place) =>
        {
            var bound = new ExampleBound(model, x.to(model.Weights.Flat.dtype), condition, noise, place);
            var outputs = bound.Encoded();
            own += bound.Measured(outputs) * x.shape[0];
            optimized += bound.Measured(Optimized(bound, outputs, stop)) * x.shape[0];
        });
        var count = first.Data.Count;
        return new(own / count, optimized / count, -AnnealedImportanceSampling.LogLikelihoods(first, options, stop).Average(), count);
    }

    private static Tensor Optimized(ExampleBound bound, Tensor start, CancellationToken stop)
    {
        var outputs = new TorchSharp.Modules.Parameter(start.detach().clone());
        using var optimizer = optim.Adam([outputs], Rate);
        for (var step = 0; step < Steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            // A cosine to 0, so that the last steps average the noise of the draws.
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = Rate * 0.5 * (1 + Math.Cos(Math.PI * step / Steps));
            optimizer.zero_grad();
            bound.Mean(outputs, Samples, step).backward();
            optimizer.step();
        }
        return outputs.detach();
    }

    /// <summary>−ELBO of a batch as a function of the posteriors' parameters.</summary>
    private sealed class ExampleBound(VaeModel model, Tensor x, Tensor? condition, KeyedNoise noise, long place)
    {
        private const int DrawShift = 24;

        public Tensor Encoded()
        {
            using var noGrad = no_grad();
            return model.Encode(x, condition, training: false, step: 0);
        }

        /// <summary>The mean over examples, with draws other than those of optimization.</summary>
        public double Measured(Tensor outputs)
        {
            using var noGrad = no_grad();
            return Enumerable.Range(0, Measurements).Average(number =>
            {
                using var scope = NewDisposeScope();
                return Mean(outputs, 1, Steps + number).ToDouble();
            });
        }

        /// <summary>The mean over examples and draws; a scalar.</summary>
        public Tensor Mean(Tensor outputs, int samples, long number)
        {
            var spec = model.Spec;
            var many = condition is null ? null : TensorExtensions.Repeat(condition, samples);
            var eps = empty([samples * x.shape[0], spec.Posterior.Formulas().Noise(spec.Latent)], x.dtype, model.Device);
            noise.Normal(eps, Purpose.Evaluate, (place << DrawShift) + number);
            var memory = new StepMemory();
            var (q, p) = (model.PosteriorState(new(many, Memory: memory)), model.PriorState(x.shape[0], new(condition, Memory: memory), samples));
            var repeated = new TorchTensor(TensorExtensions.Repeat(outputs, samples));
            var draw = spec.Posterior.Formulas().Draw(q, repeated, eps);
            var decoded = model.Decode(draw.Z, many, training: false, step: 0, memory: memory);
            Tensor each = model.NegLogLikelihood(decoded, TensorExtensions.Repeat(x, samples))
                + Divergences.KlAt(spec.Posterior, spec.Prior, repeated, draw, q, p);
            return each.mean();
        }
    }
}
