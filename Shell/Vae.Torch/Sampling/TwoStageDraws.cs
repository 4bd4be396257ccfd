using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>A second variational autoencoder, trained on codes.</summary>
internal sealed class TwoStageDraws : ICodeDraws
{
    // Its initial weights and noise must not be those of the model.
    private const long Key = 0x7365636f;

    private readonly VaeModel second;
    private readonly CodeScale scale;

    private TwoStageDraws(VaeModel second, CodeScale scale) => (this.second, this.scale) = (second, scale);

    public int Noise => 2 * second.Spec.Latent;

    public static TwoStageDraws Fit(Sampler.TwoStage sampler, CodeSource source)
    {
        using var scope = NewDisposeScope();
        var (scale, codes) = CodeFits.Standardized(source);
        var seed = KeyedRandom.FromSeed(source.Seed).Fold(Key).Bits(0);
        var spec = Samplers.SecondStage(sampler, source.Latent, source.Model.Spec.Condition);
        var second = new VaeModel(spec, seed, source.Model.Device, source.Model.Weights.Flat.dtype);
        try
        {
            Train(second, CodeFits.Examples(source, codes), CodeFits.Spec(sampler.Training, seed), source.Stop);
            return new(second, scale);
        }
        catch
        {
            second.Dispose();
            throw;
        }
    }

    public Tensor Draw(Tensor noise, Tensor? condition)
    {
        var size = second.Spec.Latent;
        TorchTensor outputs = second.Decode(noise.narrow(1, 0, size), condition);
        var codes = Samplers.SecondStageDraw(outputs, second.State("likelihood"), noise.narrow(1, size, size));
        return CodeScales.Restored(scale, codes);
    }

    public void Dispose() => second.Dispose();

    private static void Train(VaeModel second, Dataset codes, TrainSpec train, CancellationToken stop)
    {
        var experiment = new Experiment(second.Spec, Objectives.Elbo, new(codes.Name, Binarizations.None), train);
        using var state = new OptimizerState(second.Weights);
        using var step = TrainingSteps.Choose(second, state, experiment, StepRoute.Auto, compiled: new(codes.Count)).Step;
        using var batches = new BatchSource(codes, second.Spec.Condition, Binarizations.None, train.Batch, train.Seed, second.Device);
        var timetable = new Timetable(experiment, batches.Batches);
        Fits.Run(batches, train.Epochs, (x, condition, number) => step.Run(x, condition, timetable.At(number, 1)), stop);
        CodeFits.ThrowUnlessFinite(second.Weights);
    }
}
