using System.Text;

namespace Vae.Torch;

/// <summary>A statement of a program.</summary>
/// <param name="Text">TorchScript, one or more lines without their indentation.</param>
/// <param name="IsMeasured">Whether it runs on measured steps only.</param>
/// <param name="Heading">Comment above it, or empty.</param>
/// <param name="Kernel">What computes the same without libtorch; null if nothing does.</param>
/// <param name="ViewOf">The argument that it names a view of the whole of, with other dimensions; null for other statements.</param>
internal sealed record ProgramStatement(string Text, bool IsMeasured, string Heading, StepKernel? Kernel = null, string? ViewOf = null)
{
    /// <summary>A function of some statements; its last argument is <c>measured</c>.</summary>
    public static string Function(
        string name, IEnumerable<(string Name, string Note)> arguments, IEnumerable<ProgramStatement> statements)
    {
        var text = new StringBuilder($"def {name}(\n");
        foreach (var argument in arguments)
            text.Append($"    {argument.Name}: Tensor,{argument.Note}\n");
        text.Append("    measured: bool\n) -> None:\n");
        var wasMeasured = false;
        foreach (var statement in statements)
        {
            text.Append(statement.Heading);
            if (statement.IsMeasured && (!wasMeasured || statement.Heading.Length > 0))
                text.Append("    if measured:\n");
            foreach (var line in statement.Text.Split('\n'))
                text.Append(statement.IsMeasured ? "        " : "    ").Append(line).Append('\n');
            wasMeasured = statement.IsMeasured;
        }
        return text.ToString();
    }
}
