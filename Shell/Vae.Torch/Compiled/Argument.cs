namespace Vae.Torch;

/// <summary>An argument of a program: the origin of a tensor, as data.</summary>
/// <param name="Name">Name in the program's text.</param>
internal abstract record Argument(string Name)
{
    /// <summary>A tensor that the caller passes: the batch, scheduled values, optimizer state.</summary>
    public sealed record Input(string Name) : Argument(Name);

    /// <summary>A trained tensor, its gradient, or a running statistic, without autograd.</summary>
    public sealed record Weight(string Name, string Tensor, bool IsGradient) : Argument(Name);

    /// <summary>The value of a schedule in the current step; [], float64.</summary>
    public sealed record Scheduled(string Name, Schedule Schedule) : Argument(Name);

    /// <summary>A number; an operation with a tensor costs a third of the same with a literal in the text.</summary>
    public sealed record Constant(string Name, double Number) : Argument(Name);

    /// <summary>A buffer that belongs to the program, of the weights' type or bfloat16.</summary>
    public sealed record Buffer(string Name, ValueList<long> Dims, bool IsBFloat16 = false) : Argument(Name);

    /// <summary>An earlier argument, transposed.</summary>
    public sealed record Transposed(string Name, string Operand) : Argument(Name);

    /// <summary>Consecutive columns of an earlier argument.</summary>
    public sealed record Columns(string Name, string Operand, long Start, long Length) : Argument(Name);

    /// <summary>A view of an earlier argument in other dimensions.</summary>
    public sealed record Reshaped(string Name, string Operand, ValueList<long> Dims) : Argument(Name);

    /// <summary>A part of an axis of an earlier argument.</summary>
    public sealed record Narrow(string Name, string Operand, long Axis, long Start, long Length) : Argument(Name);

    /// <summary>An earlier argument broadcast to dimensions.</summary>
    public sealed record Expanded(string Name, string Operand, ValueList<long> Dims) : Argument(Name);

    /// <summary>Values that no step changes, of the weights' type; one for all places, or one for each.</summary>
    public sealed record Values(string Name, ValueList<double> Numbers, ValueList<long> Dims) : Argument(Name);
}
