using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>
/// Writes a graph as statements of a program: each operation into a buffer, or over an operand that is not read again. Networks are
/// written by their stages.
/// </summary>
internal sealed class GraphWriter
{
    private readonly ProgramWriter to;
    private readonly NetworkStages networks;
    private readonly Liveness liveness;
    private readonly GraphValues values;
    private readonly SumWriter sums;
    private readonly Dictionary<Node, Stage> stages = [];
    private readonly HashSet<Node> differentiated;
    private string section = "";

    /// <summary>A writer of the values that every step needs, and of those that only measured steps need.</summary>
    public GraphWriter(ProgramWriter to, Graph graph, IReadOnlyCollection<Node> outputs, IReadOnlyCollection<Node> measured)
    {
        (this.to, networks, liveness) = (to, new(to), new(graph, outputs, measured));
        values = new(to, liveness);
        sums = new(to, liveness, values);
        differentiated = [.. liveness.Order.Where(node => node.Operation == Operation.Backward && node.Places[0] == 1)
            .Select(node => node.Args[1])];
    }

    /// <summary>The name of a value that has been written.</summary>
    public string this[Node node] => values.Name(node);

    /// <summary>
    /// Writes all statements; the given function names the inputs of the graph, and says whether each call gets them in the same memory.
    /// </summary>
    public void Write(Func<Node, (string Name, bool IsStatic)> input)
    {
        foreach (var node in liveness.Order.Where(node => node.Operation == Operation.Input))
        {
            var (name, isStatic) = input(node);
            values.Set(node, new(name, isStatic, new(name, node.Size), true));
        }
        foreach (var node in liveness.Order)
            if (!IsNamed(node))
                Write(node);
    }

    // Values that need no statement of their own.
    private bool IsNamed(Node node) => node.Operation is Operation.Input or Operation.Values || node.IsConstant
        || Liveness.IsView(node) || liveness.IsFused(node);

    private void Write(Node node)
    {
        if (node.Section != section && node.Operation is not (Operation.Network or Operation.Backward))
            to.Comment(section = node.Section);
        to.OnlyMeasured = !liveness.IsAlwaysNeeded(node);
        Statement(node);
        to.OnlyMeasured = false;
        foreach (var read in liveness.Reads(node).Where(read => !read.IsConstant))
            if (liveness.Read(read))
                values.Release(Liveness.Stored(read), node);
    }

    private void Statement(Node node)
    {
        switch (node.Operation)
        {
            case Operation.Linear:
                sums.Write(node);
                break;
            case Operation.Multiply or Operation.Divide:
                sums.Binary(node);
                break;
            case Operation.Network:
                Forward(node);
                break;
            case Operation.Backward:
                Backward(node);
                break;
            case Operation.SumLogMax:
                LogMax(node);
                break;
            case Operation.SoftClamp:
                to.Line($"torch.log1p({values.Name(node.Args[2])}, out={values.Fresh(node)})"
                    + $".copysign_({values.Name(node.Args[1])}).add_({values.Name(node.Args[0])})");
                break;
            case Operation.Pad:
                var padded = values.Fresh(node);
                to.Line($"{padded}.zero_()");
                to.Line($"{values.Part(values[node], node.Places[0], node.Places[1], node.Places[2])}.copy_({values.Name(node.Args[0])})");
                break;
            case Operation.Copy when node.Args[0].Operation == Operation.Repeat:
                values.Fresh(node);
                to.Line($"{values.Split(node, node.Args[0].Places[0])}.copy_({values.Name(node.Args[0].Args[0])})");
                break;
            case Operation.Reshape:
                values.Fresh(node);
                to.Line($"{values.Reshaped(values[node], node.Args[0].Dims)}.copy_({values.Name(node.Args[0])})");
                break;
            case Operation.Copy:
                to.Line($"{values.Fresh(node)}.copy_({values.Name(node.Args[0])})");
                break;
            default:
                to.Line(Call(node));
                break;
        }
    }

