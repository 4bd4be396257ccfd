using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A TorchScript function that returns nothing, called with a kept list of tensors. TorchSharp's own call packs its arguments
/// anew each time and never frees the compiled text; this one allocates nothing per call.
/// </summary>
internal sealed unsafe partial class ScriptFunction : IDisposable
{
    private const string Library = "LibTorchSharp";

    private readonly NativeArgument* arguments;
    private readonly Tensor[] kept;
    private readonly byte* name;
    private nint unit;

    /// <summary>The function of a name in a text; the tensors of all arguments, which the caller keeps alive.</summary>
    public ScriptFunction(string text, string function, IEnumerable<Tensor> tensors)
    {
        TorchRuntime.Load();
        kept = [.. tensors];
        unit = Compile(text);
        CheckForErrors();
        name = (byte*)Marshal.StringToCoTaskMemUTF8(function);
        arguments = (NativeArgument*)NativeMemory.AllocZeroed((nuint)kept.Length, (nuint)sizeof(NativeArgument));
        for (var i = 0; i < kept.Length; i++)
            Pass(i, kept[i]);
    }

    /// <summary>Passes another tensor from now on; it must live as long.</summary>
    public void Pass(int index, Tensor tensor)
    {
        kept[index] = tensor;
        arguments[index] = new() { Handle = tensor.Handle, Index = -1 };
    }

    /// <summary>Passes a truth value from now on.</summary>
    public void Pass(int index, bool value) => arguments[index] = new() { Kind = Boolean, Handle = value ? 1 : 0, Index = -1 };

    /// <summary>Calls it; an error of libtorch is thrown.</summary>
    public void Invoke()
    {
        ObjectDisposedException.ThrowIf(unit == 0, this);
        sbyte kind;
        Call(unit, name, arguments, kept.Length, &Result, &kind, 0);
        // A tensor that was finalized during the call would have freed what the call reads.
        GC.KeepAlive(kept);
        CheckForErrors();
    }

    public void Dispose()
    {
        if (unit == 0)
            return;
        Free(unit);
        unit = 0;
        NativeMemory.Free(arguments);
        Marshal.FreeCoTaskMem((nint)name);
    }

    private const long Boolean = 2;

    /// <summary>LibTorchSharp's tagged argument: kind 0 is a tensor.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NativeArgument
    {
        public long Kind;
        public long Index;
        public nint Handle;
    }

    // One result slot for a thread: the functions return nothing, and say so through it.
    [ThreadStatic]
    private static NativeArgument* result;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NativeArgument* Result(int index, nuint length) =>
        result = result != null ? result : (NativeArgument*)NativeMemory.AllocZeroed(1, (nuint)sizeof(NativeArgument));

    [LibraryImport(Library, EntryPoint = "THSJIT_compile", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Compile(string script);

    [LibraryImport(Library, EntryPoint = "THSJIT_CompilationUnit_dispose")]
    private static partial void Free(nint unit);

    [LibraryImport(Library, EntryPoint = "THSJIT_CompilationUnit_Invoke")]
    private static partial void Call(
        nint unit, byte* method, NativeArgument* arguments, int length, delegate* unmanaged[Cdecl]<int, nuint, NativeArgument*> allocator, sbyte* kind, int index);
}
