using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>Finds native libraries: beside the application, or in the NuGet packages folder, as for notebooks and scripts.</summary>
internal static class NativeFolders
{
    /// <summary>The libtorch version that this TorchSharp was built against.</summary>
    public const string LibTorchVersion = "2.10.0";

    /// <summary>Path of the first file of that name in all folders, most specific first; empty if there is none.</summary>
    public static string Find(string file) =>
        All().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists) ?? "";

    private static IEnumerable<string> All() =>
        Application().Concat(BesideTorchSharp()).Concat(Packages()).Where(folder => folder.Length > 0 && Directory.Exists(folder));

    private static string Rid => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    private static IEnumerable<string> Application() =>
    [
        .. (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        AppContext.BaseDirectory,
        Path.Combine(AppContext.BaseDirectory, "runtimes", Rid, "native"),
    ];

    /// <summary>TorchSharp gathers split packages in folders below its own assembly.</summary>
    private static IEnumerable<string> BesideTorchSharp() =>
        TorchSharpFolder is { Length: > 0 } folder && Directory.Exists(folder)
            ? [folder, Path.Combine(folder, "runtimes", Rid, "native"), .. Directory.EnumerateDirectories(folder).Order()]
            : [];

    private static string TorchSharpFolder => Path.GetDirectoryName(typeof(TorchSharp.torch).Assembly.Location) ?? "";

    /// <summary>The CPU build before a CUDA one: packages of both may be cached, and the CPU build runs everywhere.</summary>
    private static IEnumerable<string> Packages() => PackagesFolders().SelectMany(packages =>
        Directory.EnumerateDirectories(packages, $"libtorch-*-{Rid}*").Order()
            .Select(package => Path.Combine(package, LibTorchVersion, "runtimes", Rid, "native"))
            .Prepend(Path.Combine(packages, "torchsharp", TorchSharpVersion, "runtimes", Rid, "native")));

    private static string TorchSharpVersion => typeof(TorchSharp.torch).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>
    /// The packages folder that TorchSharp.dll lies in (&lt;packages&gt;/torchsharp/&lt;version&gt;/lib/&lt;framework&gt;), then the
    /// user's: some packages may lie in a fallback folder.
    /// </summary>
    private static IEnumerable<string> PackagesFolders()
    {
        var torchSharp = new DirectoryInfo(TorchSharpFolder is { Length: > 0 } folder ? folder : "/").Parent?.Parent?.Parent;
        string[] candidates =
        [
            string.Equals(torchSharp?.Name, "torchsharp", StringComparison.OrdinalIgnoreCase) ? torchSharp?.Parent?.FullName ?? "" : "",
            Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? "",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        ];
        return candidates.Where(folder => folder.Length > 0 && Directory.Exists(folder)).Distinct();
    }
}
