namespace Vae.Torch;

/// <summary>A value in a graph: an operation on earlier values, with dimensions that do not change.</summary>
internal sealed class Node(Graph graph, int id, Operation operation, Node[] args, int[] dims, NodeDetails details)
{
    /// <summary>The graph that it belongs to.</summary>
    public Graph Graph => graph;

    /// <summary>Its index in the graph; operands have smaller ones.</summary>
    public int Id => id;

    public Operation Operation => operation;

    public Node[] Args => args;

    public int[] Dims => dims;

    /// <summary>The numbers of the operation.</summary>
    public double[] Numbers => details.Numbers;

    /// <summary>The axes and positions of the operation.</summary>
    public int[] Places => details.Places;

    public string Name => details.Name;

    /// <summary>The part of the step that it was made for.</summary>
    public string Section { get; } = graph.Section;

    /// <summary>The layers of a network.</summary>
    public NetworkUse? Network => details.Network;

    /// <summary>Number of values.</summary>
    public long Size => dims.Aggregate(1L, (product, dim) => product * dim);

    /// <summary>Whether it is one number everywhere.</summary>
    public bool IsConstant => operation == Operation.Linear && args.Length == 0;

    /// <summary>Whether it is a number times a value of the same dimensions.</summary>
    public bool IsScaled =>
        operation == Operation.Linear && args.Length == 1 && Numbers[0] == 0 && dims.AsSpan().SequenceEqual(args[0].Dims);

    public override string ToString() =>
        $"{id}: {operation} [{string.Join(", ", dims)}] of ({string.Join(", ", args.Select(arg => arg.Id))}) {Name}";
}

/// <summary>What an operation has besides operands and dimensions.</summary>
internal sealed record NodeDetails(double[] Numbers, int[] Places, string Name, NetworkUse? Network = null)
{
    public static NodeDetails None { get; } = new([], [], "");
}

/// <summary>Layers that run at one place of a step.</summary>
/// <param name="Name">Name of the network in the layout of the weights; a suffix from '@' on tells uses of one network apart.</param>
/// <param name="Layers">The layers.</param>
/// <param name="First">Index of the first of them in the network.</param>
/// <param name="Input">Shape of one example.</param>
/// <param name="Output">Shape of the output of one example.</param>
/// <param name="Training">Whether dropout drops and batch normalization uses the batch's statistics.</param>
/// <param name="Dropouts">Purpose and first place of the noise of dropout.</param>
internal sealed record NetworkUse(
    string Name, ValueList<Layer> Layers, int First, Shape Input, Shape Output, bool Training, DropoutPlaces Dropouts);

/// <summary>The noise of a network's dropouts.</summary>
/// <param name="Part">Index among the networks of posterior and prior; −1 for encoder, decoder and the prior's own network.</param>
/// <param name="First">Index of the first dropout.</param>
internal sealed record DropoutPlaces(int Part, int First);
