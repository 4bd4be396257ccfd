using Microsoft.CodeAnalysis;

namespace Vae.Generators;

/// <summary>
/// Writes the members of a closed hierarchy: a constructor that prevents derivation elsewhere, Match with a function for each case, and
/// the JSON kind of each case.
/// </summary>
internal static class ClosedHierarchies
{
    private const string Json = "global::System.Text.Json.Serialization.";

    public static (string Name, string Text) Describe(INamedTypeSymbol hierarchy)
    {
        string[] cases = [.. hierarchy.GetTypeMembers()
            .Where(type => SymbolEqualityComparer.Default.Equals(type.BaseType, hierarchy))
            .Select(type => type.Name)
            .OrderBy(name => name == "Custom").ThenBy(name => name, StringComparer.Ordinal)];
        return CodeText.File(hierarchy, "Closed", Kinds(hierarchy.Name, cases), string.Join("\n", [
            $"private protected {hierarchy.Name}() {{ }}",
            "",
            .. Match(cases),
            .. cases.SelectMany(Case)]));
    }

    private static string[] Kinds(string hierarchy, string[] cases) => [
        $"[{Json}JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\")]",
        .. cases.Select(name => $"[{Json}JsonDerivedType(typeof(global::Vae.{hierarchy}.{name}), \"{CodeText.Camel(name)}\")]")];

    private static IEnumerable<string> Match(string[] cases) => [
        "/// <summary>Calls the function of this case.</summary>",
        "/// <typeparam name=\"TResult\">What every function returns.</typeparam>",
        .. cases.Select(name => $"/// <param name=\"{CodeText.Camel(name)}\">Called with a <see cref=\"{name}\"/>.</param>"),
        "/// <returns>The result of that function.</returns>",
        $"public TResult Match<TResult>({string.Join(", ", cases.Select(name => $"{Function(name)} {CodeText.Identifier(name)}"))}) =>",
        $"    Accept(new Cases<TResult>({string.Join(", ", cases.Select(CodeText.Identifier))}));",
        "",
        "private protected abstract TResult Accept<TResult>(Cases<TResult> cases);",
        "",
        $"private protected sealed record Cases<TResult>({string.Join(", ", cases.Select(name => $"{Function(name)} {name}"))});"];

    private static IEnumerable<string> Case(string name) => [
        "",
        $"partial record {name}",
        "{",
        $"    private protected override TResult Accept<TResult>(Cases<TResult> cases) => cases.{name}(this);",
        "}"];

    private static string Function(string name) => $"global::System.Func<{name}, TResult>";
}
