using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Vae.Notebooks;

/// <summary>
/// The packages of this repository in a folder feed, far from its sources, with a package cache of their own. Packages of others
/// come from the machine's cache.
/// </summary>
public sealed partial class Feed : IDisposable
{
    private const string Projects = "*.?sproj";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("vae-feed-");

    /// <summary>Every library and program of the repository, those yet to come too, built from clean sources.</summary>
    public Feed() : this(
        Directory.EnumerateFiles(Path.Combine(Checks.Repository, "Core"), Projects, SearchOption.AllDirectories).Concat(
            Directory.EnumerateFiles(Path.Combine(Checks.Repository, "Shell"), Projects, SearchOption.AllDirectories)),
        fresh => ["-c", "Release", "--artifacts-path", fresh])
    {
    }

    private Feed(IEnumerable<string> projects, Func<string, string[]> build)
    {
        Directory.CreateDirectory(Packages);
        File.WriteAllText(In("NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{In("cache")}" /></config>
              <packageSources><add key="vae" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{MachineCache}" /></fallbackPackageFolders>
            </configuration>
            """);
        File.WriteAllText(
            In("All.slnx"), $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>");
        DotNet.Run("dotnet", root.FullName, new Dictionary<string, string>(),
            ["pack", "All.slnx", "-o", Packages, .. build(In("build")),
                // A cache of the machine may hold packages of the same commit, made before a change that is not yet committed.
                "-p:MinVerDefaultPreReleaseIdentifiers=fresh.0", "-nologo", "-v:q"]);
        const string name = "Vae.Core.";
        Version = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(Packages, $"{name}*.nupkg").Single())[name.Length..];
    }

    /// <summary>The libraries of notebooks alone, as they were built with this program: packed in seconds.</summary>
    public static Feed OfThisBuild() => new(
        Vae.Notebooks.Packages.Own.Select(name => Directory.EnumerateFiles(
            Checks.Repository, $"{name}.?sproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }).Single()),
        _ => ["-c", Configuration, "--no-build"]);

    private static string Configuration =>
        typeof(Feed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The version of all packages in the feed, as packed.</summary>
    public string Version { get; }

    /// <summary>The folder feed.</summary>
    public string Packages => In("packages");

    /// <summary>For tools that look for no NuGet.config beside their script.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["NUGET_PACKAGES"] = In("cache"),
        ["RestoreFallbackFolders"] = MachineCache,
        ["RestoreAdditionalProjectSources"] = Packages,
    };

    /// <summary>Source that asks for the packages of this repository, asking for those of this feed.</summary>
    public string Pinned(string source) => Own().Replace(source, Version);

    private static string MachineCache => System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder ? folder
        : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>A path below the root of all this.</summary>
    public string In(params string[] path) => Path.Combine([root.FullName, .. path]);

    /// <summary>A new empty folder below the NuGet.config.</summary>
    public string Folder(string name) => Directory.CreateDirectory(In(name)).FullName;

    /// <inheritdoc/>
    public void Dispose() => root.Delete(recursive: true);

    /// <summary>The file that the tool's natives are packed in.</summary>
    public string PlatformPackage => Path.Combine(Packages, $"vae.{RuntimeInformation.RuntimeIdentifier}.{Version}.nupkg");

    [GeneratedRegex(@"(?<=(#:package |""nuget: )Vae\.\w+(@|, ))[\w.*-]+")]
    private static partial Regex Own();
}
