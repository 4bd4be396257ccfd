namespace Vae.Torch;

/// <summary>The tensor type that records: formulas over it become a graph.</summary>
/// <param name="Node">The value in the graph.</param>
internal readonly record struct Traced(Node Node) : ITensor<Traced>
{
    public int[] Dims => (int[])Node.Dims.Clone();

    private Graph Graph => Node.Graph;

    public static Traced operator +(Traced a, Traced b) => new(a.Graph.Linear(0, [(1, a.Node), (1, b.Node)]));
    public static Traced operator -(Traced a, Traced b) => new(a.Graph.Linear(0, [(1, a.Node), (-1, b.Node)]));
    public static Traced operator *(Traced a, Traced b) => new(a.Graph.Multiply(a.Node, b.Node));
    public static Traced operator /(Traced a, Traced b) => new(a.Graph.Divide(a.Node, b.Node));
    public static Traced operator -(Traced a) => Linear(0, -1, a);
    public static Traced operator +(Traced a, double b) => Linear(b, 1, a);
    public static Traced operator +(double a, Traced b) => Linear(a, 1, b);
    public static Traced operator -(Traced a, double b) => Linear(-b, 1, a);
    public static Traced operator -(double a, Traced b) => Linear(a, -1, b);
    public static Traced operator *(Traced a, double b) => Linear(0, b, a);
    public static Traced operator *(double a, Traced b) => Linear(0, a, b);
    public static Traced operator /(Traced a, double b) => Linear(0, 1 / b, a);
    public static Traced operator /(double a, Traced b) => new(b.Graph.Divide(b.Graph.Full(a), b.Node));

    public static Traced Exp(Traced x) => Unary(Operation.Exp, x);
    public static Traced Log(Traced x) => Unary(Operation.Log, x);
    public static Traced Log1p(Traced x) => Unary(Operation.Log1p, x);
    public static Traced Sqrt(Traced x) => Unary(Operation.Sqrt, x);
    public static Traced Square(Traced x) => Unary(Operation.Square, x);
    public static Traced Abs(Traced x) => Unary(Operation.Abs, x);
    public static Traced Sign(Traced x) => Unary(Operation.Sign, x);
    public static Traced Tanh(Traced x) => Unary(Operation.Tanh, x);
    public static Traced Sigmoid(Traced x) => Unary(Operation.Sigmoid, x);
    public static Traced LogSigmoid(Traced x) => Unary(Operation.LogSigmoid, x);
    public static Traced SoftClamp(Traced x, double min, double max) => new(x.Graph.SoftClamp(x.Node, min, max));

    public static Traced Sum(Traced x, params int[] axes) => new(x.Graph.Sum(x.Node, axes));
    public static Traced SumEvent(Traced x) => new(x.Graph.Sum(x.Node, [.. Enumerable.Range(1, x.Node.Dims.Length - 1)]));
    public static Traced LogSumExp(Traced x, int axis) => new(x.Graph.LogSumExp(x.Node, axis));
    public static Traced MatMul(Traced a, Traced b) => new(a.Graph.MatMul(a.Node, b.Node));
    public static Traced Transpose(Traced x) => new(x.Graph.Transpose(x.Node));
    public static Traced Reshape(Traced x, params int[] dims) => new(x.Graph.Reshape(x.Node, dims));
    public static Traced Slice(Traced x, int axis, int start, int length) => new(x.Graph.Slice(x.Node, axis, start, length));
    public static Traced Concat(Traced a, Traced b, int axis) => new(a.Graph.Concat(a.Node, b.Node, axis));
    public static Traced Constant(Traced like, double[] values, params int[] dims) => new(like.Graph.Values(values, dims));
    public static Traced StopGradient(Traced x) => new(x.Graph.Stop(x.Node));
    public static Traced OneHotArgMax(Traced x, int axis) => new(x.Graph.OneHot(x.Node, axis));

    private static Traced Linear(double number, double factor, Traced x) => new(x.Graph.Linear(number, [(factor, x.Node)], x.Node.Dims));

    private static Traced Unary(Operation operation, Traced x) => new(x.Graph.Unary(operation, x.Node));
}
