namespace Vae;

/// <summary>
/// How several stochastic layers, z = (z₁ … z_L) with z₁ nearest to x, depend on each other: the networks of q and of p. Each layer is a
/// diagonal normal distribution given the layers that it depends on. A posterior and its prior share one hierarchy.
/// </summary>
[Closed]
public abstract partial record Hierarchy
{
    // A limit of dropout keys and of the nesting of JSON.
    private const int MaxLatents = 256;

    internal abstract string Name { get; }

    /// <summary>Its name with the number of stochastic layers.</summary>
    internal string Title => $"{Name} of {Latents.Count} stochastic {(Latents.Count == 1 ? "layer" : "layers")}";

    /// <summary>The shapes of z₁ … z_L.</summary>
    internal abstract ValueList<Shape> Latents { get; }

    /// <summary>The length of z = (z₁ … z_L), or 2³¹ − 1 if it is greater.</summary>
    internal int LatentSize =>
        Hierarchies.Bounded(Latents.Aggregate(Int128.Zero, (sum, shape) => sum + Int128.Min(shape.Size, int.MaxValue)));

    internal abstract Shape EncoderOutput { get; }

    internal abstract Shape DecoderInput { get; }

    /// <summary>Whether q uses networks of the prior, so that it computes p at its own draws.</summary>
    internal abstract bool SharesPrior { get; }

    internal abstract ValueList<PartNetwork> PosteriorNetworks { get; }

    internal abstract ValueList<PartNetwork> PriorNetworks { get; }

    internal virtual ValueList<Parameter> PriorTensors => [];

    /// <summary>All networks of the spec with their paths, whether or not they fit.</summary>
    internal abstract ValueList<(string Path, Network Network)> Networks { get; }

    /// <summary>All layers of the spec with their paths.</summary>
    internal virtual ValueList<(string Path, ValueList<Layer> Layers)> LayerRows =>
        ValueList.From(Networks.Select(network => ($"{network.Path}.layers", network.Network.Layers)));

    /// <summary>Problems of the shapes.</summary>
    internal abstract ValueList<Problem> Problems(string path);

    /// <summary>A pass through q. <c>take</c> returns z of a stochastic layer (from 0) for its μ and ln σ², [B, 2·D].</summary>
    internal abstract HierarchyPass<T> Infer<T>(PartState<T> q, T outputs, Func<int, T, T> take) where T : struct, ITensor<T>;

    /// <summary>
    /// A pass through p from the top down. <c>take</c> returns z of a stochastic layer for its μ and ln σ², [B, 2·D], which are null at
    /// the top.
    /// </summary>
    internal abstract HierarchyPass<T> Generate<T>(PartState<T> p, Func<int, T?, T> take) where T : struct, ITensor<T>;

    /// <summary>The decoder's input for z: z₁, or the state of a pass through p at z.</summary>
    internal virtual T ForDecoder<T>(T[] z, Func<HierarchyPass<T>> pass) where T : struct, ITensor<T> => z[0];

    /// <summary>The shape of μ and ln σ² as channels, followed by further channels.</summary>
    private protected static Shape Moments(Shape latent, int more = 0) =>
        latent.WithChannels(Hierarchies.Bounded(2L * latent.Channels + more));

    private protected static T Run<T>(PartState<T> state, string network, T rows, Shape input) where T : struct, ITensor<T> =>
        state.Run(network, Shaped(rows, input));

    private protected static T Shaped<T>(T rows, Shape shape) where T : struct, ITensor<T> =>
        T.Reshape(rows, [rows.Dims[0], .. shape.Dims]);

    private protected static T Flat<T>(T rows) where T : struct, ITensor<T> =>
        T.Reshape(rows, rows.Dims[0], rows.Dims[1..].Aggregate(1, (size, dim) => size * dim));

    /// <summary>Problems of the shapes and the number of stochastic layers.</summary>
    private protected static ValueList<Problem> Sizes(string path, ValueList<(string Path, Shape Latent)> latents) => [
        .. latents.SelectMany(latent => Rules.Shape($"{path}.{latent.Path}", latent.Latent)),
        .. Rules.If(latents.Count > MaxLatents, path, $"must have at most {MaxLatents} stochastic layers", latents.Count)];
}
