using FSharp.Compiler.Interactive;
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
        var references = Framework().Concat(Libraries).Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create(
            "twin", [CSharpSyntaxTree.ParseText(script, options), CSharpSyntaxTree.ParseText(Implicit, options)], references,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(d => d.Severity is DiagnosticSeverity.Warning or DiagnosticSeverity.Error)
            .Select(d => $"{d}")];
    }

    private static IReadOnlyList<string> FSharp(string script)
    {
        var (_, checkedFile, _) = Session().ParseAndCheckInteraction(Packages.Without(script), keepAssemblyContents: null);
        return [.. checkedFile.Diagnostics.Where(d => d.Severity.IsError || d.Severity.IsWarning).Select(d => $"{d}")];
    }

    private static Shell.FsiEvaluationSession Session()
    {
        string[] arguments = ["fsi", "--noninteractive", "--nologo", "--gui-", "--readline-", "--quiet", "--langversion:latest",
            .. Libraries.Select(file => $"-r:{file}")];
        return Shell.FsiEvaluationSession.Create(
            Shell.FsiEvaluationSession.GetDefaultConfiguration(), arguments, TextReader.Null, TextWriter.Null, TextWriter.Null,
            collectible: null, legacyReferenceResolver: null);
    }

    // Those that this process runs on, so that there is one TorchSharp.
    private static IEnumerable<string> Libraries =>
        new[] { typeof(VaeSpec), typeof(FSharp.Nums), typeof(Torch.VaeException), typeof(Torch.Picture), typeof(TorchSharp.torch) }
            .Select(type => type.Assembly.Location);

    /// <summary>The base class library.</summary>
    private static IEnumerable<string> Framework() =>
        from file in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location)
        select file;
}
