namespace Vae.Torch;

// Operations that change dimensions.
internal sealed partial class Adjoints
{
    private void Shaped(Node node, Node d)
    {
        Node x = node.Args[0];
        switch (node.Operation)
        {
            case Operation.Sum:
                Give(x, Inserted(d, node.Dims, x.Dims, node.Places));
                break;
            case Operation.LogSumExp:
                Give(x, graph.Multiply(Inserted(d, node.Dims, x.Dims, node.Places), graph.Softmax(x, node.Places[0])));
                break;
            case Operation.MatMul:
                Product(node, graph.Filled(d, node.Dims));
                break;
            case Operation.Transpose:
                Give(x, graph.Transpose(graph.Expand(d, node.Dims)));
                break;
            case Operation.Reshape:
                Give(x, Reshaped(d, node.Dims, x.Dims));
                break;
            case Operation.Slice:
                Give(x, graph.Pad(d, node.Places[0], node.Places[1], node.Dims[node.Places[0]], x.Dims));
                break;
            case Operation.Concat:
                SplitParts(node, d);
                break;
            case Operation.Repeat:
                int[] split = [node.Places[0], .. x.Dims];
                Give(x, Unbroadcast(Reshaped(d, node.Dims, split), split, x.Dims));
                break;
            case Operation.Expand or Operation.Copy:
                Give(x, Unbroadcast(d, node.Dims, x.Dims));
                break;
            default:
                throw new NotSupportedException($"{node.Operation}: no derivative");
        }
    }

    private void Product(Node node, Node d)
    {
        if (depends[node.Args[0].Id])
            Give(node.Args[0], graph.MatMul(d, graph.Transpose(node.Args[1])));
        if (depends[node.Args[1].Id])
            Give(node.Args[1], graph.MatMul(graph.Transpose(node.Args[0]), d));
    }

    private void SplitParts(Node node, Node d)
    {
        var (axis, at, all) = (node.Places[0], 0, Ranked(d, node.Dims.Length));
        foreach (var arg in node.Args)
        {
            if (depends[arg.Id])
                Give(arg, all.Dims.Length == 0 || all.Dims[axis] == 1 ? all : graph.Slice(all, axis, at, arg.Dims[axis]));
            at += arg.Dims[axis];
        }
    }

    private Node Ranked(Node d, int rank) =>
        d.Dims.Length == 0 || d.Dims.Length == rank ? d : graph.Reshape(d, Dimensions.Ranked(d.Dims, rank));

    /// <summary>The adjoint of an operand, given that of the value in dims that it was broadcast to.</summary>
    private Node Unbroadcast(Node d, int[] dims, int[] to)
    {
        if (Dimensions.Same(dims, to))
            return d;
        var (lead, all, times) = (dims.Length - to.Length, Ranked(d, dims.Length), 1.0);
        var summed = new List<int>();
        for (var axis = 0; axis < dims.Length; axis++)
            if ((axis < lead || to[axis - lead] == 1) && dims[axis] > 1)
            {
                if (all.Dims.Length == 0 || all.Dims[axis] == 1)
                    times *= dims[axis];
                else
                    summed.Add(axis);
            }
        if (all.Dims.Length == 0)
            return graph.Scale(times, all);
        var sum = graph.Sum(all, [.. summed]);
        int[] kept = [.. Enumerable.Range(lead, to.Length).Select(axis => summed.Contains(axis) ? 1 : all.Dims[axis])];
        return graph.Scale(times, graph.Reshape(sum, kept));
    }

    // The axes that a reduction has removed come back with the length 1.
    private Node Inserted(Node d, int[] dims, int[] to, int[] axes)
    {
        if (d.Dims.Length == 0)
            return d;
        var (all, at) = (Ranked(d, dims.Length), 0);
        return graph.Reshape(all, [.. to.Select((_, axis) => axes.Contains(axis) ? 1 : all.Dims[at++])]);
    }

    // An adjoint that is the same for all values of a row keeps one number for each row.
    private Node Reshaped(Node d, int[] from, int[] to)
    {
        if (d.Dims.Length == 0)
            return d;
        if (Dimensions.Same(d.Dims, from))
            return graph.Reshape(d, to);
        var all = Ranked(d, from.Length);
        if (all.Dims[0] == from[0] && all.Dims.Skip(1).All(dim => dim == 1))
            for (int axis = 0, rows = 1; axis < to.Length; axis++)
                if ((rows *= to[axis]) == from[0])
                    return graph.Reshape(all, [.. to[..(axis + 1)], .. Enumerable.Repeat(1, to.Length - axis - 1)]);
        return graph.Reshape(graph.Filled(all, from), to);
    }
}