    private string Call(Node node)
    {
        var x = values.Name(node.Args[0]);
        var axes = Text(node.Places.Select(axis => (long)axis));
        return node.Operation switch
        {
            Operation.Square => $"torch.mul({x}, {x}, out={values.Target(node, node.Args)})",
            // Of one operand in place, libtorch's log_sigmoid would read what it has written.
            Operation.LogSigmoid => $"torch.log_sigmoid({x}, out={values.Fresh(node)})",
            Operation.Above => $"torch.clamp_min({x}, 0, out={values.Target(node, node.Args)})",
            Operation.Below => $"torch.clamp_max({x}, 0, out={values.Target(node, node.Args)})",
            Operation.Clamp => $"torch.clamp({x}, {ProgramWriter.Text(node.Numbers[0])}, {ProgramWriter.Text(node.Numbers[1])}, "
                + $"out={values.Target(node, node.Args)})",
            Operation.Sum => $"torch.sum({x}, {axes}, out={values.Fresh(node)})",
            Operation.LogSumExp => $"torch.logsumexp({x}, {axes}, out={values.Fresh(node)})",
            Operation.Softmax => $"torch.softmax({x}, {node.Places[0]}, out={values.Fresh(node)})",
            Operation.MatMul => $"torch.mm({x}, {values.Name(node.Args[1])}, out={values.Fresh(node)})",
            Operation.Concat => $"torch.cat([{x}, {values.Name(node.Args[1])}], {node.Places[0]}, out={values.Fresh(node)})",
            Operation.OneHot => $"{values.Fresh(node)}.zero_().scatter_({node.Places[0]}, {x}.argmax({node.Places[0]}, True), 1.0)",
            _ => $"torch.{Function(node.Operation)}({x}, out={values.Target(node, node.Args)})",
        };
    }

    // Sixteen factors of at least ½ do not underflow.
    private void LogMax(Node node)
    {
        var (x, left) = (node.Args[0], (int)(node.Args[0].Size / node.Dims[0]));
        var terms = values.Scratch(x.Size);
        var shaped = values.Reshaped(terms, x.Dims);
        to.Line($"torch.sub({values.Number(1)}, {values.Name(x)}, out={shaped})");
        to.Line($"torch.maximum({values.Name(x)}, {shaped}, out={shaped})");
        var factors = terms with { Name = values.Reshaped(terms, [node.Dims[0], left]) };
        for (var halving = 1; halving <= 4 && left % 2 == 0; halving++)
        {
            left /= 2;
            var (low, high) = (values.Part(factors, 1, 0, left), values.Part(factors, 1, left, left));
            to.Line($"torch.mul({low}, {high}, out={low})");
            factors = factors with { Name = low };
        }
        to.Line($"torch.sum(torch.log({factors.Name}), [1], out={values.Fresh(node)})");
        values.Release(terms);
    }

    private static string Function(Operation operation) => operation switch
    {
        Operation.Reciprocal => "reciprocal",
        Operation.Exp => "exp",
        Operation.Log => "log",
        Operation.Log1p => "log1p",
        Operation.Sqrt => "sqrt",
        Operation.Abs => "abs",
        Operation.Sign => "sign",
        Operation.Tanh => "tanh",
        Operation.Sigmoid => "sigmoid",
        _ => throw new NotSupportedException($"{operation}: has no statement"),
    };

    private void Forward(Node node)
    {
        var (use, x) = (node.Network!, values[node.Args[0]]);
        // Stages keep their input, and may return it.
        x.Memory.IsPooled = false;
        x.Memory.IsWritable = false;
        var input = new ProgramTensor(x.Name, node.Args[0].Dims[0], use.Input, x.IsStatic, IsOwned: false, differentiated.Contains(node));
        var condition = node.Args.Length == 1 ? null
            : new ConditionInput(values.Name(node.Args[1]), node.Args[1].Dims[0], to.ConditionShape);
        stages[node] = networks.Use(use, input, condition);
        values.Set(node, Output(stages[node].Output, node.Size));
        section = "";
    }

    private void Backward(Node node)
    {
        var (dy, network) = (values[node.Args[0]], node.Args[1]);
        var owned = dy.Memory.IsWritable && dy.IsWhole && liveness.Remaining(Liveness.Stored(node.Args[0])) == 1;
        dy.Memory.IsPooled = false;
        var gradient = new ProgramTensor(
            dy.Name, network.Dims[0], network.Network!.Output, dy.IsStatic, owned, NeedsGradient: true);
        var dx = stages[network].Adjoint(gradient);
        if (node.Places[0] == 1)
            values.Set(node, Output(dx ?? throw new InvalidOperationException($"{node}: has a gradient"), node.Size));
        section = "";
    }

    // A convolution's channels may lie innermost.
    private Placed Output(ProgramTensor output, long size)
    {
        if (!output.IsStatic)
            to.Line($"{output.Name} = {output.Name}.contiguous()");
        return new(output.Name, output.IsStatic, new(output.Name, size) { IsWritable = output.IsOwned }, true);
    }
}
