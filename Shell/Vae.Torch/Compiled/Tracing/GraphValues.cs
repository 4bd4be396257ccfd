namespace Vae.Torch;

/// <summary>Memory in a program.</summary>
/// <param name="Name">Name of the flat buffer; empty for memory that the graph does not own.</param>
/// <param name="Size">Number of values.</param>
internal sealed record FlatMemory(string Name, long Size)
{
    /// <summary>Whether another value may take the memory once this one is no longer read.</summary>
    public bool IsPooled { get; set; }

    /// <summary>Whether an operation may overwrite its operand in it.</summary>
    public bool IsWritable { get; set; }
}

/// <summary>A value as a program names it.</summary>
/// <param name="Name">Name of a tensor in the dimensions of the value.</param>
/// <param name="IsStatic">Whether it is an argument, so that its views can be arguments too; else a local variable.</param>
/// <param name="Memory">Where it lies.</param>
/// <param name="IsWhole">Whether it fills its memory row by row.</param>
internal sealed record Placed(string Name, bool IsStatic, FlatMemory Memory, bool IsWhole);

/// <summary>Names and memory of a graph's values in a program.</summary>
internal sealed class GraphValues(ProgramWriter to, Liveness liveness)
{
    private readonly Dictionary<Node, Placed> known = [];
    private readonly HashSet<string> views = [];
    private readonly Dictionary<double, string> numbers = [];
    private readonly Dictionary<long, Stack<FlatMemory>> free = [];
    private int buffers;

    /// <summary>Gives a value that exists already its name.</summary>
    public void Set(Node node, Placed placed) => known[node] = placed;

    /// <summary>The value, which has been written before, or a view of one.</summary>
    public Placed this[Node node]
    {
        get
        {
            if (known.TryGetValue(node, out var placed))
                return placed;
            placed = node.IsConstant || node.Operation == Operation.Values ? Fixed(node) : ViewOf(node);
            // A local variable of a measured block is unknown after it.
            if (placed.IsStatic || !to.OnlyMeasured)
                known[node] = placed;
            return placed;
        }
    }

    /// <summary>The name of a value in its own dimensions.</summary>
    public string Name(Node node) => this[node].Name;

    /// <summary>
    /// The name of an operand of an elementwise operation on rows that are K repetitions of some, in dimensions that broadcast to
    /// [K, B, …]; K is 1 if nothing is repeated.
    /// </summary>
    public string Operand(Node node, int repetitions, int rank) => node switch
    {
        { IsConstant: true } => Number(node.Numbers[0]),
        { Operation: Operation.Expand } => Operand(node.Args[0], repetitions, rank),
        _ when repetitions == 1 => Name(node),
        { Operation: Operation.Repeat } => Name(node.Args[0]),
        _ when node.Dims.Length < rank || node.Dims[0] == 1 => Name(node),
        _ => Split(node, repetitions),
    };

    /// <summary>[K·B, …] as [K, B, …].</summary>
    public string Split(Node node, int repetitions) => repetitions == 1 ? Name(node)
        : Reshaped(this[node], [repetitions, node.Dims[0] / repetitions, .. node.Dims.Skip(1)]);

    /// <summary>A value's memory in other dimensions.</summary>
    public string Reshaped(Placed placed, IEnumerable<int> dims)
    {
        ValueList<long> to64 = [.. dims.Select(dim => (long)dim)];
        return View(placed, $"as_{string.Join('x', to64)}", name => new Argument.Reshaped(name, placed.Name, to64),
            $".view({ProgramWriter.Text(to64)})");
    }

    /// <summary>A part of an axis of a value.</summary>
    public string Part(Placed placed, int axis, int start, int length) =>
        View(placed, $"at{axis}_{start}_{length}", name => new Argument.Narrow(name, placed.Name, axis, start, length),
            $".narrow({axis}, {start}, {length})");

    /// <summary>The name of a number as a tensor without dimensions.</summary>
    public string Number(double number)
    {
        if (!numbers.TryGetValue(number, out var name))
            numbers[number] = name = to.Number($"number_{numbers.Count}", number);
        return name;
    }

