namespace Vae.Torch;

/// <summary>
/// What a statement of a program computes, written in C# for vectors of 16 floats: it replaces the statement's call into libtorch, whose
/// product of 20 rows takes longer to plan than to compute. Holds sizes only; operands are passed as addresses.
/// </summary>
/// <param name="operands">Names of the tensors in the program's text, all contiguous.</param>
internal abstract class StepKernel(params string[] operands)
{
    /// <summary>Names of the tensors in the program's text, in the order of their addresses.</summary>
    public ValueList<string> Operands { get; } = ValueList.From(operands);

    /// <summary>Number of floats of the room, whose address follows those of the operands.</summary>
    public virtual long Room => 0;

    /// <summary>Number of multiplications of its product, if it is one.</summary>
    public virtual long Work => 0;

    /// <summary>Computes the statement, on this thread: the steps that kernels pay for are too small to divide.</summary>
    public abstract void Run(nint[] at);
}
