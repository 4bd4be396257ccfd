using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Vae.Notebooks;

/// <summary>C# cells as submissions of one Roslyn script: the engine of the tool's C# kernel.</summary>
public sealed class CSharpKernel : IKernel
{
    // Those that the tool's kernel opens for every cell.
    private static readonly string[] Opened =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithReferences(Framework())
        .AddReferences(Kernels.Libraries)
        .WithImports(Opened)
        .WithLanguageVersion(LanguageVersion.Latest);

    private ScriptState<object>? state;

    /// <inheritdoc/>
    public Evaluated Run(string source)
    {
        try
        {
            state = (state is null ? CSharpScript.RunAsync(source, Options) : state.ContinueWithAsync(source, Options))
                .GetAwaiter().GetResult();
            return new(state.ReturnValue, null);
        }
        catch (CompilationErrorException e)
        {
            return new(null, string.Join('\n', e.Diagnostics));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new(null, $"{e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>The base class library.</summary>
    internal static IEnumerable<MetadataReference> Framework() =>
        from file in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location)
        select MetadataReference.CreateFromFile(file);
}
