using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The tensors that a program is called with, and its function, ready to be called.</summary>
internal sealed class BoundProgram : IDisposable
{
    private readonly Dictionary<string, Tensor> tensors = [];
    private readonly List<Tensor> own = [];
    private readonly ScriptFunction function;
    private readonly Dictionary<string, int> places;

    public BoundProgram(CompiledProgram program, Weights weights, IReadOnlyDictionary<string, Tensor> given)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var argument in program.Arguments)
            tensors.Add(argument.Name, Tensor(argument, weights, given));
        Noises = [.. program.Draws.Select(draw => (tensors[draw.Buffer], draw.Dropout))];
        places = program.Arguments.Select((a, i) => (a.Name, i)).ToDictionary(a => a.Name, a => a.i);
        // The place of the truth value holds any tensor until it is passed.
        function = new(program.Text, "step", program.Arguments.Select(a => tensors[a.Name]).Append(weights.Flat));
    }

    /// <summary>The buffers to be filled with noise before a run, each with its place among the dropouts; below 0 for the posterior's draws.</summary>
    public (Tensor Buffer, int Dropout)[] Noises { get; }

    /// <summary>A tensor that it was bound to.</summary>
    public Tensor this[string name] => tensors[name];

    /// <summary>Takes another tensor for a given one from now on, where the program asks for it; it must live as long.</summary>
    public void Pass(string name, Tensor tensor)
    {
        if (places.TryGetValue(name, out var place))
            function.Pass(place, tensor);
    }

    /// <summary>Runs the program.</summary>
    public void Run(bool measure = false)
    {
        function.Pass(places.Count, measure);
        function.Invoke();
    }

    public void Dispose()
    {
        function.Dispose();
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
        Argument.Reshaped r => Own(tensors[r.Operand].view([.. r.Dims])),
        _ => throw new InvalidOperationException($"program argument {argument.Name}: no such kind"),
    };

    private Tensor Own(Tensor tensor)
    {
        own.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
