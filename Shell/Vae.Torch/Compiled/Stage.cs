namespace Vae.Torch;

/// <summary>A tensor in a program: rows of examples.</summary>
/// <param name="Name">In the text.</param>
/// <param name="Rows">The length of the batch axis.</param>
/// <param name="Shape">Of one example.</param>
/// <param name="IsStatic">Whether it is an argument, so that views of it can be too; else a local variable.</param>
/// <param name="IsOwned">Whether nothing reads it later, so that it may be overwritten.</param>
/// <param name="NeedsGradient">Whether it depends on something trained.</param>
internal sealed record ProgramTensor(string Name, int Rows, Shape Shape, bool IsStatic, bool IsOwned, bool NeedsGradient)
{
    public ValueList<long> Dims => [Rows, .. Shape.Dims.Select(dim => (long)dim)];
}

/// <summary>A layer written out: what it gives, and what its adjoint writes: ∂loss/∂output → ∂loss/∂input, or none where the input needs none.</summary>
internal sealed record Stage(ProgramTensor Output, Func<ProgramTensor, ProgramTensor?> Adjoint);
