using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Draws from N(0, I) through flows that were fitted to codes by their likelihood.</summary>
internal sealed class FlowDraws : ICodeDraws
{
    // Its initial weights must not be those of the model.
    private const long Key = 0x666c6f77;

    private readonly Prior prior;
    private readonly Weights weights;
    private readonly CodeScale scale;

    private FlowDraws(Sampler.Transformed sampler, CodeSource source, CodeScale scale)
    {
        (prior, this.scale) = (Priors.Transformed(sampler.Steps), scale);
        weights = new(prior.Formulas().Learned(source.Latent, source.Model.Spec.Input), KeyedRandom.Of(source.Seed).Fold(Key).Bits(0), source.Model.Device, source.Model.Weights.Flat.dtype);
    }

    public int Noise => scale.Means.Count;

    public static FlowDraws Fit(Sampler.Transformed sampler, CodeSource source)
    {
        using var scope = NewDisposeScope();
        var (scale, codes) = CodeFits.Standardized(source);
        var draws = new FlowDraws(sampler, source, scale);
        try
        {
            draws.Train(codes, sampler.Training, source);
            return draws;
        }
        catch
        {
            draws.Dispose();
            throw;
        }
    }

    public Tensor Draw(Tensor noise, Tensor? condition) => CodeScales.Restored(scale, Priors.Sample<TorchTensor>(prior, noise, State));

    public void Dispose() => weights.Dispose();

    private PartState<TorchTensor> State => new(name => weights[name]);

    private void Train(Tensor codes, CodeTraining training, CodeSource source)
    {
        using var noise = new KeyedNoise(source.Seed, source.Model.Device);
        using var state = new OptimizerState(weights);
        using var optimizer = new Fused(weights, state, CodeFits.Spec(training, source.Seed));
        long count = codes.shape[0], batch = Math.Min(training.Batch, count);
        for (var epoch = 0; epoch < training.Epochs; epoch++)
        {
            source.Stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var order = noise.Permutation(count, Purpose.Shuffle, epoch);
            for (long start = 0; start < count; start += batch)
                Step(codes.index_select(0, order.narrow(0, start, Math.Min(batch, count - start))), optimizer, Schedules.At(training.LearningRate, epoch + start / (double)count));
        }
        CodeFits.ThrowUnlessFinite(weights);
    }

    private void Step(Tensor codes, Fused optimizer, double rate)
    {
        using var scope = NewDisposeScope();
        weights.Gradient.zero_();
        Priors.LogDensity<TorchTensor>(prior, codes, State).Tensor.mean().neg().backward();
        optimizer.Step(rate);
    }
}
