namespace Vae.Torch;

internal sealed partial class Graph
{
    // A number that is so much smaller than another would be lost in their sum.
    private const double Lost = 1e-6;

    /// <summary>k + Σ c·a, broadcast to dims and to each other, with like terms collected.</summary>
    public Node Linear(double k, IEnumerable<(double Factor, Node Of)> terms, int[]? dims = null)
    {
        var given = terms.ToList();
        dims = given.Aggregate(dims ?? [], (all, term) => Indexing.Broadcast(all, term.Of.Dims));
        if (given.Count > 0 && AllRepeated(given, dims) is { } times)
            return Repeat(Linear(k, given.Select(term => (term.Factor, term.Of.Args[0])), [dims[0] / times, .. dims[1..]]), times);
        var (flatNumber, flat) = Collected(k, given, deep: true);
        (k, var all) = Collected(k, given, deep: false);
        // What inner sums consist of is only worth adding again where that takes no more terms.
        if (flat.Count <= all.Count)
            (k, all) = (flatNumber, flat);
        Complement(ref k, all);
        if (all.Count == 0)
            return Full(k, dims);
        if (all is [(1, var only)] && k == 0 && Dimensions.Same(only.Dims, dims))
            return only;
        if (k == 0 && all.Count > 1 && CommonFactor(all) is { } factor)
        {
            // A size that all terms share is left outside, where it can go to the smaller operand.
            var size = all.TrueForAll(term => Math.Abs(term.Factor) == Math.Abs(all[0].Factor)) ? Math.Abs(all[0].Factor) : 1;
            var rest = Linear(0, all.Select(term => (term.Factor / size, Other(term.Of, factor))));
            return size == 1 ? Multiply(factor, rest, dims) : Linear(0, [(size, Multiply(factor, rest))], dims);
        }
        return Add(Operation.Linear, Elementwise([.. all.Select(term => term.Of)], dims), dims,
            NodeDetails.None with { Numbers = [k, .. all.Select(term => term.Factor)] });
    }

    /// <summary>A number times a value.</summary>
    public Node Scale(double factor, Node x) => Linear(0, [(factor, x)]);

    /// <summary>A product, broadcast.</summary>
    public Node Multiply(Node a, Node b, int[]? to = null)
    {
        var dims = Indexing.Broadcast(to ?? [], Indexing.Broadcast(a.Dims, b.Dims));
        if (a.IsConstant || b.IsConstant)
            return a.IsConstant ? Linear(0, [(a.Numbers[0], b)], dims) : Linear(0, [(b.Numbers[0], a)], dims);
        if (a.IsScaled || b.IsScaled)
            return a.IsScaled ? Linear(0, [(a.Numbers[1], Multiply(a.Args[0], b))], dims)
                : Linear(0, [(b.Numbers[1], Multiply(a, b.Args[0]))], dims);
        if (a == b)
            return Broadcast(Unary(Operation.Square, a), dims);
        if (Repeated(a, b, dims) is { } times)
            return Repeat(Multiply(a.Args[0], b.Args[0]), times);
        if (Exponent(a) is { } u && Exponent(b) is { } v)
            return Broadcast(Unary(Operation.Exp, Linear(0, [(1, u), (1, v)])), dims);
        if ((Cancelled(a, b) ?? Cancelled(b, a)) is { } rest)
            return Broadcast(rest, dims);
        if (!Dimensions.Same(Indexing.Broadcast(a.Dims, b.Dims), dims))
            return Broadcast(Multiply(a, b), dims);
        return Add(Operation.Multiply, Elementwise(a.Id < b.Id ? [a, b] : [b, a], dims), dims);
    }

    /// <summary>A quotient, broadcast.</summary>
    public Node Divide(Node a, Node b)
    {
        var dims = Indexing.Broadcast(a.Dims, b.Dims);
        return b.IsConstant ? Linear(0, [(1 / b.Numbers[0], a)], dims)
            : a.IsConstant ? Linear(0, [(a.Numbers[0], Unary(Operation.Reciprocal, b))], dims)
            : a.IsScaled ? Scale(a.Numbers[1], Divide(a.Args[0], b))
            : b.IsScaled ? Scale(1 / b.Numbers[1], Divide(a, b.Args[0]))
            : Repeated(a, b, dims) is { } times ? Repeat(Divide(a.Args[0], b.Args[0]), times)
            : Add(Operation.Divide, Elementwise([a, b], dims), dims);
    }

