using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Consecutive statements of a program, bound to tensors.</summary>
internal abstract class ProgramPart : IDisposable
{
    /// <summary>Binds another tensor to an argument, if the part has it; the caller keeps the tensor alive.</summary>
    public abstract void Pass(string name, Tensor tensor);

    /// <summary>Runs the statements.</summary>
    public abstract void Run(bool measured);

    public virtual void Dispose()
    {
    }
}

/// <summary>Statements that libtorch runs.</summary>
internal sealed class ScriptPart : ProgramPart
{
    private readonly ScriptFunction function;
    private readonly Dictionary<string, int> places;

    /// <summary>Compiles a function <c>step</c> of these arguments and <c>measured</c>; that one's place holds the filler at first.</summary>
    public ScriptPart(string text, IReadOnlyList<(string Name, Tensor Tensor)> arguments, Tensor filler)
    {
        places = arguments.Select((argument, i) => (argument.Name, i)).ToDictionary(argument => argument.Name, argument => argument.i);
        function = new(text, "step", arguments.Select(argument => argument.Tensor).Append(filler));
    }

    public override void Pass(string name, Tensor tensor)
    {
        if (places.TryGetValue(name, out var place))
            function.Pass(place, tensor);
    }

    public override void Run(bool measured)
    {
        function.Pass(places.Count, measured);
        function.Invoke();
    }

    public override void Dispose() => function.Dispose();
}

/// <summary>A statement that a kernel runs.</summary>
internal sealed class KernelPart : ProgramPart
{
    private readonly StepKernel kernel;
    private readonly string[] names;
    private readonly nint[] at;
    private readonly Tensor room;

    /// <summary>Binds a kernel to contiguous tensors; the names are those that are passed later.</summary>
    public KernelPart(StepKernel kernel, IReadOnlyList<(string Name, Tensor Tensor)> operands)
    {
        this.kernel = kernel;
        room = empty(kernel.Room).DetachFromDisposeScope();
        names = [.. operands.Select(operand => operand.Name)];
        at = [.. operands.Select(operand => TensorData.Address(operand.Tensor)), TensorData.Address(room)];
    }

    public override void Pass(string name, Tensor tensor)
    {
        for (var i = 0; i < names.Length; i++)
            if (names[i] == name)
                at[i] = tensor.is_contiguous() ? TensorData.Address(tensor)
                    : throw new InvalidOperationException($"{name}: must be contiguous for a kernel");
    }

    public override void Run(bool measured) => kernel.Run(at);

    public override void Dispose() => room.Dispose();
}
