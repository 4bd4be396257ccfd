using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>p(z|c) p(x|z, c)^β of many rows: its logarithm, with the gradient by z, for Hamiltonian dynamics.</summary>
internal sealed class TemperedTarget(VaeModel model, Tensor x, Tensor? condition, PartState<TorchTensor> prior)
{
    public int Rows => (int)x.shape[0];

    public int Latent => model.Spec.Latent;

    /// <summary>How many numbers a draw from the prior takes.</summary>
    public int PriorNoise => model.Spec.Prior.Formulas().Noise(Latent);

    /// <summary>A draw from the prior as a function of the noise. [R, D].</summary>
    public Tensor FromPrior(Tensor noise) => Priors.Sample<TorchTensor>(model.Spec.Prior, noise, prior);

    /// <summary>ln p(x|z) [R], and the logarithm of the target [R] with its gradient [R, D]; in the caller's scope.</summary>
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

/// <summary>What a target is at some places.</summary>
internal readonly record struct TargetValue(Tensor LogLikelihood, Tensor Log, Tensor Gradient);
