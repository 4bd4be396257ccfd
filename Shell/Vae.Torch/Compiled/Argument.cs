namespace Vae.Torch;

/// <summary>A tensor that a program is called with: where it comes from, as data.</summary>
/// <param name="Name">In the text.</param>
internal abstract record Argument(string Name)
{
    /// <summary>Handed in by the step: the batch, schedules, optimizer state.</summary>
    public sealed record Input(string Name) : Argument(Name);

    /// <summary>A trained tensor, its gradient, or a running statistic; without autograd.</summary>
    public sealed record Weight(string Name, string Tensor, bool IsGradient) : Argument(Name);

    /// <summary>A number; as a tensor it costs an operation a third of what a literal in the text does.</summary>
    public sealed record Constant(string Name, double Number) : Argument(Name);

    /// <summary>Memory of the program's own: of the weights' type, or bfloat16.</summary>
    public sealed record Buffer(string Name, ValueList<long> Dims, bool IsBFloat16 = false) : Argument(Name);

    /// <summary>An earlier argument, transposed.</summary>
    public sealed record Transposed(string Name, string Operand) : Argument(Name);

    /// <summary>Some columns of an earlier argument.</summary>
    public sealed record Columns(string Name, string Operand, long Start, long Length) : Argument(Name);

    /// <summary>The same values of an earlier argument in other dimensions.</summary>
    public sealed record Reshaped(string Name, string Operand, ValueList<long> Dims) : Argument(Name);
}

/// <summary>A buffer that is filled with noise before a call.</summary>
/// <param name="Buffer">Its name.</param>
/// <param name="Dropout">Its place among the dropouts of encoder, decoder and prior; below 0 for the posterior's draws.</param>
internal sealed record NoiseBuffer(string Buffer, int Dropout);
