using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Vae.Notebooks;

/// <summary>A C# notebook as a file-based app: usings first, types last, and a call that shows each value.</summary>
internal static class CSharpPairedScript
{
    public static string Write(Notebook notebook)
    {
        var parts = notebook.Code.Select(cell => Parse(notebook, cell)).ToList();
        var usings = parts.SelectMany(part => part.Usings).Prepend("using Vae.Torch;").Distinct()
            .OrderBy(line => line.TrimEnd(';'), StringComparer.Ordinal);
        var code = parts.ToDictionary(part => part.Id, part => part.Statements);
        return PairedScripts.Head(notebook, "dotnet run")
            + string.Concat(PairedScripts.PackageLines(notebook).Select(package => $"#:package {package.Name}@{package.Version}\n"))
            // The natives of this platform alone are copied, and nothing is compiled ahead.
            + "#:property UseCurrentRuntimeIdentifier=true\n#:property SelfContained=false\n#:property PublishAot=false\n\n"
            + string.Concat(usings.Select(line => line + "\n"))
            + PairedScripts.Body(notebook, cell => code[cell.Id])
            + string.Concat(parts.SelectMany(part => part.Types).Select(type => $"\n{type}\n"));
    }

    private sealed record Part(string Id, IReadOnlyList<string> Usings, string Statements, IReadOnlyList<string> Types);

    private static Part Parse(Notebook notebook, Cell cell)
    {
        var text = SourceText.From(Packages.Without(cell.Source));
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(
            text, new(LanguageVersion.Latest, kind: SourceCodeKind.Script)).GetRoot();
        var moved = root.Usings.Cast<SyntaxNode>()
            .Concat(root.Members.Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)).ToList();
        var changes = moved.Select(node => new TextChange(node.FullSpan, "")).ToList();
        if (root.Members.LastOrDefault()
            is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } shown })
        {
            changes.Add(new(new(shown.Expression.SpanStart, 0), "Displays.Show("));
            changes.Add(new(new(shown.Expression.Span.End, 0), $", \"{PairedScripts.NameOf(notebook, cell)}\");"));
        }
        return new(cell.Id, [.. root.Usings.Select(node => $"{node}")], $"{text.WithChanges(changes.OrderBy(change => change.Span.Start))}",
            [.. moved.OfType<MemberDeclarationSyntax>().Select(node => node.ToFullString().Trim('\n'))]);
    }
}
