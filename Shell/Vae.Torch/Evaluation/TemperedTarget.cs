using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The tempered posterior p(z|c) p(x|z, c)^β of a batch: its log-density and gradient in z, for Hamiltonian dynamics.</summary>
internal sealed class TemperedTarget(VaeModel model, Tensor x, Tensor? condition, PartState<TorchTensor> prior)
{
    public int Rows => (int)x.shape[0];

    public int Latent => model.Spec.Latent;

    /// <summary>Number of noise values per draw from the prior.</summary>
    public int PriorNoise => model.Spec.Prior.Formulas().Noise(Latent);

    /// <summary>Draws from the prior as a function of noise. [R, N] → [R, D].</summary>
    public Tensor FromPrior(Tensor noise) => Priors.Sample<TorchTensor>(model.Spec.Prior, noise, prior);

    /// <summary>The target at z [R, D]; tensors belong to the caller's dispose scope.</summary>
    public TargetValue At(Tensor z, double beta)
    {
        using var scope = NewDisposeScope();
        var leaf = z.detach().clone();
        leaf.requires_grad = true;
        var likelihood = model.NegLogLikelihood(model.Decode(leaf, condition, training: false, step: 0), x).Tensor.neg();
        Tensor whole = Priors.LogDensity<TorchTensor>(model.Spec.Prior, leaf, prior) + beta * new TorchTensor(likelihood);
        var gradient = autograd.grad([whole.sum()], [leaf])[0];
        return new(Kept(likelihood), Kept(whole), Kept(gradient));
    }

    private static Tensor Kept(Tensor value) => value.detach().MoveToOuterDisposeScope();
}

/// <summary>The value of a target.</summary>
/// <param name="LogLikelihood">ln p(x|z), [R].</param>
/// <param name="Log">The log-density of the target, not normalized, [R].</param>
/// <param name="Gradient">Its gradient in z, [R, D].</param>
internal readonly record struct TargetValue(Tensor LogLikelihood, Tensor Log, Tensor Gradient);