    /// <summary>A value in dimensions that it may have to be broadcast to, stored.</summary>
    public Node Filled(Node x, int[] dims) => Dimensions.Same(x.Dims, dims) ? Stored(x)
        : x.IsConstant ? Full(x.Numbers[0], dims) : Add(Operation.Copy, [Stored(x)], dims);

    private Node Broadcast(Node x, int[] dims) => Dimensions.Same(x.Dims, dims) ? x : Filled(x, dims);

    // k − k·σ(u) = k·σ(−u): shorter, and exact where σ is near 1.
    private void Complement(ref double k, List<(double Factor, Node Of)> terms)
    {
        for (var i = 0; i < terms.Count && k != 0; i++)
        {
            var (of, times) = terms[i].Of.Operation == Operation.Repeat ? (terms[i].Of.Args[0], terms[i].Of.Places[0]) : (terms[i].Of, 1);
            if (of.Operation != Operation.Sigmoid || terms[i].Factor != -k)
                continue;
            terms[i] = (k, Repeat(Unary(Operation.Sigmoid, Scale(-1, of.Args[0])), times));
            k = 0;
        }
    }

    private (double Number, List<(double Factor, Node Of)> Terms) Collected(double k, List<(double Factor, Node Of)> given, bool deep)
    {
        var found = new List<(double Factor, Node Of)>();
        void Take(double factor, Node of, IEnumerable<Node> beside)
        {
            var sum = Row(of);
            // A sum and a function of it, as b + |b|, may have to cancel exactly.
            if (sum.Operation == Operation.Linear && (deep || sum.Args.Length < 2) && Absorbs(k, factor * sum.Numbers[0])
                && !beside.Any(other => Row(other).Args.Contains(sum)))
            {
                Node[] args = sum == of ? sum.Args : [.. sum.Args.Select(arg => RepeatedLike(of, arg))];
                k += factor * sum.Numbers[0];
                for (var i = 0; i < args.Length; i++)
                    Take(factor * sum.Numbers[i + 1], args[i], args);
                return;
            }
            var at = found.FindIndex(term => term.Of == of);
            if (at < 0)
                found.Add((factor, of));
            else
                found[at] = (found[at].Factor + factor, of);
        }
        foreach (var (factor, of) in given.Where(term => term.Factor != 0))
            Take(factor, of, given.Select(term => term.Of));
        found.RemoveAll(term => term.Factor == 0);
        return (k, found);
    }

    // What is repeated.
    private static Node Row(Node x) => x.Operation == Operation.Repeat ? x.Args[0] : x;

    // An operand of repeated rows, repeated as they are unless it is broadcast to them.
    private Node RepeatedLike(Node repeated, Node arg) =>
        arg.Dims.Length == repeated.Dims.Length && arg.Dims[0] == repeated.Args[0].Dims[0] ? Repeat(arg, repeated.Places[0]) : arg;

    private static bool Absorbs(double k, double more) =>
        k == 0 || more == 0 || Math.Abs(more / k) is > Lost and < 1 / Lost;

    // The factor that all terms are products with; null if there is none.
    private static Node? CommonFactor(List<(double Factor, Node Of)> terms) =>
        !terms.TrueForAll(term => term.Of.Operation == Operation.Multiply) ? null
            : terms[0].Of.Args.FirstOrDefault(factor => terms.TrueForAll(term => term.Of.Args.Contains(factor)));

    private static Node Other(Node product, Node factor) => product.Args[0] == factor ? product.Args[1] : product.Args[0];

    // (ε·eᵘ)²·e⁻²ᵘ = ε², as in ln q(z|x) of a draw z = μ + σ·ε; null for other products.
    private Node? Cancelled(Node square, Node x)
    {
        if (square.Operation != Operation.Square || square.Args[0].Operation != Operation.Multiply || Exponent(x) is not { } v)
            return null;
        var product = square.Args[0];
        var factor = product.Args.FirstOrDefault(arg => Exponent(arg) is { } u && Linear(0, [(2, u), (1, v)]) is { IsConstant: true } sum
            && sum.Numbers[0] == 0);
        return factor is null ? null : Unary(Operation.Square, Other(product, factor));
    }

    // u if x is eᵘ.
    private Node? Exponent(Node x) => x.Operation == Operation.Exp ? x.Args[0]
        : x.Operation == Operation.Repeat && x.Args[0].Operation == Operation.Exp ? Repeat(x.Args[0].Args[0], x.Places[0]) : null;
}
