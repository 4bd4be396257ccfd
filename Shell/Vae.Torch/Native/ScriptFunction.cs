using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A TorchScript function without a result, called with a bound list of tensors. TorchSharp's own call packs the arguments again
/// each time and never frees the compiled code; this one allocates nothing per call. Not thread-safe.
/// </summary>
internal sealed unsafe partial class ScriptFunction : IDisposable
{
    private const string Library = "LibTorchSharp";

    private readonly NativeArgument* arguments;
    private readonly Tensor[] kept;
    private readonly byte* name;
    private nint unit;

    /// <summary>Compiles a script and binds tensors to all arguments of one of its functions; the caller keeps them alive.</summary>
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

    /// <summary>Binds another tensor to an argument; the caller keeps it alive.</summary>
    public void Pass(int index, Tensor tensor)
    {
        kept[index] = tensor;
        arguments[index] = new() { Handle = tensor.Handle, Index = -1 };
    }

    /// <summary>Binds a truth value to an argument.</summary>
    public void Pass(int index, bool value) => arguments[index] = new() { Kind = Boolean, Handle = value ? 1 : 0, Index = -1 };

    /// <summary>Calls the function; throws libtorch's error, if any.</summary>
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

    /// <summary>LibTorchSharp's tagged argument; kind 0 is a tensor.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NativeArgument
    {
        public long Kind;
        public long Index;
        public nint Handle;
    }

    // The native call stores "no result" in it. Nothing reads it, so all threads may write the one.
    private static readonly NativeArgument* NoResult = (NativeArgument*)NativeMemory.AllocZeroed(1, (nuint)sizeof(NativeArgument));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NativeArgument* Result(int index, nuint length) => NoResult;

    [LibraryImport(Library, EntryPoint = "THSJIT_compile", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Compile(string script);

    [LibraryImport(Library, EntryPoint = "THSJIT_CompilationUnit_dispose")]
    private static partial void Free(nint unit);

    [LibraryImport(Library, EntryPoint = "THSJIT_CompilationUnit_Invoke")]
    private static partial void Call(
        nint unit, byte* method, NativeArgument* arguments, int length,
        delegate* unmanaged[Cdecl]<int, nuint, NativeArgument*> allocator, sbyte* kind, int index);
}
