using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Vae.Generators;

/// <summary>
/// Writes the members that records of a spec and closed hierarchies share: With, PrintMembers, Match and the JSON kinds.
/// </summary>
[Generator(LanguageNames.CSharp)]
internal sealed class SpecGenerator : IIncrementalGenerator
{
    private const string Closed = "Vae.ClosedAttribute";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Each step ends in text, which compares by value, so a file is added again only when it changes.
        var copies = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => RecordCopies.IsCandidate(node),
            static (syntax, cancel) => RecordCopies.Describe((RecordDeclarationSyntax)syntax.Node, syntax.SemanticModel, cancel));
        var hierarchies = context.SyntaxProvider.ForAttributeWithMetadataName(
            Closed,
            static (node, _) => node is RecordDeclarationSyntax,
            static (syntax, _) => ClosedHierarchies.Describe((INamedTypeSymbol)syntax.TargetSymbol));
        context.RegisterSourceOutput(copies, Add);
        context.RegisterSourceOutput(hierarchies, Add);
    }

    private static void Add(SourceProductionContext context, (string Name, string Text) file)
    {
        if (file.Text.Length > 0)
            context.AddSource(file.Name, SourceText.From(file.Text, Encoding.UTF8));
    }
}
