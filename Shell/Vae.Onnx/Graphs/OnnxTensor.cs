namespace Vae.Torch;

/// <summary>
/// A carrier of formulas that writes them down: each operation becomes a node of a graph. So a likelihood, a flow or a prior has one
/// formula, which trains on TorchSharp and is exported as it is.
/// </summary>
/// <param name="Graph">The graph.</param>
/// <param name="Name">The value's name in the graph.</param>
/// <param name="Dims">The dimensions for <see cref="OnnxGraph.Batch"/> examples.</param>
internal readonly record struct OnnxTensor(OnnxGraph Graph, string Name, int[] Dims) : ITensor<OnnxTensor>
{
    public static OnnxTensor operator +(OnnxTensor a, OnnxTensor b) => a.With("Add", b);

    public static OnnxTensor operator -(OnnxTensor a, OnnxTensor b) => a.With("Sub", b);

    public static OnnxTensor operator *(OnnxTensor a, OnnxTensor b) => a.With("Mul", b);

    public static OnnxTensor operator /(OnnxTensor a, OnnxTensor b) => a.With("Div", b);

    public static OnnxTensor operator -(OnnxTensor a) => a.Map("Neg");

    public static OnnxTensor operator +(OnnxTensor a, double b) => a + a.Number(b);

    public static OnnxTensor operator +(double a, OnnxTensor b) => b.Number(a) + b;

    public static OnnxTensor operator -(OnnxTensor a, double b) => a - a.Number(b);

    public static OnnxTensor operator -(double a, OnnxTensor b) => b.Number(a) - b;

    public static OnnxTensor operator *(OnnxTensor a, double b) => a * a.Number(b);

    public static OnnxTensor operator *(double a, OnnxTensor b) => b.Number(a) * b;

    public static OnnxTensor operator /(OnnxTensor a, double b) => a / a.Number(b);

    public static OnnxTensor operator /(double a, OnnxTensor b) => b.Number(a) / b;

    public static OnnxTensor Exp(OnnxTensor x) => x.Map("Exp");

    public static OnnxTensor Log(OnnxTensor x) => x.Map("Log");

    // ln(1 + x) · x / ((1 + x) − 1), which rounding errors of 1 + x leave exact: Kahan's formula.
    public static OnnxTensor Log1p(OnnxTensor x)
    {
        var u = 1 + x;
        var isSmall = x.Graph.Node("Equal", x.Dims, [u, x.Number(1)]);
        var divisor = x.Graph.Node("Where", x.Dims, [isSmall, x.Number(1), u - 1]);
        return x.Graph.Node("Where", x.Dims, [isSmall, x, Log(u) * x / divisor]);
    }

    public static OnnxTensor Sqrt(OnnxTensor x) => x.Map("Sqrt");

    public static OnnxTensor Square(OnnxTensor x) => x * x;

    public static OnnxTensor Abs(OnnxTensor x) => x.Map("Abs");

    public static OnnxTensor Sign(OnnxTensor x) => x.Map("Sign");

    public static OnnxTensor Tanh(OnnxTensor x) => x.Map("Tanh");

    public static OnnxTensor Sigmoid(OnnxTensor x) => x.Map("Sigmoid");

    public static OnnxTensor LogSigmoid(OnnxTensor x) =>
        x.Graph.Node("Min", x.Dims, [x, x.Number(0)]) - Log1p(Exp(-Abs(x)));

    public static OnnxTensor SoftClamp(OnnxTensor x, double min, double max)
    {
        var inside = x.Graph.Node("Clip", x.Dims, [x, x.Number(min), x.Number(max)]);
        var beyond = x - inside;
        return inside + Sign(beyond) * Log1p(Abs(beyond));
    }

    public static OnnxTensor Sum(OnnxTensor x, params int[] axes) => axes.Length == 0 ? x : x.Reduced("ReduceSum", keep: false, axes);

    public static OnnxTensor SumEvent(OnnxTensor x) => Sum(x, [.. Enumerable.Range(1, x.Dims.Length - 1)]);

    public static OnnxTensor LogSumExp(OnnxTensor x, int axis)
    {
        // Lower than any finite number's logarithm of a sum: a maximum of −∞ would make NaN.
        var max = x.Reduced("ReduceMax", keep: true, axis);
        var centre = x.Graph.Node("Max", max.Dims, [max, x.Number(float.MinValue)]);
        return Log(Sum(Exp(x - centre), axis)) + Reshape(centre, [.. x.Dims.Where((_, i) => i != axis)]);
    }

    public static OnnxTensor MatMul(OnnxTensor a, OnnxTensor b) => a.Graph.Node("MatMul", [a.Dims[0], b.Dims[1]], [a, b]);

    public static OnnxTensor Transpose(OnnxTensor x) =>
        x.Graph.Node("Transpose", [x.Dims[1], x.Dims[0]], [x], OnnxAttributes.Wholes("perm", 1, 0));

    public static OnnxTensor Reshape(OnnxTensor x, params int[] dims) => x.Dims.SequenceEqual(dims) ? x
        : dims.Count(IsOfBatch) <= 1 ? x.Graph.Node("Reshape", dims, [x, x.Graph.Shape(dims)])
        : throw new NotSupportedException("two dimensions that depend on the number of examples");

    public static OnnxTensor Slice(OnnxTensor x, int axis, int start, int length)
    {
        if (start == 0 && length == x.Dims[axis])
            return x;
        if (IsOfBatch(x.Dims[axis]))
            throw new NotSupportedException("a part of the examples");
        int[] dims = [.. x.Dims.Select((dim, i) => i == axis ? length : dim)];
        return x.Graph.Node("Slice", dims, [x, x.Graph.Whole(start), x.Graph.Whole(start + length), x.Graph.Whole(axis)]);
    }

    public static OnnxTensor Concat(OnnxTensor a, OnnxTensor b, int axis) => a.Dims[axis] == 0 ? b : b.Dims[axis] == 0 ? a
        : a.Graph.Node("Concat", [.. a.Dims.Select((dim, i) => i == axis ? dim + b.Dims[axis] : dim)], [a, b],
            OnnxAttributes.Whole("axis", axis));

    public static OnnxTensor Constant(OnnxTensor like, double[] values, params int[] dims)
    {
        if (dims.Length == 0 || !IsOfBatch(dims[0]))
            return like.Graph.Constant(values, dims);
        var row = values.AsSpan(0, values.Length / dims[0]);
        for (var i = row.Length; i < values.Length; i += row.Length)
            if (!values.AsSpan(i, row.Length).SequenceEqual(row))
                throw new NotSupportedException("constants that differ between examples");
        return Repeated(like, like.Graph.Constant(row.ToArray(), [1, .. dims[1..]]), dims);
    }

    public static OnnxTensor StopGradient(OnnxTensor x) => x;

    public static OnnxTensor OneHotArgMax(OnnxTensor x, int axis)
    {
        int[] places = [.. x.Dims.Select((dim, i) => i == axis ? dim : 1)], found = [.. x.Dims.Select((dim, i) => i == axis ? 1 : dim)];
        var all = Reshape(x.Graph.Whole([.. Enumerable.Range(0, x.Dims[axis]).Select(i => (long)i)]), places);
        var best = x.Graph.Node("ArgMax", found, [x], OnnxAttributes.Whole("axis", axis));
        return x.Graph.Node("Equal", x.Dims, [best, all]).Cast();
    }

    /// <summary>A result of an operator with the dimensions of this value.</summary>
    public OnnxTensor Map(string op, params Onnx.AttributeProto[] attributes) => Graph.Node(op, Dims, [this], attributes);

    /// <summary>A number.</summary>
    public OnnxTensor Number(double value) => Graph.Constant([value], []);

    /// <summary>The values as 32-bit numbers.</summary>
    public OnnxTensor Cast() => Map("Cast", OnnxAttributes.Whole("to", (long)Onnx.TensorProto.Types.DataType.Float));

    /// <summary>A row as many times as there are examples in another value.</summary>
    public static OnnxTensor Repeated(OnnxTensor like, OnnxTensor row, int[] dims)
    {
        if (dims[0] != OnnxGraph.Batch || like.Dims.Length == 0 || like.Dims[0] != OnnxGraph.Batch)
            throw new NotSupportedException("constants for several draws of each example");
        var shape = like.Graph.Node("Shape", [like.Dims.Length], [like]);
        var count = like.Graph.Node("Slice", [1], [shape, like.Graph.Whole(0), like.Graph.Whole(1)]);
        var all = like.Graph.Node(
            "Concat", [dims.Length], [count, like.Graph.Whole([.. dims[1..].Select(dim => (long)dim)])], OnnxAttributes.Whole("axis", 0));
        return like.Graph.Node("Expand", dims, [row, all]);
    }

    private static bool IsOfBatch(int dim) => dim > 0 && dim % OnnxGraph.Batch == 0;

    private OnnxTensor With(string op, OnnxTensor other)
    {
        var rank = Math.Max(Dims.Length, other.Dims.Length);
        var (mine, others) = (Dims, other.Dims);
        int At(int[] dims, int i) => i + dims.Length - rank is >= 0 and var place ? dims[place] : 1;
        int[] dims = [.. Enumerable.Range(0, rank).Select(i => At(mine, i) == 1 ? At(others, i) : At(mine, i))];
        return Graph.Node(op, dims, [this, other]);
    }

    private OnnxTensor Reduced(string op, bool keep, params int[] axes) => Graph.Node(
        op, [.. Dims.Select((dim, i) => axes.Contains(i) ? 1 : dim).Where((_, i) => keep || !axes.Contains(i))],
        // The axes of a maximum are an input from version 18 on, those of a sum from 13 on.
        [this, Graph.Whole([.. axes.Select(axis => (long)axis)])], OnnxAttributes.Whole("keepdims", keep ? 1 : 0));
}
