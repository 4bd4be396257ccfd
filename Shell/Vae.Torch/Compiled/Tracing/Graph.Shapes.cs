namespace Vae.Torch;

internal sealed partial class Graph
{
    /// <summary>The sum over axes, which are removed.</summary>
    public Node Sum(Node x, params int[] axes)
    {
        if (axes.Length == 0)
            return x;
        var dims = Dimensions.Without(x.Dims, axes);
        var count = Dimensions.Size(axes.Select(axis => x.Dims[axis]));
        if (x.IsConstant)
            return Full(x.Numbers[0] * count, dims);
        if (count == 1)
            return Reshape(x, dims);
        // Numbers and a single factor come out of a sum.
        if (x.IsScaled)
            return Scale(x.Numbers[1], Sum(x.Args[0], axes));
        if (x.Operation == Operation.Linear && x.Numbers[0] != 0 && double.IsFinite(x.Numbers[0] * count))
            return Linear(x.Numbers[0] * count, [(1, Sum(Linear(0, x.Args.Select((arg, i) => (x.Numbers[i + 1], arg)), x.Dims), axes))]);
        if (x.Operation == Operation.Repeat)
            return axes.Contains(0)
                ? Scale(x.Places[0], Sum(x.Args[0], axes)) : Repeat(Sum(x.Args[0], axes), x.Places[0]);
        return Add(Operation.Sum, [x], dims, Axes(axes));
    }

    /// <summary>ln Σ eˣ over an axis, which is removed.</summary>
    public Node LogSumExp(Node x, int axis) => x.Dims[axis] == 1 ? Reshape(x, Dimensions.Without(x.Dims, axis))
        : x.Operation == Operation.Repeat && axis > 0 ? Repeat(LogSumExp(x.Args[0], axis), x.Places[0])
        : Add(Operation.LogSumExp, [Stored(x)], Dimensions.Without(x.Dims, axis), Axes(axis));

    public Node Softmax(Node x, int axis) => x.Operation == Operation.Repeat && axis > 0
        ? Repeat(Softmax(x.Args[0], axis), x.Places[0]) : Add(Operation.Softmax, [Stored(x)], x.Dims, Axes(axis));

    public Node MatMul(Node a, Node b) => a.Dims[1] != b.Dims[0]
        ? throw new ArgumentException($"shapes: must multiply, got [{string.Join(", ", a.Dims)}] and [{string.Join(", ", b.Dims)}]")
        : a.Operation == Operation.Repeat ? Repeat(MatMul(a.Args[0], b), a.Places[0])
        : Add(Operation.MatMul, [Stored(a), Stored(b)], [a.Dims[0], b.Dims[1]]);

    public Node Transpose(Node x) => x.Operation == Operation.Transpose ? x.Args[0]
        : Add(Operation.Transpose, [Stored(x)], [x.Dims[1], x.Dims[0]]);

    /// <summary>The same values in other dimensions, one of which may be −1.</summary>
    public Node Reshape(Node x, params int[] dims)
    {
        if (dims.Contains(-1))
            dims = [.. dims.Select(dim => dim == -1 ? (int)(x.Size / -Dimensions.Size(dims)) : dim)];
        if (Dimensions.Size(dims) != x.Size)
            throw new ArgumentException($"shapes: must hold {x.Size} values, got [{string.Join(", ", dims)}]");
        if (Dimensions.Same(x.Dims, dims))
            return x;
        return x switch
        {
            { IsConstant: true } => Full(x.Numbers[0], dims),
            { IsScaled: true } => Scale(x.Numbers[1], Reshape(x.Args[0], dims)),
            { Operation: Operation.Reshape } => Reshape(x.Args[0], dims),
            { Operation: Operation.Values } => Values(x.Numbers, dims),
            { Operation: Operation.Repeat } => OfRepeated(x, dims),
            _ => Add(Operation.Reshape, [Stored(x)], dims),
        };
    }

