using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The model's own prior.</summary>
internal sealed class ModelPriorDraws(VaeModel model) : ICodeDraws
{
    public int Noise => model.Spec.Prior.Formulas().Noise(model.Spec.Latent);

    public Tensor Draw(Tensor noise, Tensor? condition) =>
        Priors.Sample<TorchTensor>(model.Spec.Prior, noise, model.PriorState(noise.shape[0], new(condition)));

    public void Dispose()
    {
    }
}
