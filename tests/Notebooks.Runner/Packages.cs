using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vae.Notebooks;

/// <summary>A package that a notebook asks for.</summary>
public sealed record PackageLine(string Name, string Version);

/// <summary>The packages that notebooks may ask for, with the versions that this repository builds and tests.</summary>
public static partial class Packages
{
    /// <summary>What every notebook needs: the library with its pictures, and libtorch for whatever machine it is opened on.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["Vae.Pictures", "Vae.Torch", "TorchSharp-cpu"];

    /// <summary>The libraries of this repository that notebooks use.</summary>
    public static IReadOnlyList<string> Own { get; } = ["Vae.Core", "Vae.FSharp", "Vae.Torch", "Vae.Pictures"];

    /// <summary>
    /// The version of Vae that notebooks ask for: the newest with this major and minor number, pre-releases included, so that a
    /// notebook need not change with each commit and still runs on packages made from the repository.
    /// </summary>
    public static string OwnVersion { get; } = $"{string.Join('.', InformationalVersion.Split('.').Take(2))}.*-*";

    private static string InformationalVersion =>
        typeof(Torch.VaeException).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Names and versions: of this repository's libraries, and of all that its central list names.</summary>
    public static IReadOnlyDictionary<string, string> Known(string repository)
    {
        var props = XDocument.Load(Path.Combine(repository, "Directory.Packages.props"));
        var values = props.Descendants("PropertyGroup").Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        var known = props.Descendants("PackageVersion").ToDictionary(
            e => (string)e.Attribute("Include")!,
            e => Property().Replace((string)e.Attribute("Version")!, match => values[match.Groups[1].Value]).Trim('[', ']'));
        foreach (var own in Directory.EnumerateFiles(Path.Combine(repository, "Core"), "*.?sproj", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(repository, "Shell"), "*.?sproj", SearchOption.AllDirectories)))
            known[Path.GetFileNameWithoutExtension(own)] = OwnVersion;
        return known;
    }

    /// <summary>Every line of a source that begins as a reference.</summary>
    public static IReadOnlyList<string> ReferenceLines(string source) =>
        [.. Reference().Matches(source).Select(match => match.Value.Trim())];

    /// <summary>The package of a reference line, or null where it is written otherwise.</summary>
    public static PackageLine? Parse(string line) =>
        NuGet().Match(line) is { Success: true } match ? new(match.Groups[1].Value, match.Groups[2].Value) : null;

    /// <summary>The source without its reference lines, the places of all others unchanged.</summary>
    public static string Without(string source) => Reference().Replace(source, "");

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Property();

    [GeneratedRegex(@"^[ \t]*#[ri]\b[^\n]*", RegexOptions.Multiline)]
    private static partial Regex Reference();

    [GeneratedRegex("""^#r "nuget: ([\w.-]+), ([\w.-]+(?:\.\*-\*)?)"$""")]
    private static partial Regex NuGet();
}
