using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vae.Generators;

/// <summary>Writes With and PrintMembers of a public sealed record with parameters.</summary>
internal static class RecordCopies
{
    public static bool IsCandidate(SyntaxNode node) =>
        node is RecordDeclarationSyntax { ParameterList.Parameters.Count: > 0, TypeParameterList: null } record
        && record.Modifiers.Any(SyntaxKind.PublicKeyword) && record.Modifiers.Any(SyntaxKind.SealedKeyword)
        && record.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>The file of one record. Its text is empty if the record has both members already.</summary>
    public static (string Name, string Text) Describe(RecordDeclarationSyntax syntax, SemanticModel model, CancellationToken cancel)
    {
        var type = model.GetDeclaredSymbol(syntax, cancel)!;
        var primary = type.InstanceConstructors.First(constructor =>
            constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancel) is RecordDeclarationSyntax));
        string[] members = [
            .. Has(type, "With") ? [] : With(type, primary.Parameters),
            .. Has(type, "PrintMembers") ? [] : PrintMembers(type, primary.Parameters)];
        return members.Length == 0 ? ("", "") : CodeText.File(type, "Record", [], string.Join("\n", members));
    }

    private static bool Has(INamedTypeSymbol type, string method) =>
        type.GetMembers(method).OfType<IMethodSymbol>().Any(m => !m.IsImplicitlyDeclared);

    private static IEnumerable<string> With(INamedTypeSymbol type, IReadOnlyCollection<IParameterSymbol> parameters) => [
        "/// <summary>A copy with the given properties replaced.</summary>",
        .. parameters.Select(p =>
            $"/// <param name=\"{CodeText.Camel(p.Name)}\">The new <see cref=\"{p.Name}\"/>; null keeps the present one.</param>"),
        $"public {type.Name} With({string.Join(", ", parameters.Select(Argument))}) =>",
        $"    new({string.Join(", ", parameters.Select(p => $"{CodeText.Identifier(p.Name)} ?? {p.Name}"))});",
        ""];

    private static string Argument(IParameterSymbol p) => $"{CodeText.Optional(p.Type)} {CodeText.Identifier(p.Name)} = null";

    private static string Access(INamedTypeSymbol type) =>
        type.BaseType!.SpecialType == SpecialType.System_Object ? "private" : "protected override";

    // The compiler's version also prints public properties that are computed from the parameters.
    private static IEnumerable<string> PrintMembers(INamedTypeSymbol type, IReadOnlyCollection<IParameterSymbol> parameters) => [
        "/// <summary>Appends the values that the record was created with.</summary>",
        "/// <param name=\"builder\">The builder to append to.</param>",
        "/// <returns>True.</returns>",
        $"{Access(type)} bool PrintMembers(global::System.Text.StringBuilder builder)",
        "{",
        "    global::System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();",
        .. parameters.Select((p, i) => $"    builder.Append(\"{(i == 0 ? "" : ", ")}{p.Name} = \").Append({p.Name});"),
        "    return true;",
        "}"];
}
