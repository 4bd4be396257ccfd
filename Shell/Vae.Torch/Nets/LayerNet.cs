using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A network beside a model, such as a classifier or a discriminator: a sequence of layers with separate weights and dropout
/// noise.
/// </summary>
internal sealed class LayerNet : IDisposable
{
    private readonly ValueList<Layer> layers;
    private readonly string name;
    private readonly KeyedNoise noise;

    /// <summary>Creates a network over weights whose names begin with the network's; the seed is that of dropout.</summary>
    public LayerNet(string name, ValueList<Layer> layers, Weights weights, ulong seed)
    {
        (this.name, this.layers, Weights) = (name, layers, weights);
        noise = new(seed, weights.Device);
    }

    public Weights Weights { get; }

    /// <summary>Rows [N, …] → output of the last layer.</summary>
    public Tensor Run(Tensor rows, bool training = false, long step = 0) => Forward(training, step).Run(layers, name, rows);

    /// <summary>Rows [N, …] → output of the first <paramref name="count"/> layers.</summary>
    public Tensor Features(Tensor rows, int count, bool training = false, long step = 0) =>
        Forward(training, step).Run(ValueList.From(layers.Take(count)), name, rows);

    /// <summary>Output of the first <paramref name="count"/> layers → output of the last layer.</summary>
    public Tensor RunOn(Tensor features, int count, bool training = false, long step = 0) =>
        Forward(training, step).Run(layers, name, features, count);

    public void Dispose()
    {
        Weights.Dispose();
        noise.Dispose();
    }

    private Forward Forward(bool training, long step) => new(Weights, noise, training, step);
}
