using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>A compiled program with its arguments bound to tensors. Not thread-safe: each run overwrites the same buffers.</summary>
internal sealed class BoundProgram : IDisposable
{
    private readonly Dictionary<string, Tensor> tensors = [];
    private readonly List<Tensor> own = [];
    private readonly ProgramPart[] parts;
    private readonly (Tensor Value, Schedule Schedule)[] scheduled;

    /// <summary>
    /// Compiles a program and binds its arguments: to the weights, to the given tensors by name, and to new buffers. With kernels, they run
    /// the statements that they can.
    /// </summary>
    public BoundProgram(CompiledProgram program, Weights weights, IReadOnlyDictionary<string, Tensor> given, bool kernels = false)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var argument in program.Arguments)
            tensors.Add(argument.Name, Tensor(argument, weights, given));
        Noises = [.. program.Draws.Select(draw => (tensors[draw.Buffer], draw.Use))];
        scheduled = [.. program.Arguments.OfType<Argument.Scheduled>().Select(a => (tensors[a.Name], a.Schedule))];
        var divided = new ProgramParts(program, tensors, weights.Flat);
        parts = [.. kernels ? divided.Divided() : divided.Whole()];
    }

    /// <summary>The buffers to fill with noise before a run, each with what the noise is for.</summary>
    public (Tensor Buffer, NoiseUse Use)[] Noises { get; }

    /// <summary>Number of calls into libtorch of a run, and of kernels.</summary>
    public (int Calls, int Kernels) PartCounts => (parts.OfType<ScriptPart>().Count(), parts.OfType<KernelPart>().Count());

    /// <summary>The tensor of an argument.</summary>
    public Tensor this[string name] => tensors[name];

    /// <summary>Sets the values of schedules to those of a time in epochs.</summary>
    public void SetTime(double epoch)
    {
        foreach (var (value, schedule) in scheduled)
            value.Set(Schedules.At(schedule, epoch));
    }

    /// <summary>Binds another tensor to an argument, if the program has it; the caller keeps the tensor alive.</summary>
    public void Pass(string name, Tensor tensor)
    {
        foreach (var part in parts)
            part.Pass(name, tensor);
    }

    /// <summary>Runs the program; computes the loss terms if <paramref name="measure"/> is true.</summary>
    public void Run(bool measure = false)
    {
        foreach (var part in parts)
            part.Run(measure);
    }

    public void Dispose()
    {
        foreach (var part in parts)
            part.Dispose();
        foreach (var tensor in own)
            tensor.Dispose();
    }

    private Tensor Tensor(Argument argument, Weights weights, IReadOnlyDictionary<string, Tensor> given) => argument switch
    {
        Argument.Input g => given[g.Name],
        Argument.Weight w => Own(w.IsGradient ? weights.GradientOf(w.Tensor) : weights[w.Tensor].detach()),
        Argument.Constant c => Own(torch.tensor(c.Number, weights.Flat.dtype, weights.Device)),
        Argument.Buffer b => Own(zeros([.. b.Dims], b.IsBFloat16 ? ScalarType.BFloat16 : weights.Flat.dtype, weights.Device)),
        Argument.Transposed t => Own(tensors[t.Operand].t()),
        Argument.Columns c => Own(tensors[c.Operand].narrow(1, c.Start, c.Length)),
        Argument.Scheduled => Own(zeros([], ScalarType.Float64, weights.Device)),
        Argument.Narrow n => Own(tensors[n.Operand].narrow(n.Axis, n.Start, n.Length)),
        Argument.Expanded e => Own(tensors[e.Operand].expand([.. e.Dims])),
        Argument.Values v => Own(Fixed(v, weights)),
        Argument.Reshaped r => Own(tensors[r.Operand].view([.. r.Dims])),
        _ => throw new InvalidOperationException($"program argument {argument.Name}: no such kind"),
    };

    private static Tensor Fixed(Argument.Values values, Weights weights) =>
        torch.tensor([.. values.Numbers], ScalarType.Float64).to(weights.Flat.dtype, weights.Device)
            .expand([values.Numbers.Count == 1 ? values.Dims.Aggregate(1L, (size, dim) => size * dim) : values.Numbers.Count])
            .reshape([.. values.Dims]).contiguous();

    private Tensor Own(Tensor tensor)
    {
        own.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
