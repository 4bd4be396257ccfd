namespace Vae.Torch;

/// <summary>A tensor in a program: rows of examples.</summary>
/// <param name="Name">Name in the program's text.</param>
/// <param name="Rows">Length of the batch axis.</param>
/// <param name="Shape">Shape of an example.</param>
/// <param name="IsStatic">Whether it is an argument, so that its views can be arguments too; else a local variable.</param>
/// <param name="IsOwned">Whether it may be overwritten, because nothing reads it later.</param>
/// <param name="NeedsGradient">Whether it depends on trained tensors.</param>
internal sealed record ProgramTensor(string Name, int Rows, Shape Shape, bool IsStatic, bool IsOwned, bool NeedsGradient)
{
    public ValueList<long> Dims => [Rows, .. Shape.Dims.Select(dim => (long)dim)];
}

/// <summary>A layer of a program.</summary>
/// <param name="Output">The layer's output.</param>
/// <param name="Adjoint">Writes the backward pass: ∂loss/∂output → ∂loss/∂input, or null if the input needs no gradient.</param>
internal sealed record Stage(ProgramTensor Output, Func<ProgramTensor, ProgramTensor?> Adjoint);
