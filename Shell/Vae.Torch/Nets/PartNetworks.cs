using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The circumstances in which networks run. If they get k times as many rows as conditions, there are k draws of each example.
/// </summary>
/// <param name="Condition">Conditions [B, W]; null for a model without one.</param>
/// <param name="Training">Whether dropout drops and batch normalization uses the batch's statistics.</param>
/// <param name="Step">The step, by which noise is keyed.</param>
/// <param name="Draws">Noise; null for the model's.</param>
/// <param name="Epoch">Training time in epochs.</param>
/// <param name="Memory">Results of this step to reuse; null for none.</param>
internal readonly record struct RunAt(
    Tensor? Condition = null, bool Training = false, long Step = 0, KeyedNoise? Draws = null, double Epoch = 0, StepMemory? Memory = null);

/// <summary>
/// Caches what components compute from a draw, by name and tensor. Valid within one step, while the weights do not change.
/// </summary>
internal sealed class StepMemory
{
    private readonly List<(string Name, Tensor Of, object Made)> known = [];

    /// <summary>Returns the cached result, or computes it.</summary>
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

/// <summary>The networks that belong to posterior and prior, over a model's weights.</summary>
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

    /// <summary>The state of a posterior or a prior; <paramref name="find"/> returns the tensor of a full name.</summary>
    public PartState<TorchTensor> State(Func<string, TorchTensor> find, Func<string, string> full, RunAt at) => new(
        name => find(full(name)), at.Training, at.Epoch,
        (network, rows, detached) => Run(full(network), rows, detached, at), at.Memory is { } memory ? memory.Once : null);

    private TorchTensor Run(string name, Tensor rows, bool detached, RunAt at)
    {
        var (place, network, layers) = networks[name];
        var count = rows.shape[0];
        var condition = at.Condition is { } given && given.shape[0] != count
            ? TensorExtensions.Repeat(given, count / given.shape[0]) : at.Condition;
        var input = rows.reshape([count, .. network.Input.Dims.Select(dim => (long)dim)]);
        var forward = new Forward(
            weights, at.Draws ?? noise, at.Training, at.Step, new Conditioning(spec, condition, count), detached);
        return forward.Run(layers, name, place, input);
    }
}
