namespace Vae.Torch;

/// <summary>The derivative of a scalar by the inputs of a graph.</summary>
/// <param name="Inputs">The derivative by each wanted input that the scalar depends on.</param>
/// <param name="Networks">The backward passes of networks, which write the derivatives by their weights.</param>
internal sealed record Gradients(IReadOnlyDictionary<Node, Node> Inputs, ValueList<Node> Networks);

/// <summary>
/// Reverse mode over a graph: one rule for each operation. An adjoint may have smaller dimensions than its value and is then broadcast
/// where it is used: the derivative of a sum is one number.
/// </summary>
internal sealed partial class Adjoints
{
    private const string Backward = ", backward";

    private readonly Graph graph;
    private readonly HashSet<Node> wanted;
    private readonly bool[] depends;
    private readonly List<(double Factor, Node Of)>[] parts;
    private readonly List<Node> networks = [];

    private Adjoints(Node loss, IEnumerable<Node> inputs, Func<NetworkUse, bool> isTrained)
    {
        (graph, wanted) = (loss.Graph, [.. inputs]);
        depends = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
            depends[node.Id] = wanted.Contains(node) || node.Operation == Operation.Network && isTrained(node.Network!)
                || node.Operation is not (Operation.Stop or Operation.Sign or Operation.OneHot) && node.Args.Any(arg => depends[arg.Id]);
        parts = new List<(double, Node)>[graph.Nodes.Count];
    }

    /// <summary>∂loss/∂ the given inputs and the weights of the given networks.</summary>
    /// <param name="loss">A scalar.</param>
    /// <param name="inputs">Inputs of the graph.</param>
    /// <param name="isTrained">Whether the derivative by the weights of a network is wanted.</param>
    public static Gradients Of(Node loss, IEnumerable<Node> inputs, Func<NetworkUse, bool> isTrained) =>
        new Adjoints(loss, inputs, isTrained).Run(loss);

    private Gradients Run(Node loss)
    {
        Give(loss, graph.Full(1));
        var found = new Dictionary<Node, Node>();
        for (var id = parts.Length - 1; id >= 0; id--)
        {
            if (parts[id] is not { } terms)
                continue;
            var node = graph.Nodes[id];
            graph.Section = node.Section.Length == 0 || node.Section.EndsWith(Backward, StringComparison.Ordinal)
                ? node.Section : $"{node.Section}{Backward}";
            var adjoint = graph.Linear(0, terms);
            if (wanted.Contains(node))
                found[node] = graph.Filled(adjoint, node.Dims);
            Pass(node, adjoint);
        }
        return new(found, ValueList.From(networks));
    }

    private void Give(Node to, Node adjoint, double factor = 1)
    {
        if (depends[to.Id] && !(adjoint.IsConstant && adjoint.Numbers[0] == 0))
            (parts[to.Id] ??= []).Add((factor, adjoint));
    }

    private void Pass(Node node, Node d)
    {
        switch (node.Operation)
        {
            case Operation.Linear:
                for (var i = 0; i < node.Args.Length; i++)
                    Give(node.Args[i], Unbroadcast(d, node.Dims, node.Args[i].Dims), node.Numbers[i + 1]);
                break;
            case Operation.Multiply:
                for (var i = 0; i < 2; i++)
                    if (depends[node.Args[i].Id])
                        Give(node.Args[i], Unbroadcast(graph.Multiply(d, node.Args[1 - i]), node.Dims, node.Args[i].Dims));
                break;
            case Operation.Divide:
                Divide(node, d);
                break;
            case Operation.SoftClamp:
                Give(node.Args[0].Args[0], graph.Divide(d, graph.Linear(1, [(1, node.Args[2])])));
                break;
            case Operation.Network:
                var backward = graph.Backward(node, d, depends[node.Args[0].Id]);
                networks.Add(backward);
                Give(node.Args[0], backward);
                break;
            case Operation.Sum or Operation.LogSumExp or Operation.MatMul or Operation.Transpose or Operation.Reshape or Operation.Slice
                or Operation.Concat or Operation.Repeat or Operation.Expand or Operation.Copy or Operation.Softmax:
                Shaped(node, d);
                break;
            case not (Operation.Input or Operation.Values or Operation.Stop or Operation.Sign or Operation.OneHot):
                var (slope, factor) = Slope(node, node.Args[0]);
                Give(node.Args[0], slope.IsQuotient ? graph.Divide(d, slope.Of) : graph.Multiply(d, slope.Of), factor);
                break;
        }
    }

    private void Divide(Node node, Node d)
    {
        var over = graph.Divide(d, node.Args[1]);
        Give(node.Args[0], Unbroadcast(over, node.Dims, node.Args[0].Dims));
        if (depends[node.Args[1].Id])
            Give(node.Args[1], Unbroadcast(graph.Multiply(over, node), node.Dims, node.Args[1].Dims), -1);
    }

    // What an adjoint is multiplied by, or divided by, and a number.
    private ((Node Of, bool IsQuotient) Slope, double Factor) Slope(Node y, Node x) => y.Operation switch
    {
        Operation.Reciprocal => ((graph.Unary(Operation.Square, y), false), -1),
        Operation.Exp => ((y, false), 1),
        Operation.Log => ((x, true), 1),
        Operation.Log1p => ((graph.Linear(1, [(1, x)]), true), 1),
        Operation.Sqrt => ((y, true), 0.5),
        Operation.Square => ((x, false), 2),
        Operation.Abs => ((graph.Unary(Operation.Sign, x), false), 1),
        Operation.Tanh => ((graph.Linear(1, [(-1, graph.Unary(Operation.Square, y))]), false), 1),
        Operation.Sigmoid => ((graph.Multiply(y, graph.Unary(Operation.Sigmoid, graph.Scale(-1, x))), false), 1),
        Operation.LogSigmoid => ((graph.Unary(Operation.Sigmoid, graph.Scale(-1, x)), false), 1),
        _ => throw new NotSupportedException($"{y.Operation}: no derivative"),
    };
}
