using FSharp.Compiler.CodeAnalysis;
using FSharp.Compiler.Syntax;
using FSharp.Compiler.Text;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Control;

namespace Vae.Notebooks;

/// <summary>An F# notebook as a script, with a call that shows each value.</summary>
internal static class FSharpPairedScript
{
    private static readonly Lazy<FSharpChecker> Checker =
        new(() => FSharpChecker.Create(null, null, null, null, null, null, null, null, null, null, null, null, null, null));

    public static string Write(Notebook notebook) => PairedScripts.Head(notebook, "dotnet fsi")
        + string.Concat(PairedScripts.PackageLines(notebook).Select(package => $"#r \"nuget: {package.Name}, {package.Version}\"\n"))
        + PairedScripts.Body(notebook, cell => Code(notebook, cell));

    // Only a cell that shows something is changed: a loop at its end is an expression as well.
    private static string Code(Notebook notebook, Cell cell)
    {
        var source = Packages.Without(cell.Source).Trim('\n');
        if (!cell.Outputs.Any(output => (string?)output?["output_type"] == "display_data") || LastExpression(source) is not { } first)
            return source;
        var (lines, name) = (source.Split('\n'), PairedScripts.NameOf(notebook, cell));
        string[] shown = lines[first..] is [var only]
            ? [$"Displays.Show({only}, \"{name}\")"]
            : ["Displays.Show(", .. lines[first..].Select(line => line.Length == 0 ? line : $"    {line}"), $"    , \"{name}\")"];
        return string.Join('\n', [.. lines[..first], .. shown]);
    }

    /// <summary>The line that the last expression of a cell begins on, from 0; null where the cell ends with a definition.</summary>
    private static int? LastExpression(string source)
    {
        var (options, _) = Checker.Value.GetParsingOptionsFromCommandLineArgs(
            ListModule.OfArray(["cell.fsx"]), isInteractive: true, isEditing: null);
        var parsed = FSharpAsync.RunSynchronously(
            Checker.Value.ParseFile("cell.fsx", SourceTextNew.ofString(source), options, null, null), null, null);
        return ((ParsedInput.ImplFile)parsed.ParseTree).Item.Contents.LastOrDefault()?.decls.LastOrDefault() is SynModuleDecl.Expr last
            ? last.range.StartLine - 1
            : null;
    }
}
