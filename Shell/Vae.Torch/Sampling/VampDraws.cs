using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Draws from the posteriors of some training examples, each equally likely; with a label, of examples that have it.</summary>
internal sealed class VampDraws : ICodeDraws
{
    private readonly VaeModel model;
    private readonly Tensor outputs;
    private readonly int components;

    private VampDraws(VaeModel model, Tensor outputs, int components) => (this.model, this.outputs, this.components) = (model, outputs, components);

    public int Noise => Posterior.Noise(model.Spec.Latent) + 2 * components;

    public static VampDraws Fit(Sampler.Vamp sampler, CodeSource source)
    {
        using var scope = NewDisposeScope();
        using var noise = new KeyedNoise(source.Seed, source.Model.Device);
        // Of each class as many, one class after the other.
        int[] chosen = [.. Enumerable.Range(0, source.Classes).SelectMany(of => Some(source.IndicesOfClass(of), sampler.Components, noise, of))];
        return new(source.Model, source.Outputs(chosen).DetachFromDisposeScope(), sampler.Components);
    }

    public Tensor Draw(Tensor noise, Tensor? condition)
    {
        var latent = Posterior.Noise(model.Spec.Latent);
        var chosen = Reparameterizations.Categorical<TorchTensor>(zeros([1, components], noise.dtype, noise.device), noise.narrow(1, latent, 2 * components));
        var row = chosen.Tensor.argmax(1);
        var start = condition is null ? zeros_like(row) : condition.argmax(1).mul(Scalars.Get(components)).to(ScalarType.Int64);
        // A sum of whole numbers by add takes a factor, which is made on the way.
        TorchTensor of = outputs.index_select(0, stack([row, start]).sum([0L]));
        return Posterior.Draw(model.PosteriorState(new(condition)), of, noise.narrow(1, 0, latent)).Z;
    }

    public void Dispose() => outputs.Dispose();

    private IPosterior Posterior => model.Spec.Posterior.Formulas();

    private static IEnumerable<int> Some(int[] examples, int count, KeyedNoise noise, int of)
    {
        using var order = noise.Permutation(examples.Length, Purpose.Shuffle, of).to(CPU);
        return [.. order.data<long>().Take(count).Select(at => examples[at])];
    }
}
