using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Vae.Torch;

/// <summary>Loads libtorch and TorchSharp's native library; TorchSharp then finds them by name.</summary>
internal static partial class LinuxNatives
{
    private const string Library = "libLibTorchSharp.so";

    // Each needs those before it; a CUDA build of libtorch loads the CUDA libraries beside it.
    private static readonly string[] LibTorch = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    /// <summary>Loads the libraries and returns a description of them for display.</summary>
    /// <exception cref="VaeException">A library is missing or does not load.</exception>
    public static string Load()
    {
        if (NativeLibrary.TryLoad(Library, out _))
            return "loaded by the system";
        var path = NativeFolders.Find(Library);
        var folder = Path.GetDirectoryName(NativeFolders.Find(LibTorch[^1])) ?? "";
        if (path.Length == 0 || folder.Length == 0)
            throw new VaeException($"no {(path.Length == 0 ? Library : LibTorch[^1])} beside the application or in the packages folder");
        foreach (var needed in LibTorch.Select(name => Path.Combine(folder, name)).Where(File.Exists))
            NativeLibrary.Load(needed);
        return $"{folder}, {LoadRelaxed(path)}";
    }

    /// <summary>
    /// Loads the file; if a libstdc++ version is missing, a copy in memory that does not need it, one version after another.
    /// </summary>
    private static string LoadRelaxed(string path)
    {
        var relaxed = new List<string>();
        var refusal = Try(() => NativeLibrary.Load(path));
        for (var elf = Array.Empty<byte>(); refusal.Length > 0; refusal = Try(() => LoadFromMemory(elf)))
        {
            var version = MissingVersion().Match(refusal).Value;
            if (version.Length == 0 || relaxed.Contains(version))
                throw new VaeException($"{path}: must load, got: {refusal}");
            elf = ElfVersions.Relax(elf.Length == 0 ? File.ReadAllBytes(path) : elf, version, path);
            relaxed.Add(version);
        }
        return relaxed.Count == 0 ? "as it is" : $"with {string.Join(", ", relaxed)} relaxed for this libstdc++";
    }

    private static string Try(Action load)
    {
        try
        {
            load();
            return "";
        }
        catch (DllNotFoundException e)
        {
            return e.Message;
        }
    }

    /// <summary>Loads from anonymous memory: there is no file that another user could change, and none to clean up.</summary>
    private static void LoadFromMemory(byte[] elf)
    {
        const uint closeOnExec = 1;
        var descriptor = MemfdCreate(Library, closeOnExec);
        if (descriptor < 0)
        {
            LoadFromPrivateFile(elf);
            return;
        }
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(handle, elf, 0);
        NativeLibrary.Load($"/proc/self/fd/{descriptor}");
    }

    private static void LoadFromPrivateFile(byte[] elf)
    {
        var folder = Directory.CreateTempSubdirectory("vae-");
        try
        {
            var file = Path.Combine(folder.FullName, Library);
#pragma warning disable RS0030 // The file is private to this process, and gone before the call returns.
            File.WriteAllBytes(file, elf);
#pragma warning restore RS0030
            NativeLibrary.Load(file);
        }
        finally
        {
            // Linux keeps a mapped file until it is unmapped.
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"GLIBCXX_\d+(\.\d+)*")]
    private static partial Regex MissingVersion();

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MemfdCreate(string name, uint flags);
}
