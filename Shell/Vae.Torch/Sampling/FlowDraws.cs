using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>A normalizing flow on N(0, I), fitted to codes by maximum likelihood.</summary>
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
        weights = new(
            prior.Formulas().Learned(source.Latent, source.Model.Spec.Input), KeyedRandom.FromSeed(source.Seed).Fold(Key).Bits(0),
            source.Model.Device, source.Model.Weights.Flat.dtype);
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

    public Tensor Draw(Tensor noise, Tensor? condition) =>
        CodeScales.Restored(scale, Priors.Sample<TorchTensor>(prior, noise, State));

    public void Dispose() => weights.Dispose();

    private PartState<TorchTensor> State => new(name => weights[name]);

    private void Train(Tensor codes, CodeTraining training, CodeSource source)
    {
        var train = CodeFits.Spec(training, source.Seed);
        var examples = CodeFits.Examples(source, codes);
        using var batches = new BatchSource(examples, Conditions.None, Binarizations.None, train.Batch, train.Seed, source.Model.Device);
        double Epochs(long step) => step / batches.Batches + step % batches.Batches * batches.Batch / (double)batches.Data.Count;
        Fits.Minimize(weights, train, batches,
            (x, _) => Priors.LogDensity<TorchTensor>(prior, x, State).Tensor.mean().neg(),
            step => Schedules.At(training.LearningRate, Epochs(step)), source.Stop);
        CodeFits.ThrowUnlessFinite(weights);
    }
}
