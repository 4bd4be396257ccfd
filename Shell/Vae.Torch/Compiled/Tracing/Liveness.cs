namespace Vae.Torch;

/// <summary>
/// What of a graph is computed, and how often each stored value is read: a value that is a view of another has no memory of its own.
/// </summary>
internal sealed class Liveness
{
    private readonly HashSet<Node> always;
    private readonly Dictionary<Node, int> consumers = [], reads = [];
    private readonly HashSet<Node> fused = [];

    /// <summary>Plans the values that every step needs, and those that only measured steps need.</summary>
    public Liveness(Graph graph, IReadOnlyCollection<Node> outputs, IReadOnlyCollection<Node> measured)
    {
        always = Graph.Needed(outputs);
        var needed = Graph.Needed(outputs.Concat(measured));
        Order = [.. graph.Nodes.Where(needed.Contains)];
        foreach (var arg in Order.SelectMany(node => node.Args))
            consumers[arg] = consumers.GetValueOrDefault(arg) + 1;
        // What is wanted as such is no part of another operation.
        foreach (var root in outputs.Concat(measured))
            consumers[root] = int.MaxValue / 2;
        foreach (var node in Order.Where(node => node.Operation == Operation.Linear))
            Fuse(node);
        foreach (var read in Order.Where(node => !IsView(node) && !fused.Contains(node)).SelectMany(Reads))
            reads[Stored(read)] = reads.GetValueOrDefault(Stored(read)) + 1;
        foreach (var root in outputs.Concat(measured))
            reads[Stored(root)] = int.MaxValue / 2;
    }

    /// <summary>The nodes to compute, operands first.</summary>
    public IReadOnlyList<Node> Order { get; }

    /// <summary>Whether every step needs a value.</summary>
    public bool IsAlwaysNeeded(Node node) => always.Contains(node);

    /// <summary>Whether a product, or a part of a value that is 0 elsewhere, is written by the sum that it is a term of.</summary>
    public bool IsFused(Node node) => fused.Contains(node);

    /// <summary>The values that an operation reads, as often as it reads them.</summary>
    public IEnumerable<Node> Reads(Node node) => node.Args.SelectMany(arg => fused.Contains(arg) ? arg.Args : [arg]);

    /// <summary>How often the memory of a stored value is still to be read.</summary>
    public int Remaining(Node stored) => reads.GetValueOrDefault(stored);

    /// <summary>Counts a read; true if it was the last.</summary>
    public bool Read(Node node)
    {
        var stored = Stored(node);
        reads[stored]--;
        return reads[stored] == 0;
    }

    /// <summary>The value in whose memory a value lies.</summary>
    public static Node Stored(Node node) => IsView(node) ? Stored(node.Args[0]) : node;

    /// <summary>Whether a value is a view of its operand.</summary>
    public static bool IsView(Node node) => node.Operation is Operation.Slice or Operation.Transpose or Operation.Expand or Operation.Stop
        or Operation.Repeat || node.Operation == Operation.Reshape && IsContiguous(node.Args[0]);

    /// <summary>Whether the values lie row by row without gaps.</summary>
    public static bool IsContiguous(Node node) => node.Operation switch
    {
        Operation.Transpose or Operation.Expand or Operation.Repeat => false,
        Operation.Stop => IsContiguous(node.Args[0]),
        Operation.Slice => IsContiguous(node.Args[0]) && node.Dims.Take(node.Places[0]).All(dim => dim == 1),
        _ => true,
    };

    /// <summary>Whether a sum consists of parts of one axis that do not overlap.</summary>
    public static bool IsAssembled(Node sum) => sum.Operation == Operation.Linear && sum.Args.Length > 1 && sum.Numbers[0] == 0
        && Array.TrueForAll(sum.Args, arg => arg.Operation == Operation.Pad && arg.Places[0] == sum.Args[0].Places[0])
        && sum.Args.OrderBy(arg => arg.Places[1]).ToArray() is var parts
        && Enumerable.Range(1, parts.Length - 1).All(i => parts[i - 1].Places[1] + parts[i - 1].Places[2] <= parts[i].Places[1]);

    private void Fuse(Node sum)
    {
        if (IsAssembled(sum))
        {
            if (Array.TrueForAll(sum.Args, part => consumers[part] == 1))
                fused.UnionWith(sum.Args);
            return;
        }
        var repeated = sum.Args.FirstOrDefault(arg => arg.Operation == Operation.Repeat)?.Places[0];
        foreach (var arg in sum.Args.Where(arg => sum.Args.Length + (sum.Numbers[0] == 0 ? 0 : 1) > 1
            && arg.Operation == Operation.Multiply && consumers[arg] == 1 && always.Contains(arg) == always.Contains(sum)))
        {
            var own = arg.Args.FirstOrDefault(factor => factor.Operation == Operation.Repeat);
            if (own is not null && (own.Dims.Length != sum.Dims.Length || own.Dims[0] != sum.Dims[0]
                || (repeated ??= own.Places[0]) != own.Places[0]))
                continue;
            fused.Add(arg);
        }
    }
}
