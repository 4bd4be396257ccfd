using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch;

/// <summary>Runs layers as TorchSharp operations over <see cref="Weights"/>.</summary>
/// <param name="weights">The tensors of the layers.</param>
/// <param name="noise">Noise of dropout; drawn in training only.</param>
/// <param name="training">Whether dropout drops and batch normalization uses the batch's statistics.</param>
/// <param name="step">The step, by which the noise is keyed.</param>
/// <param name="conditioning">The condition, for layers that concatenate it.</param>
/// <param name="detached">Whether the weights are constants for the gradient.</param>
internal sealed class Forward(
    Weights weights, KeyedNoise noise, bool training, long step, Conditioning? conditioning = null, bool detached = false)
{
    // Each network numbers its own dropouts; keys of one step must differ from those of the next.
    internal const int DropoutsPerNetwork = 512;

    // Maximum number of the components' networks: more than a hierarchy may have.
    private const long PartNetworks = 1 << 12;

    private int dropouts;
    private int part = -1;

    /// <summary>Runs a component's network, which has this index among them.</summary>
    public Tensor Run(ValueList<Layer> layers, string prefix, int place, Tensor x)
    {
        part = place;
        return Run(layers, prefix, x);
    }

    /// <summary>The key of a dropout's noise by its index: those of the encoder come first, then the decoder's, then the prior's.</summary>
    internal static long DropoutKey(long step, int place) => place < 2 * DropoutsPerNetwork
        ? 2 * DropoutsPerNetwork * step + place : -1 - (DropoutsPerNetwork * step + place - 2 * DropoutsPerNetwork);

    /// <summary>The key of a dropout's noise in a component's network, by the network's index among them and its own in it.</summary>
    internal static long PartDropoutKey(long step, int part, int place) => (PartNetworks * step + part) * DropoutsPerNetwork + place;

    /// <summary>
    /// Runs layers in sequence, from index <paramref name="first"/>. [B, ...] → [B, ...]; intermediates belong to the caller's
    /// scope.
    /// </summary>
    public Tensor Run(ValueList<Layer> layers, string prefix, Tensor x, int first = 0)
    {
        dropouts = prefix switch { "decoder" => DropoutsPerNetwork, "prior" => 2 * DropoutsPerNetwork, _ => dropouts };
        for (var i = first; i < layers.Count; i++)
            x = Run(layers[i], $"{prefix}.{i}", x);
        return x;
    }

    private Tensor Run(Layer layer, string name, Tensor x) => layer.Match<Tensor>(
        linear: _ => F.linear(x, Weight($"{name}.weight"), Weight($"{name}.bias")),
        gatedLinear: g => Gated(F.linear(x, Weight($"{name}.weight"), Weight($"{name}.bias")), g.Width),
        conv2d: c => F.conv2d(x, Weight($"{name}.weight"), Weight($"{name}.bias"), [c.Stride, c.Stride], [c.Padding, c.Padding]),
        convTranspose2d: c => F.conv_transpose2d(x, Weight($"{name}.weight"), Weight($"{name}.bias"),
            [c.Stride, c.Stride], [c.Padding, c.Padding], [c.OutputPaddingRows, c.OutputPaddingColumns]),
        // A sequence is an image of one row.
        conv1d: c => F.conv1d(x.squeeze(2), Weight($"{name}.weight"), Weight($"{name}.bias"), c.Stride, c.Padding).unsqueeze(2),
        convTranspose1d: c => F.conv_transpose1d(x.squeeze(2), Weight($"{name}.weight"), Weight($"{name}.bias"),
            c.Stride, c.Padding, c.OutputPadding).unsqueeze(2),
        gru: g => Recurrent(g, name, x),
        sequence: s => Sequence(s, x),
        activate: a => Activate(a.Function, x),
        batchNorm: b => F.batch_norm(x, weights[$"{name}.running_mean"], weights[$"{name}.running_var"],
            Weight($"{name}.weight"), Weight($"{name}.bias"),
            training && x.shape[0] * x.shape[2..].Aggregate(1L, (a, d) => a * d) > 1, b.Momentum, b.Epsilon),
        groupNorm: g => F.group_norm(x, g.Groups, Weight($"{name}.weight"), Weight($"{name}.bias"), g.Epsilon),
        layerNorm: l => F.layer_norm(x, x.shape[1..], Weight($"{name}.weight"), Weight($"{name}.bias"), l.Epsilon),
        dropout: d => Drop(d.Rate, x),
        flatten: _ => x.flatten(1),
        reshape: r => x.reshape([x.shape[0], .. r.To.Dims.Select(dim => (long)dim)]),
        upsample: u => Repeat(u.Factor, x),
        residual: r => x.add(Run(r.Body, $"{name}.body", x), Scalars.One),
        concatenateCondition: _ => conditioning?.Join(x)
            ?? throw new VaeException("condition: must be given to a layer that concatenates it, got none"),
        custom: c => c.Definition.Apply<TorchTensor>(new(found => Weight($"{name}.{found}"), training), x));

    private Tensor Recurrent(Layer.Gru layer, string name, Tensor x)
    {
        Tensor states = Sequences.Gru<TorchTensor>(
            x, new(Weight($"{name}.input.weight"), Weight($"{name}.input.bias"),
                Weight($"{name}.state.weight"), Weight($"{name}.state.bias")), layer.MaskChannels);
        return layer.OnlyLast ? states.narrow(3, x.shape[3] - 1, 1).reshape(x.shape[0], layer.Width) : states;
    }

    // Each part of the vector: [B, steps · width] → [B, width, 1, steps].
    private static Tensor Sequence(Layer.Sequence layer, Tensor x)
    {
        var (parts, start) = (new List<Tensor>(), 0L);
        foreach (var width in layer.Widths)
        {
            var length = (long)layer.Steps * width;
            parts.Add(x.narrow(1, start, length).reshape(x.shape[0], layer.Steps, width).transpose(1, 2).unsqueeze(2));
            start += length;
        }
        return cat([.. parts], 1);
    }

    private static Tensor Gated(Tensor both, int width) => both.narrow(1, 0, width).mul(both.narrow(1, width, width).sigmoid());

    private Tensor Weight(string name) => detached ? weights[name].detach() : weights[name];

    private static Tensor Activate(Activation function, Tensor x) => function.Match(
        relu: _ => F.relu(x),
        // The functional forms take doubles and create temporary scalars that nothing keeps alive.
        leakyRelu: l => x.leaky_relu(Scalars.Get(l.Slope)),
        elu: e => x.elu(Scalars.Get(e.Alpha), Scalars.One, Scalars.One),
        gelu: _ => F.gelu(x),
        silu: _ => F.silu(x),
        tanh: _ => x.tanh(),
        sigmoid: _ => x.sigmoid(),
        // Exact everywhere; torch's softplus is linear above 20.
        softplus: _ => F.logsigmoid(x.neg()).neg());

    private Tensor Drop(double rate, Tensor x)
    {
        if (!training || rate == 0)
            return x;
        var kept = empty_like(x);
        if (part >= 0)
            noise.Uniform(kept, 0, 1, Purpose.PartDropout, PartDropoutKey(step, part, dropouts++));
        else
            noise.Uniform(kept, 0, 1, Purpose.Dropout, DropoutKey(step, dropouts++));
        return x * kept.ge(Scalars.Get(rate)).to(x.dtype) * Scalars.Get(1 / (1 - rate));
    }

    // Nearest-neighbour upsampling as a broadcast: its gradient is an exact block sum.
    private static Tensor Repeat(int factor, Tensor x)
    {
        long[] s = x.shape;
        return x.reshape(s[0], s[1], s[2], 1, s[3], 1).expand(s[0], s[1], s[2], factor, s[3], factor)
            .reshape(s[0], s[1], s[2] * factor, s[3] * factor);
    }
}
