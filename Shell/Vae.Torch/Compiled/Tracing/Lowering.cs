namespace Vae.Torch;

/// <summary>
/// Rewrites a graph once all derivatives are in it, for speed only: values stay what they are up to rounding. The new graph has the
/// nodes in the order of their first use, so that operations find operands that are read for the last time.
/// </summary>
internal sealed class Lowering
{
    // Values of an example from which on products of factors save logarithms; how much smaller an operand must be to take a number.
    private const int ManyValues = 64, MuchSmaller = 4;

    private readonly Graph graph = new();
    private readonly Dictionary<Node, Node> map = [];

    private Lowering(Graph old, IEnumerable<Node> roots)
    {
        var needed = Graph.Needed(roots);
        foreach (var node in old.Nodes.Where(needed.Contains))
        {
            graph.Section = node.Section;
            map[node] = Logarithms(node) ?? Moved(node) ?? graph.Again(node, [.. node.Args.Select(arg => map[arg])]);
        }
    }

    /// <summary>The graph of some roots, and the new node of each old one.</summary>
    public static (Graph Graph, IReadOnlyDictionary<Node, Node> Map) Of(Graph old, IEnumerable<Node> roots)
    {
        var lowered = new Lowering(old, roots);
        return (lowered.graph, lowered.map);
    }

    /// <summary>
    /// Σ (… + c·ln σ(l)) of each row: ln σ(l) = min(l, 0) + ln max(σ, 1 − σ), where the logarithm is the costly part. Its arguments lie in
    /// [½, 1], so that several are multiplied first.
    /// </summary>
    private Node? Logarithms(Node sum)
    {
        if (sum.Operation != Operation.Sum || map[sum.Args[0]] is not { Operation: Operation.Linear } x || x.Dims.Length < 2
            || sum.Places.Length != x.Dims.Length - 1 || sum.Places.Contains(0) || x.Size < ManyValues * x.Dims[0])
            return null;
        var terms = x.Args.Select((arg, i) => (Factor: x.Numbers[i + 1], Of: arg)).ToList();
        var at = terms.FindIndex(term => term.Of.Operation == Operation.LogSigmoid && Dimensions.Same(term.Of.Dims, x.Dims));
        if (at < 0)
            return null;
        var (factor, logits) = (terms[at].Factor, terms[at].Of.Args[0]);
        terms.RemoveAt(at);
        // (1 + p)·l − min(l, 0) = p·l + max(l, 0).
        var pair = terms.FindIndex(term => term.Factor == -factor && term.Of.Operation == Operation.Multiply
            && term.Of.Args.Contains(logits) && WithoutOne(Other(term.Of, logits)) is not null);
        if (pair < 0)
            terms.Add((factor, graph.Unary(Operation.Below, logits)));
        else
        {
            var rest = WithoutOne(Other(terms[pair].Of, logits))!;
            terms[pair] = (-factor, graph.Unary(Operation.Above, logits));
            terms.Add((-factor, graph.Multiply(rest, logits)));
        }
        var plain = graph.Sum(graph.Linear(x.Numbers[0], terms, x.Dims), sum.Places);
        return graph.Linear(0, [(1, plain), (factor, graph.SumLogMax(graph.Unary(Operation.Sigmoid, logits)))]);
    }

    /// <summary>A number times a product goes to the smaller operand.</summary>
    private Node? Moved(Node node)
    {
        if (!node.IsScaled || map[node.Args[0]] is not { Operation: Operation.Multiply } product)
            return null;
        var (a, b) = (product.Args[0], product.Args[1]);
        return a.Size >= MuchSmaller * b.Size ? graph.Product(a, graph.Scale(node.Numbers[1], b))
            : b.Size >= MuchSmaller * a.Size ? graph.Product(b, graph.Scale(node.Numbers[1], a))
            : null;
    }

    private static Node Other(Node product, Node factor) => product.Args[0] == factor ? product.Args[1] : product.Args[0];

    // p if x is 1 + p.
    private Node? WithoutOne(Node x) => x.Operation == Operation.Repeat
        ? WithoutOne(x.Args[0]) is { } rest ? graph.Repeat(rest, x.Places[0]) : null
        : x.Operation == Operation.Linear && x.Numbers[0] == 1
            ? graph.Linear(0, x.Args.Select((arg, i) => (x.Numbers[i + 1], arg)), x.Dims) : null;
}
