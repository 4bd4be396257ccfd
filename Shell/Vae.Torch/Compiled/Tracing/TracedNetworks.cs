namespace Vae.Torch;

/// <summary>Whose derivatives a pass is recorded for.</summary>
internal enum PassFor
{
    /// <summary>All weights.</summary>
    All,
    /// <summary>The weights of encoder and posterior, which have a loss of their own.</summary>
    Encoder,
    /// <summary>All other weights.</summary>
    Rest,
}

/// <summary>
/// Runs a model's networks in a recorded step. Layers of this library are written by their stages; those of an application are
/// formulas and become part of the graph.
/// </summary>
/// <param name="inputs">The inputs of the step.</param>
internal sealed class TracedNetworks(TracedInputs inputs)
{
    // Shared by all passes of a step, so that equal uses have equal names.
    private readonly Dictionary<(string Name, Node Input, Node? Condition), string> uses = [];
    private readonly Dictionary<string, int> counts = [];

    /// <summary>Whose derivatives the networks run for: a pass repeats the networks of the others.</summary>
    public PassFor Pass { get; set; }

    /// <summary>Runs layers. [N, …] → [N, …].</summary>
    public Traced Run(TracedNetwork network, Traced x, Traced? condition)
    {
        var name = UseName(network, x.Node, condition?.Node);
        return Chain(network, network.Layers, name, x, condition, new(network.Part, network.FirstDropout)).Output;
    }

    /// <summary>x with c concatenated, as values or as channels. [B, …], [B, W] → [B, …].</summary>
    public static Traced Join(Traced x, Traced? condition, Shape shape)
    {
        if (condition is not { } c)
            return x;
        int[] dims = x.Dims;
        if (dims.Length == 2)
            return Traced.Concat(x, c, 1);
        if (shape.IsVector)
            return Traced.Concat(x, new(c.Node.Graph.Expand(
                Traced.Reshape(c, dims[0], c.Dims[1], 1, 1).Node, [dims[0], c.Dims[1], dims[2], dims[3]])), 1);
        int high = shape.Height / dims[2], wide = shape.Width / dims[3];
        var blocks = Traced.Reshape(c, dims[0], shape.Channels, dims[2], high, dims[3], wide);
        return Traced.Concat(x, Traced.Sum(blocks, 3, 5) / (high * wide), 1);
    }

    private string UseName(TracedNetwork network, Node x, Node? condition)
    {
        // The encoder itself is the same in both passes, and depends on no other weights.
        var repeats = Pass == PassFor.Encoder && !IsOfEncoder(network.Name)
            || Pass == PassFor.Rest && IsOfEncoder(network.Name) && network.Name != "encoder";
        var kind = $"{network.Name}{(network.IsConstant ? Uses.Constant : repeats ? Uses.Echo : "")}";
        if (uses.TryGetValue((kind, x, condition), out var known))
            return known;
        var count = counts[kind] = counts.GetValueOrDefault(kind) + 1;
        return uses[(kind, x, condition)] = count == 1 ? kind : kind == network.Name ? $"{kind}@{count}" : $"{kind}{count}";
    }

    /// <summary>Whether a tensor or network is one of those that an encoder's own loss trains.</summary>
    public static bool IsOfEncoder(string name) => name == "encoder" || name.StartsWith("encoder.", StringComparison.Ordinal)
        || name.StartsWith("encoder@", StringComparison.Ordinal) || name.StartsWith("posterior.", StringComparison.Ordinal);

    private (Traced Output, DropoutPlaces Next) Chain(
        TracedNetwork network, ValueList<Layer> layers, string name, Traced x, Traced? condition, DropoutPlaces dropouts)
    {
        for (var i = 0; i < layers.Count;)
        {
            if (layers[i] is Layer.Custom custom)
                x = Custom(custom, network, $"{name}.{i++}", x);
            else if (layers[i] is Layer.Residual residual && NetworkStages.HasCustom([residual]))
            {
                (var inner, dropouts) = Chain(network, residual.Body, $"{name}.{i++}.body", x, condition, dropouts);
                x += inner;
            }
            else
            {
                var taken = ValueList.From(layers.Skip(i).TakeWhile(layer => !NetworkStages.HasCustom([layer])));
                (x, dropouts) = Library(network, taken, name, i, (x, condition, dropouts));
                i += taken.Count;
            }
        }
        return (x, dropouts);
    }

    private static (Traced Output, DropoutPlaces Next) Library(
        TracedNetwork network, ValueList<Layer> layers, string name, int first, (Traced X, Traced? Condition, DropoutPlaces Dropouts) at)
    {
        int[] dims = at.X.Dims;
        var shape = new Shape(ValueList.From(dims[1..]));
        var output = Shapes.Chain(layers, shape, name).Match(found => found, problems => throw new NotRecordedException($"{problems}"));
        var use = new NetworkUse(name, layers, first, shape, output, network.Training, at.Dropouts);
        var condition = NetworkStages.JoinsCondition(layers) ? at.Condition?.Node : null;
        var drawn = network.Training ? Dropouts(layers) : 0;
        return (new(at.X.Node.Graph.Network(use, at.X.Node, condition)), at.Dropouts with { First = at.Dropouts.First + drawn });
    }

    private Traced Custom(Layer.Custom layer, TracedNetwork network, string name, Traced x)
    {
        Traced Weight(string own)
        {
            var weight = inputs.Weight(Uses.Tensor($"{name}.{own}"));
            return Uses.Counts(name) ? weight : Traced.StopGradient(weight);
        }
        return layer.Definition.Apply(new PartState<Traced>(Weight, network.Training) { Recording = inputs.Recording }, x);
    }

    private static int Dropouts(ValueList<Layer> layers) => layers.Sum(layer => layer switch
    {
        Layer.Dropout { Rate: not 0 } => 1,
        Layer.Residual residual => Dropouts(residual.Body),
        _ => 0,
    });
}

/// <summary>A network to run.</summary>
/// <param name="Name">Name in the layout of the weights.</param>
/// <param name="Layers">The layers.</param>
/// <param name="FirstDropout">Index of its first dropout's noise.</param>
/// <param name="Part">Index among the networks of posterior and prior; −1 for others.</param>
/// <param name="Training">Whether dropout drops and batch normalization uses the batch's statistics.</param>
/// <param name="IsConstant">Whether its weights are constants for the derivative.</param>
internal sealed record TracedNetwork(
    string Name, ValueList<Layer> Layers, int FirstDropout = 0, int Part = -1, bool Training = true, bool IsConstant = false);
