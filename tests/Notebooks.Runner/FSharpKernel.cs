using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Interactive;
using Microsoft.FSharp.Core;

namespace Vae.Notebooks;

/// <summary>F# cells as interactions of one session.</summary>
public sealed class FSharpKernel : IKernel
{
    private readonly Shell.FsiEvaluationSession session;
    private readonly StringWriter errors = new();

    /// <summary>Starts a session.</summary>
    public FSharpKernel() => session = Session(errors);

    /// <summary>A session that knows the libraries.</summary>
    internal static Shell.FsiEvaluationSession Session(TextWriter errors)
    {
        string[] arguments = ["fsi", "--noninteractive", "--nologo", "--gui-", "--readline-", "--quiet", "--langversion:latest",
            .. Kernels.Libraries.Select(assembly => $"-r:{assembly.Location}")];
        return Shell.FsiEvaluationSession.Create(
            Shell.FsiEvaluationSession.GetDefaultConfiguration(), arguments, TextReader.Null, TextWriter.Null, errors,
            collectible: null, legacyReferenceResolver: null);
    }

    /// <inheritdoc/>
    public Evaluated Run(string source)
    {
        errors.GetStringBuilder().Clear();
        var (result, diagnostics) = session.EvalInteractionNonThrowing(source, null);
        // A reader would see a warning as red text above the output.
        var complaints = diagnostics.Where(d => d.Severity.IsError || d.Severity.IsWarning).Select(d => $"{d}").ToList();
        if (result is FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice2Of2 failed)
            return new(null, complaints.Count > 0 ? string.Join('\n', complaints) : $"{failed.Item.GetType().Name}: {failed.Item.Message}");
        if (complaints.Count > 0)
            return new(null, string.Join('\n', complaints));
        return result is FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice1Of2 { Item.Value: var value }
            && value.ReflectionType != typeof(Unit)
            ? new(value.ReflectionValue, null)
            : new(null, null);
    }
}
