using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vae.Notebooks;

/// <summary>Whether a paired script compiles, against the libraries of this process in place of packages; nothing of it is run.</summary>
public static class PairedScriptCompilation
{
    // What the SDK opens for a program that names nothing.
    private static readonly string Implicit = string.Concat(
        new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
            "System.Threading.Tasks" }
            .Select(name => $"global using {name};\n"));

    /// <summary>The compiler's complaints.</summary>
    public static IReadOnlyList<string> Problems(Notebook notebook) =>
        notebook.Language == Language.CSharp ? CSharp(PairedScripts.Write(notebook)) : FSharp(PairedScripts.Write(notebook));

    private static IReadOnlyList<string> CSharp(string script)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest).WithFeatures([new("FileBasedProgram", "true")]);
        var references = CSharpKernel.Framework()
            .Concat(Kernels.Libraries.Select(assembly => MetadataReference.CreateFromFile(assembly.Location)));
        var compilation = CSharpCompilation.Create(
            "twin", [CSharpSyntaxTree.ParseText(script, options), CSharpSyntaxTree.ParseText(Implicit, options)], references,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(d => d.Severity is DiagnosticSeverity.Warning or DiagnosticSeverity.Error)
            .Select(d => $"{d}")];
    }

    private static IReadOnlyList<string> FSharp(string script)
    {
        var (_, checkedFile, _) = FSharpKernel.Session(TextWriter.Null)
            .ParseAndCheckInteraction(Packages.Without(script), keepAssemblyContents: null);
        return [.. checkedFile.Diagnostics.Where(d => d.Severity.IsError || d.Severity.IsWarning).Select(d => $"{d}")];
    }
}