    /// <summary>A part of an axis.</summary>
    public Node Slice(Node x, int axis, int start, int length)
    {
        if (start < 0 || length < 0 || start + length > x.Dims[axis])
            throw new ArgumentException($"slice: must lie in axis {axis} of [{string.Join(", ", x.Dims)}], got {start} + {length}");
        return length == x.Dims[axis] ? x : x switch
        {
            { IsConstant: true } => Full(x.Numbers[0], Dimensions.With(x.Dims, axis, length)),
            { Operation: Operation.Repeat } when axis > 0 => Repeat(Slice(x.Args[0], axis, start, length), x.Places[0]),
            { Operation: Operation.Repeat } when length == x.Args[0].Dims[0] && start % length == 0 => x.Args[0],
            _ => Add(Operation.Slice, [Stored(x)], Dimensions.With(x.Dims, axis, length), Axes(axis, start)),
        };
    }

    /// <summary>Two values side by side along an axis.</summary>
    public Node Concat(Node a, Node b, int axis) => a.Dims[axis] == 0 ? b : b.Dims[axis] == 0 ? a : axis > 0 && Repeated(a, b, a.Dims) is { } times
        ? Repeat(Concat(a.Args[0], b.Args[0], axis), times)
        : Add(Operation.Concat, [Stored(a), Stored(b)], Dimensions.With(a.Dims, axis, a.Dims[axis] + b.Dims[axis]), Axes(axis));

    /// <summary>x at its place in a value of dims that is 0 elsewhere; x may be broadcast to its place.</summary>
    public Node Pad(Node x, int axis, int start, int length, int[] dims) =>
        length == dims[axis] ? Filled(x, dims) : Add(Operation.Pad, [Stored(x)], dims, Axes(axis, start, length));

    /// <summary>Rows repeated as a whole. [B, …] → [times · B, …].</summary>
    public Node Repeat(Node x, int times) => times == 1 ? x : x.IsConstant ? Full(x.Numbers[0], [x.Dims[0] * times, .. x.Dims[1..]])
        : x.Operation == Operation.Repeat ? Repeat(x.Args[0], times * x.Places[0])
        : Add(Operation.Repeat, [x], [x.Dims[0] * times, .. x.Dims[1..]], Axes(times));

    /// <summary>A value broadcast to dims, not stored.</summary>
    public Node Expand(Node x, int[] dims) => Dimensions.Same(x.Dims, dims) ? x
        : x.IsConstant ? Full(x.Numbers[0], dims) : Add(Operation.Expand, [Stored(x)], dims);

    private Node OfRepeated(Node x, int[] dims)
    {
        var (inner, times) = (x.Args[0], x.Places[0]);
        return dims.Length == x.Dims.Length + 1 && dims[0] == times && Dimensions.Same(dims[1..], inner.Dims) ? Expand(inner, dims)
            : dims.Length > 0 && dims[0] == x.Dims[0] ? Repeat(Reshape(inner, [inner.Dims[0], .. dims[1..]]), times)
            : Add(Operation.Reshape, [Stored(x)], dims);
    }

    // Only elementwise operations read repeated rows where they are.
    private Node Stored(Node x) => x.Operation == Operation.Repeat ? Add(Operation.Copy, [x], x.Dims) : x;

    // Repeated rows are read as [K, B, …] if they are all of the rows, and all in the same number.
    private Node[] Elementwise(Node[] args, int[] dims)
    {
        var repeated = args.Where(arg => arg.Operation == Operation.Repeat).ToList();
        return repeated.TrueForAll(arg => arg.Places[0] == repeated[0].Places[0] && arg.Dims.Length == dims.Length && arg.Dims[0] == dims[0])
            ? args : [.. args.Select(Stored)];
    }

    private static int? Repeated(Node a, Node b, int[] dims) => AllRepeated([(1, a), (1, b)], dims);

    // How often all terms are repeated, if they have all of the rows.
    private static int? AllRepeated(List<(double Factor, Node Of)> terms, int[] dims) => terms.TrueForAll(term =>
        term.Of.Operation == Operation.Repeat && term.Of.Places[0] == terms[0].Of.Places[0]
        && term.Of.Dims.Length == dims.Length && term.Of.Dims[0] == dims[0]) ? terms[0].Of.Places[0] : null;
}
