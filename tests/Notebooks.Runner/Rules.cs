using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vae.Notebooks;

/// <summary>What must hold of a notebook's file before anything of it is run.</summary>
public static partial class Rules
{
    /// <summary>Everything that is wrong, as <c>path: rule, got …</c>.</summary>
    public static IReadOnlyList<string> Problems(Notebook notebook, IReadOnlyDictionary<string, string> packages) =>
    [
        .. Format(notebook), .. Ids(notebook), .. Metadata(notebook), .. notebook.Code.SelectMany(Commands),
        .. References(notebook, packages), .. notebook.Code.SelectMany(Stored),
    ];

    private static IEnumerable<string> Format(Notebook notebook) =>
    [
        .. Must(notebook.Root["nbformat"], "nbformat", "4"), .. Must(notebook.Root["nbformat_minor"], "nbformat_minor", "5"),
        .. notebook.Code.Count == 0 ? ["cells: must hold code, got none"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Ids(Notebook notebook) =>
    [
        .. notebook.Cells.Where(cell => !Id().IsMatch(cell.Id))
        .Select(cell => $"cells.id: must be 1 to 64 letters, digits, - or _, got '{cell.Id}'"),
        .. notebook.Cells.GroupBy(cell => cell.Id).Where(group => group.Count() > 1)
        .Select(group => $"cells.id: must be unique, got {group.Key} {group.Count()} times"),
    ];

    private static IEnumerable<string> Metadata(Notebook notebook)
    {
        var metadata = notebook.Root["metadata"];
        if (notebook.Language is not { } language)
            return [$"metadata.kernelspec.name: must be .net-csharp or .net-fsharp, got {metadata?["kernelspec"]?["name"] ?? "none"}"];
        var kernels = metadata?["polyglot_notebook"]?["kernelInfo"];
        return
        [
            .. Must(metadata?["kernelspec"]?["display_name"], "metadata.kernelspec.display_name", language.Display),
            .. Must(metadata?["kernelspec"]?["language"], "metadata.kernelspec.language", language.Name),
            .. Must(kernels?["defaultKernelName"], "metadata.polyglot_notebook.kernelInfo.defaultKernelName", language.Polyglot),
            .. Must(kernels?["items"]?[0]?["name"], "metadata.polyglot_notebook.kernelInfo.items[0].name", language.Polyglot),
            .. notebook.Code.SelectMany(cell => Must(cell.Node["metadata"]?["polyglot_notebook"]?["kernelName"],
                $"{cell.Id}.metadata.polyglot_notebook.kernelName", language.Polyglot)),
        ];
    }

    // Jupyter ignores a cell's own kernel, and a command of the tool has no counterpart in a paired script.
    private static IEnumerable<string> Commands(Cell cell) =>
        Command().Matches(cell.Source)
            .Select(match => $"{cell.Id}.source: must have no command of the notebook tool, got {match.Value.Trim()}");

    private static IEnumerable<string> References(Notebook notebook, IReadOnlyDictionary<string, string> packages)
    {
        if (notebook.Code.Count == 0)
            return [];
        var lines = Packages.ReferenceLines(notebook.Code[0].Source);
        var asked = lines.Select(Packages.Parse).OfType<PackageLine>().ToList();
        return
        [
            .. notebook.Code.Skip(1).SelectMany(cell => Packages.ReferenceLines(cell.Source)
                .Select(line => $"{cell.Id}.source: must leave references to the first cell, got {line}")),
            .. lines.Where(line => Packages.Parse(line) is null)
            .Select(line => $"references: must read #r \"nuget: NAME, VERSION\", got {line}"),
            // Alone TorchSharp finds its natives in most notebooks and not in all: on an older libstdc++ it does not.
            .. notebook.Code.Any(cell => UsesTorch().IsMatch(cell.Source))
            && !notebook.Code[0].Source.Contains("TorchRuntime.Load()", StringComparison.Ordinal)
                ? ["references: must be followed by TorchRuntime.Load() where TorchSharp is used by itself, got none"]
                : Array.Empty<string>(),
            .. Packages.Needed.Where(name => asked.All(package => package.Name != name))
            .Select(name => $"references: must name {name}, got none"),
            .. asked.Where(package => packages.GetValueOrDefault(package.Name) != package.Version)
                .Select(package => $"references.{package.Name}: must be "
                    + $"{packages.GetValueOrDefault(package.Name, "a package that this repository knows")}, got {package.Version}"),
        ];
    }

    private static IEnumerable<string> Stored(Cell cell) =>
        cell.Outputs.OfType<JsonObject>().SelectMany(output => (string?)output["output_type"] switch
    {
        "stream" => Must(output["name"], $"{cell.Id}.outputs.name", "stdout"),
        "display_data" => Outputs.PictureProblems(cell.Id, output),
        var other => [$"{cell.Id}.outputs: must be streams and displayed data, got {other}"],
    });

    private static IEnumerable<string> Must(JsonNode? found, string path, string value) =>
        $"{found}" == value ? [] : [$"{path}: must be {value}, got {(found is null ? "none" : $"{found}")}"];

    [GeneratedRegex(@"^[\w-]{1,64}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^(open|using) TorchSharp\b", RegexOptions.Multiline)]
    private static partial Regex UsesTorch();

    [GeneratedRegex(@"^[ \t]*(#!|%)[^\n]*", RegexOptions.Multiline)]
    private static partial Regex Command();
}
