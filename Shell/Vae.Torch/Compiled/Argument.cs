namespace Vae.Torch;

/// <summary>An argument of a program: the origin of a tensor, as data.</summary>
/// <param name="Name">Name in the program's text.</param>
internal abstract record Argument(string Name)
{
    /// <summary>A tensor that the caller passes: the batch, scheduled values, optimizer state.</summary>
    public sealed record Input(string Name) : Argument(Name);

    /// <summary>A trained tensor, its gradient, or a running statistic, without autograd.</summary>
    public sealed record Weight(string Name, string Tensor, bool IsGradient) : Argument(Name);

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
}

/// <summary>A buffer that is filled with noise before each call.</summary>
/// <param name="Buffer">Name of the buffer.</param>
/// <param name="Dropout">Index among the dropouts of encoder, decoder and prior; below 0 for the posterior's draws.</param>
internal sealed record NoiseBuffer(string Buffer, int Dropout);
