using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>When, and with what, parts' networks are run: rows that are a multiple of the conditions' are draws of each example, sample by sample.</summary>
internal readonly record struct RunAt(Tensor? Condition = null, bool Training = false, long Step = 0, KeyedNoise? Draws = null, double Epoch = 0, StepMemory? Memory = null);

/// <summary>What parts have made of a draw, for those that ask again; good within one step, in which weights stay as they are.</summary>
internal sealed class StepMemory
{
    private readonly List<(string Name, Tensor Of, object Made)> known = [];

    public object Once(string name, TorchTensor of, Func<object> make)
    {
        foreach (var (other, tensor, found) in known)
            if (other == name && ReferenceEquals(tensor, of.Tensor))
                return found;
        var made = make();
        known.Add((name, of.Tensor, made));
        return made;
    }
}

/// <summary>The networks that posterior and prior have of their own, over a model's weights.</summary>
internal sealed class PartNetworks
{
    private readonly VaeSpec spec;
    private readonly Weights weights;
    private readonly KeyedNoise noise;
    private readonly Dictionary<string, (int Place, PartNetwork Network, ValueList<Layer> Layers)> networks = [];

    public PartNetworks(VaeSpec spec, Weights weights, KeyedNoise noise)
    {
        (this.spec, this.weights, this.noise) = (spec, weights, noise);
        foreach (var network in Wiring.PartNetworks(spec))
            networks.Add(network.Name, (networks.Count, network, Wiring.Layers(network)));
    }

    /// <summary>The state of a posterior or a prior, whose tensors <paramref name="find"/> knows by their full names.</summary>
    public PartState<TorchTensor> State(Func<string, TorchTensor> find, Func<string, string> full, RunAt at) => new(
        name => find(full(name)), at.Training, at.Epoch, (network, rows, held) => Run(full(network), rows, held, at), at.Memory is { } memory ? memory.Once : null);

    private TorchTensor Run(string name, Tensor rows, bool detached, RunAt at)
    {
        var (place, network, layers) = networks[name];
        var count = rows.shape[0];
        var condition = at.Condition is { } given && given.shape[0] != count ? TensorExtensions.Repeat(given, count / given.shape[0]) : at.Condition;
        var input = rows.reshape([count, .. network.Input.Dims.Select(dim => (long)dim)]);
        return new Forward(weights, at.Draws ?? noise, at.Training, at.Step, new Conditioning(spec, condition, count), detached).Run(layers, name, place, input);
    }
}
