using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Vae.Benchmarks;

/// <summary>
/// What a process is started with. A baseline is measured as .NET, libtorch and libc come; this project's garbage collector
/// settings and what the library sees to at start-up are for ours, and for the baseline that is measured with them.
/// </summary>
internal static class Settings
{
    private static readonly Dictionary<string, string> AsTheyCome = new()
    {
        // OpenMP's own default; the library changes it only where it is not set.
        ["GOMP_SPINCOUNT"] = "300000",
        // malloc's own default: the library leaves malloc alone where this is set.
        ["GLIBC_TUNABLES"] = "glibc.rtld.nns=4",
    };

    /// <summary>How to start a contestant with these arguments.</summary>
    public static ProcessStartInfo Start(string who, IEnumerable<string> args)
    {
        var program = Environment.ProcessPath
            ?? throw new VaeException("benchmarks: must know the path of their program to start contestants, got none");
        var library = typeof(Settings).Assembly.Location;
        if (!who.StartsWith(Contestant.Baseline, StringComparison.Ordinal) || who == Contestant.Settled)
            // Started as `dotnet Benchmarks.dll`, the program is the host, and the library its first argument.
            return new(program, [.. IsHost(program) ? [library] : Array.Empty<string>(), .. args]);
        var start = new ProcessStartInfo(IsHost(program) ? program : Host,
            ["exec", "--runtimeconfig", WithoutCollector(library), library, .. args]);
        foreach (var (name, value) in AsTheyCome)
            start.Environment[name] = value;
        return start;
    }

    private static bool IsHost(string program) => Path.GetFileNameWithoutExtension(program) == "dotnet";

    // The runtime lies in shared/NAME/VERSION below its host.
    private static string Host => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    // Of the garbage collector's settings, environment variables do not override every setting of a file.
    private static string WithoutCollector(string library)
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(library, ".runtimeconfig.json")))!;
        if (settings["runtimeOptions"]?["configProperties"] is JsonObject properties)
            foreach (var name in properties.Select(property => property.Key)
                .Where(name => name.StartsWith("System.GC.", StringComparison.Ordinal)).ToList())
                properties.Remove(name);
        var file = Path.ChangeExtension(library, ".as-it-comes.runtimeconfig.json");
        File.WriteAllText(file, settings.ToJsonString());
        return file;
    }
}
