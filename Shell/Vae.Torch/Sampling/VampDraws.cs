using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>An equal-weight mixture of posteriors of training examples; with a label condition, of examples of that class.</summary>
internal sealed class VampDraws : ICodeDraws
{
    private readonly VaeModel model;
    private readonly Tensor outputs;
    private readonly int components;

    private VampDraws(VaeModel model, Tensor outputs, int components) =>
        (this.model, this.outputs, this.components) = (model, outputs, components);

    public int Noise => Posterior.Noise(model.Spec.Latent) + 2 * components;

    public static VampDraws Fit(Sampler.Vamp sampler, CodeSource source)
    {
        using var scope = NewDisposeScope();
        using var noise = new KeyedNoise(source.Seed, source.Model.Device);
        // The same number of each class, one class after the other.
        int[] chosen = [.. Enumerable.Range(0, source.Classes)
            .SelectMany(label => Some(source.IndicesOfClass(label), sampler.Components, noise, label))];
        return new(source.Model, source.Outputs(chosen).DetachFromDisposeScope(), sampler.Components);
    }

    public Tensor Draw(Tensor noise, Tensor? condition)
    {
        var latent = Posterior.Noise(model.Spec.Latent);
        var chosen = Reparameterizations.Categorical<TorchTensor>(
            zeros([1, components], noise.dtype, noise.device), noise.narrow(1, latent, 2 * components));
        var row = chosen.Tensor.argmax(1);
        var start = condition is null ? zeros_like(row) : condition.argmax(1).mul(Scalars.Get(components)).to(ScalarType.Int64);
        // `add` on integers would create a temporary scalar, which may be finalized too early.
        TorchTensor selected = outputs.index_select(0, stack([row, start]).sum([0L]));
        return Posterior.Draw(model.PosteriorState(new(condition)), selected, noise.narrow(1, 0, latent)).Z;
    }

    public void Dispose() => outputs.Dispose();

    private IPosterior Posterior => model.Spec.Posterior.Formulas();

    private static IEnumerable<int> Some(int[] examples, int count, KeyedNoise noise, int label)
    {
        using var order = noise.Permutation(examples.Length, Purpose.Shuffle, label).to(CPU);
        return [.. order.data<long>().Take(count).Select(at => examples[at])];
    }
}
