using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

// Draws below given stochastic layers.
public sealed partial class VaeModel
{
    /// <summary>
    /// Keeps the top stochastic layers of codes and draws those below again from the prior, p(zₗ|z above): what the kept layers do not
    /// decide varies. The values of the other layers in <paramref name="z"/> have no effect.
    /// </summary>
    /// <param name="z">Codes [B, D], z₁ first.</param>
    /// <param name="kept">Number of stochastic layers that are kept, from the top down; 1 … L.</param>
    /// <param name="seed">Seed of the draws: the same seed gives the same codes.</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <returns>Codes [B, D].</returns>
    /// <exception cref="VaeException">
    /// The model is not hierarchical, the number of layers is out of range, or a tensor has another shape or type.
    /// </exception>
    /// <example>
    /// <code>
    /// using var model = new VaeModel(Zoo.Ladder(Shape.Image(1, 28, 28)));
    /// var z = torch.randn(1, model.Spec.Latent).expand(8, -1);
    /// var images = model.DecodeMean(model.Redraw(z, kept: 1, seed: 1));    // eight images with the same top layer
    /// </code>
    /// </example>
    public Tensor Redraw(Tensor z, int kept, ulong seed, Tensor? condition = null)
    {
        var prior = Spec.Prior as Prior.Hierarchical ?? throw new VaeException(
            $"model.prior: must be hierarchical to redraw stochastic layers, got {Priors.Name(Spec.Prior)}");
        var layers = Hierarchies.Latents(prior.Hierarchy).Count;
        VaeException.Require(kept >= 1 && kept <= layers, "kept", $"must be 1 to {layers}", kept);
        return Read(() =>
        {
            using var draws = new KeyedNoise(seed, Device);
            var codes = Checked(z, "z", Shape.Vector(Spec.Latent));
            var eps = empty([codes.shape[0], prior.RedrawnBelow(kept).Sum(shape => shape.Size)], codes.dtype, Device);
            draws.Normal(eps, Purpose.Prior, 0);
            return prior.Redraw<TorchTensor>(PriorState(codes.shape[0], new(condition)), codes, eps, kept);
        });
    }
}