    /// <summary>
    /// Memory for a value: that of an operand that is read for the last time, if one of the given ones is, else a buffer.
    /// </summary>
    public string Target(Node node, params Node[] operands)
    {
        var reads = liveness.Reads(node).Select(Liveness.Stored).ToList();
        foreach (var operand in operands.Where(operand => !operand.IsConstant && Dimensions.Same(operand.Dims, node.Dims)
            && operand.Operation is not (Operation.Repeat or Operation.Expand)))
        {
            var (stored, placed) = (Liveness.Stored(operand), this[operand]);
            if (!placed.Memory.IsWritable || !placed.IsWhole || reads.Count(read => read == stored) != 1 || liveness.Remaining(stored) != 1)
                continue;
            known[node] = placed;
            return placed.Name;
        }
        return Fresh(node);
    }

    /// <summary>A buffer for a value.</summary>
    public string Fresh(Node node)
    {
        var flat = Scratch(node.Size);
        known[node] = flat with { Name = node.Dims.Length == 1 ? flat.Name : Reshaped(flat, node.Dims) };
        return known[node].Name;
    }

    /// <summary>A flat buffer for some values, until it is released.</summary>
    public Placed Scratch(long size)
    {
        if (!free.TryGetValue(size, out var stack) || !stack.TryPop(out var memory))
        {
            memory = new($"buffer_{buffers++}", size) { IsPooled = true, IsWritable = true };
            to.Buffer(memory.Name, [size]);
        }
        return new(memory.Name, true, memory, true);
    }

    /// <summary>Makes the memory of a value that is no longer read available to others, unless one has taken it over.</summary>
    public void Release(Node stored, Node by)
    {
        if (known.TryGetValue(stored, out var placed)
            && !(known.TryGetValue(by, out var taker) && ReferenceEquals(taker.Memory, placed.Memory)))
            Release(placed);
    }

    /// <summary>Makes a buffer available to others.</summary>
    public void Release(Placed placed)
    {
        if (!placed.Memory.IsPooled)
            return;
        if (!free.TryGetValue(placed.Memory.Size, out var stack))
            free[placed.Memory.Size] = stack = new();
        stack.Push(placed.Memory);
    }

    private Placed Fixed(Node node)
    {
        ValueList<long> dims = [.. node.Dims.Select(dim => (long)dim)];
        var name = to.Values($"constant_{node.Id}", ValueList.From(node.Numbers), dims);
        return new(name, true, new(name, node.Size), true);
    }

    private Placed ViewOf(Node node)
    {
        var of = this[node.Args[0]];
        var name = node.Operation switch
        {
            Operation.Stop => of.Name,
            Operation.Reshape => Reshaped(of, node.Dims),
            Operation.Slice => Part(of, node.Places[0], node.Places[1], node.Dims[node.Places[0]]),
            Operation.Transpose => View(of, "t", name => new Argument.Transposed(name, of.Name), ".t()"),
            Operation.Expand => View(of, $"to_{string.Join('x', node.Dims)}",
                name => new Argument.Expanded(name, of.Name, [.. node.Dims.Select(dim => (long)dim)]),
                $".expand({ProgramWriter.Text(node.Dims.Select(dim => (long)dim))})"),
            _ => throw new InvalidOperationException($"{node}: must be written before it is read"),
        };
        return of with { Name = name, IsWhole = of.IsWhole && node.Operation is Operation.Stop or Operation.Reshape };
    }

    private string View(Placed of, string what, Func<string, Argument> view, string call)
    {
        var key = $"{of.Name}_{what}";
        if (views.Contains(key))
            return key;
        if (of.IsStatic)
            to.View(view(key), $"{of.Name}{call}");
        else
            to.Local(key, $"{of.Name}{call}", view(key) is Argument.Reshaped ? of.Name : null);
        if (of.IsStatic || !to.OnlyMeasured)
            views.Add(key);
        return key;
    }
}
