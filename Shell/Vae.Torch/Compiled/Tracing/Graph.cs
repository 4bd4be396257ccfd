using System.Globalization;

namespace Vae.Torch;

/// <summary>
/// The formulas of a step as operations on values of known dimensions. Equal operations are one node, and the constructors simplify:
/// a node that they return has the value that was asked for, up to rounding.
/// </summary>
internal sealed partial class Graph
{
    private readonly Dictionary<string, Node> known = [];
    private readonly List<Node> nodes = [];

    /// <summary>All nodes, operands first.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>The part of the step that new nodes are made for.</summary>
    public string Section { get; set; } = "";

    /// <summary>A tensor from outside.</summary>
    public Node Input(string name, params int[] dims) => Add(Operation.Input, [], dims, NodeDetails.None with { Name = name });

    /// <summary>One number everywhere.</summary>
    public Node Full(double number, params int[] dims) => Add(Operation.Linear, [], dims, NodeDetails.None with { Numbers = [number] });

    /// <summary>Given values, row-major.</summary>
    public Node Values(double[] values, int[] dims) => values.Length > 0 && values.All(value => value.Equals(values[0]))
        ? Full(values[0], dims) : Add(Operation.Values, [], dims, NodeDetails.None with { Numbers = values });

    /// <summary>An elementwise function of one value.</summary>
    public Node Unary(Operation operation, Node x) => operation switch
    {
        _ when x.IsConstant => Full(Folded(operation, x.Numbers[0]), x.Dims),
        _ when x.Operation == Operation.Repeat => Repeat(Unary(operation, x.Args[0]), x.Places[0]),
        Operation.Square when x.IsScaled => Scale(x.Numbers[1] * x.Numbers[1], Unary(operation, x.Args[0])),
        Operation.Square when x.Operation == Operation.Exp => Unary(Operation.Exp, Scale(2, x.Args[0])),
        Operation.Reciprocal when x.Operation == Operation.Exp => Unary(Operation.Exp, Scale(-1, x.Args[0])),
        _ => Add(operation, [x], x.Dims),
    };

    /// <summary>x between two bounds, and beyond them a bound and the logarithm of 1 + the excess.</summary>
    public Node SoftClamp(Node x, double min, double max)
    {
        if (x.Operation == Operation.Repeat)
            return Repeat(SoftClamp(x.Args[0], min, max), x.Places[0]);
        var inside = Add(Operation.Clamp, [Stored(x)], x.Dims, NodeDetails.None with { Numbers = [min, max] });
        var beyond = Linear(0, [(1, x), (-1, inside)]);
        return Add(Operation.SoftClamp, [inside, beyond, Unary(Operation.Abs, beyond)], x.Dims);
    }

    /// <summary>The same value without a derivative.</summary>
    public Node Stop(Node x) => x switch
    {
        { IsConstant: true } or { Operation: Operation.Stop or Operation.Values } => x,
        { Operation: Operation.Repeat } => Repeat(Stop(x.Args[0]), x.Places[0]),
        _ => Add(Operation.Stop, [x], x.Dims),
    };

    /// <summary>1 at the first of the largest values along an axis, else 0.</summary>
    public Node OneHot(Node x, int axis) => Add(Operation.OneHot, [Stored(x)], x.Dims, Axes(axis));

    /// <summary>The output of layers; the condition is that of each row, for layers that concatenate it.</summary>
    public Node Network(NetworkUse use, Node x, Node? condition) => Add(
        Operation.Network, condition is null ? [Stored(x)] : [Stored(x), Stored(condition)],
        [x.Dims[0], .. use.Output.Dims], NodeDetails.None with { Name = $"{use.Name}.{use.First}", Network = use });

    /// <summary>The derivative by the input of layers; writes that by their weights too.</summary>
    /// <param name="network">The layers' node.</param>
    /// <param name="gradient">The derivative by their output, of its dimensions or broadcast to them.</param>
    /// <param name="wanted">Whether the derivative by the input is used.</param>
    public Node Backward(Node network, Node gradient, bool wanted) => Add(
        Operation.Backward, [Filled(gradient, network.Dims), network, .. network.Args], network.Args[0].Dims,
        new([], [wanted ? 1 : 0], network.Name, network.Network));

    /// <summary>Σ ln max(x, 1 − x) over all axes but the first, of probabilities.</summary>
    public Node SumLogMax(Node x) => Add(Operation.SumLogMax, [Stored(x)], [x.Dims[0]]);

    /// <summary>A product as it is, without simplification.</summary>
    public Node Product(Node a, Node b) => Repeated(a, b, Indexing.Broadcast(a.Dims, b.Dims)) is not null ? Multiply(a, b)
        : Add(Operation.Multiply, Elementwise([a, b], Indexing.Broadcast(a.Dims, b.Dims)), Indexing.Broadcast(a.Dims, b.Dims));

    /// <summary>An operation of another graph on operands of this one.</summary>
    public Node Again(Node node, Node[] args) => node.Operation switch
    {
        Operation.Linear => Linear(node.Numbers[0], args.Select((arg, i) => (node.Numbers[i + 1], arg)), node.Dims),
        Operation.Multiply => Multiply(args[0], args[1], node.Dims),
        Operation.Repeat => Repeat(args[0], node.Places[0]),
        _ => Add(node.Operation, args, node.Dims, node.Details),
    };

    /// <summary>The nodes that some nodes depend on, and these.</summary>
    public static HashSet<Node> Needed(IEnumerable<Node> roots)
    {
        var (seen, left) = (new HashSet<Node>(), new Stack<Node>(roots));
        while (left.TryPop(out var node))
            if (seen.Add(node))
                foreach (var arg in node.Args)
                    left.Push(arg);
        return seen;
    }

    private Node Add(Operation operation, Node[] args, int[] dims, NodeDetails? details = null)
    {
        var more = details ?? NodeDetails.None;
        var key = string.Create(CultureInfo.InvariantCulture, $"{(int)operation}|{Joined(args.Select(arg => arg.Id))}|{Joined(dims)}|")
            + $"{Joined(more.Numbers.Select(BitConverter.DoubleToInt64Bits))}|{Joined(more.Places)}|{more.Name}";
        if (known.TryGetValue(key, out var node))
            return node;
        node = new(this, nodes.Count, operation, args, dims, more);
        nodes.Add(node);
        return known[key] = node;
    }

    private static string Joined<TNumber>(IEnumerable<TNumber> numbers) => string.Join(',', numbers);

    private static NodeDetails Axes(params int[] axes) => NodeDetails.None with { Places = axes };

    private static double Folded(Operation operation, double x) => operation switch
    {
        Operation.Exp => Math.Exp(x),
        Operation.Log => Math.Log(x),
        Operation.Log1p => Stable.Log1p(x),
        Operation.Sqrt => Math.Sqrt(x),
        Operation.Square => x * x,
        Operation.Abs => Math.Abs(x),
        Operation.Sign => double.IsNaN(x) ? x : Math.Sign(x),
        Operation.Tanh => Math.Tanh(x),
        Operation.Sigmoid => Stable.Sigmoid(x),
        Operation.LogSigmoid => Math.Min(x, 0) - Stable.Log1p(Math.Exp(-Math.Abs(x))),
        Operation.Reciprocal => 1 / x,
        Operation.Above => Math.Max(x, 0),
        Operation.Below => Math.Min(x, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "must be an elementwise function"),
    };
}
