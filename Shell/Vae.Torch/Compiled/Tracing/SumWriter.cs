using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>Writes sums, products and quotients, whose operands are broadcast and whose rows may be repeated.</summary>
internal sealed class SumWriter(ProgramWriter to, Liveness liveness, GraphValues values)
{
    /// <summary>A product or quotient.</summary>
    public void Binary(Node node)
    {
        var (a, b, repeated) = (node.Args[0], node.Args[1], Repetitions(node));
        var call = $"torch.{(node.Operation == Operation.Multiply ? "mul" : "div")}({Operand(a, node)}, {Operand(b, node)}";
        to.Line(Fills(node, a, b)
            ? $"{call}, out={Target(node, repeated, a, b)})" : $"{Target(node, repeated)}.copy_({call}))");
    }

    /// <summary>A number and the sum of multiples of values, of which some are products.</summary>
    public void Write(Node node)
    {
        if (Liveness.IsAssembled(node) && liveness.IsFused(node.Args[0]))
        {
            Assemble(node);
            return;
        }
        // One number for all terms is multiplied at the end.
        var common = node.Args.Length > 1 && node.Numbers[0] == 0 && node.Numbers.Skip(1).All(c => Math.Abs(c) == Math.Abs(node.Numbers[1]))
            ? Math.Abs(node.Numbers[1]) : 1;
        var terms = node.Args.Select((arg, i) => (Factor: node.Numbers[i + 1] / common, Of: arg)).ToList();
        // Full values first: the first statement has to fill the target.
        List<(double Factor, Node Of)> plain = [.. terms.Where(term => !liveness.IsFused(term.Of))
            .OrderByDescending(term => Fills(node, term.Of)).ThenByDescending(term => term.Factor == 1)
            .ThenByDescending(term => term.Of.Operation != Operation.Repeat)];
        List<(double Factor, Node Of)> products = [.. terms.Where(term => liveness.IsFused(term.Of))];
        var (target, number) = plain.Count > 0 ? Start(node, plain, products) : StartByProduct(node, products);
        foreach (var (factor, of) in plain)
            to.Line(factor == -1 ? $"{target}.sub_({Operand(of, node)})"
                : $"{target}.add_({Operand(of, node)}{(factor == 1 ? "" : $", alpha={Text(factor)}")})");
        foreach (var (factor, of) in products)
            to.Line($"{target}.addcmul_({Operand(of.Args[0], node)}, {Operand(of.Args[1], node)}, value={Text(factor)})");
        if (number != 0)
            to.Line($"{target}.add_({values.Number(number)})");
        if (common != 1)
            to.Line($"{target}.mul_({values.Number(common)})");
    }

    // The first statement of a sum; takes its terms from the lists.
    private (string Target, double Number) Start(
        Node node, List<(double Factor, Node Of)> plain, List<(double Factor, Node Of)> products)
    {
        var (repeated, number, (factor, a)) = (Repetitions(node), node.Numbers[0], plain[0]);
        plain.RemoveAt(0);
        var x = Operand(a, node);
        if (plain.Count > 0 && factor is 1 && Fills(node, a, plain[0].Of))
        {
            var (second, b) = plain[0];
            plain.RemoveAt(0);
            var (y, target) = (Operand(b, node), Target(node, repeated, a, b));
            to.Line(second == -1 ? $"torch.sub({x}, {y}, out={target})"
                : $"torch.add({x}, {y}{(second == 1 ? "" : $", alpha={Text(second)}")}, out={target})");
            return (target, number);
        }
        if (products.Count > 0 && factor is 1 && Fills(node, a))
        {
            var (second, b) = products[0];
            products.RemoveAt(0);
            var (y, z) = (Operand(b.Args[0], node), Operand(b.Args[1], node));
            var target = Target(node, repeated, a);
            to.Line($"torch.addcmul({x}, {y}, {z}, value={Text(second)}, out={target})");
            return (target, number);
        }
        return Alone(node, x, factor, a);
    }

    private (string Target, double Number) Alone(Node node, string x, double factor, Node a)
    {
        var (repeated, number) = (Repetitions(node), node.Numbers[0]);
        if (!Fills(node, a))
        {
            var filled = Target(node, repeated);
            to.Line($"{filled}.copy_({x}){(factor == 1 ? "" : $".mul_({values.Number(factor)})")}");
            return (filled, number);
        }
        var target = Target(node, repeated, a);
        to.Line((factor, number) switch
        {
            (1, 0) => $"{target}.copy_({x})",
            (1, _) => $"torch.add({x}, {values.Number(number)}, out={target})",
            (-1, 0) => $"torch.neg({x}, out={target})",
            (-1, _) => $"torch.sub({values.Number(number)}, {x}, out={target})",
            (_, 0) => $"torch.mul({x}, {values.Number(factor)}, out={target})",
            _ => $"torch.add({values.Number(number)}, {x}, alpha={Text(factor)}, out={target})",
        });
        return (target, 0);
    }

    private (string Target, double Number) StartByProduct(Node node, List<(double Factor, Node Of)> products)
    {
        var (repeated, (factor, of)) = (Repetitions(node), products[0]);
        products.RemoveAt(0);
        var (a, b) = (of.Args[0], of.Args[1]);
        var call = $"torch.mul({Operand(a, node)}, {Operand(b, node)}";
        var fills = Fills(node, a, b);
        var target = fills ? Target(node, repeated, a, b) : Target(node, repeated);
        to.Line(fills ? $"{call}, out={target})" : $"{target}.copy_({call}))");
        if (factor != 1)
            to.Line(factor == -1 ? $"{target}.neg_()" : $"{target}.mul_({values.Number(factor)})");
        return (target, node.Numbers[0]);
    }

    // Parts of an axis side by side, with zeros between them.
    private void Assemble(Node node)
    {
        var axis = node.Args[0].Places[0];
        var whole = values.Fresh(node);
        if (node.Args.Sum(part => part.Places[2]) < node.Dims[axis])
            to.Line($"{whole}.zero_()");
        for (var i = 0; i < node.Args.Length; i++)
        {
            var (part, factor) = (node.Args[i], node.Numbers[i + 1]);
            var place = values.Part(values[node], axis, part.Places[1], part.Places[2]);
            to.Line($"{place}.copy_({values.Name(part.Args[0])}){(factor == 1 ? "" : $".mul_({values.Number(factor)})")}");
        }
    }

    private string Operand(Node arg, Node of) => values.Operand(arg, Repetitions(of), of.Dims.Length);

    private int Repetitions(Node node) =>
        liveness.Reads(node).FirstOrDefault(read => read.Operation == Operation.Repeat)?.Places[0] ?? 1;

    private string Target(Node node, int repeated, params Node[] operands)
    {
        values.Target(node, operands);
        return values.Split(node, repeated);
    }

    // Whether operands broadcast to all of a node's values, repeated rows counting once.
    private static bool Fills(Node node, params Node[] operands) => Dimensions.Same(node.Dims, operands.Aggregate(
        Array.Empty<int>(), (dims, operand) => Indexing.Broadcast(dims, Read(operand))));

    private static int[] Read(Node operand) => operand.Operation switch
    {
        Operation.Repeat => [1, .. operand.Dims[1..]],
        Operation.Expand => Read(operand.Args[0]),
        _ when operand.IsConstant => [],
        _ => operand.Dims,
    };
}
