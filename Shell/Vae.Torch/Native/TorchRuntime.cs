using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Vae.Torch;

/// <summary>
/// Loads TorchSharp's native libraries, also where libstdc++ is older than the one they were linked against
/// (Debian 12, Ubuntu 22.04, RHEL 9). Idempotent and thread-safe.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static Natives? prepared;
    private static bool ready;

    private sealed record Natives(bool Found, string Description);

    /// <summary>The loaded libraries and their versions in one line, for display and bug reports.</summary>
    public static string Description
    {
        get
        {
            var natives = Prepare().Description;
            return $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, "
                + $"libtorch {NativeFolders.LibTorchVersion}: {natives}";
        }
    }

    /// <summary>Loads the libraries. Call it before the first use of TorchSharp, if no other type of this package is used before.</summary>
    /// <exception cref="VaeException">The libraries are missing; the message names the package to add.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (ready)
                return;
            var natives = Prepare();
            // TorchSharp would search once more, in vain, and print where it looked.
            if (!natives.Found)
                throw new VaeException($"torch: {Advice()}; got: {natives.Description}");
            try
            {
                torch.InitializeDeviceType(DeviceType.CPU);
                ready = true;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new VaeException($"torch: {Advice()}; got: {natives.Description}", e);
            }
        }
    }

    // A static constructor of TorchSharp looks for the natives once and remembers failure: they must be loaded before.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255",
        Justification = "Nothing else runs before the first use of TorchSharp in an application that never calls Load.")]
    internal static void Initialize() => Prepare();

    /// <summary>Loads the libraries once. Never throws: the error is kept for the message of <see cref="Load"/>.</summary>
    private static Natives Prepare()
    {
        lock (Gate)
            return prepared ??= OperatingSystem.IsLinux() ? Attempt(Linux) : new(true, "left to TorchSharp");
    }

    private static string Linux()
    {
        OpenMp.LetThreadsSleep();
        HeapMemory.KeepForTheNextStep();
        return LinuxNatives.Load();
    }

    private static Natives Attempt(Func<string> load)
    {
        try
        {
            return new(true, load());
        }
        catch (Exception e)
        {
            return new(false, e.Message);
        }
    }

    private static string Advice() =>
        Package() is { Length: > 0 } package
            ? $"must find libtorch {NativeFolders.LibTorchVersion} on this machine: "
                + $"add the package {package} {NativeFolders.LibTorchVersion} (or TorchSharp-cpu) to the application"
            : $"must run where libtorch {NativeFolders.LibTorchVersion} has a build (linux-x64, win-x64, osx-arm64), "
                + $"and {RuntimeInformation.RuntimeIdentifier} has none";

    private static string Package() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 when OperatingSystem.IsLinux() => "libtorch-cpu-linux-x64",
        Architecture.X64 when OperatingSystem.IsWindows() => "libtorch-cpu-win-x64",
        Architecture.Arm64 when OperatingSystem.IsMacOS() => "libtorch-cpu-osx-arm64",
        _ => "",
    };
}
