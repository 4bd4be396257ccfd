namespace Vae.Torch;

/// <summary>A statement of a program.</summary>
/// <param name="Text">TorchScript, one or more lines without their indentation.</param>
/// <param name="IsMeasured">Whether it runs on measured steps only.</param>
/// <param name="Heading">Comment above it, or empty.</param>
/// <param name="Kernel">What computes the same without libtorch; null if nothing does.</param>
/// <param name="ViewOf">The argument that it names a view of the whole of, with other dimensions; null for other statements.</param>
internal sealed record ProgramStatement(string Text, bool IsMeasured, string Heading, StepKernel? Kernel = null, string? ViewOf = null);
