namespace Vae.Tests;

/// <summary>The tensors of a part with drawn values, for any carrier.</summary>
internal sealed class PartTensors
{
    private readonly Dictionary<string, NdArray> tensors;

    public PartTensors(ValueList<Parameter> learned, ulong seed, double scale = 0.5) => tensors = learned
        .Select((p, i) => (p.Name, Value: scale * Noise.Normal(seed + (ulong)i, [.. p.Shape.Dims])))
        .ToDictionary(p => p.Name, p => p.Value);

    public NdArray this[string name]
    {
        get => tensors[name];
        set => tensors[name] = value;
    }

    public PartState<NdArray> State(bool training = false, double epoch = 0) => new(name => tensors[name], training, epoch);

    /// <summary>As numbers that do not move.</summary>
    public PartState<Dual<NdArray>> Still => new(name => Dual<NdArray>.Constant(tensors[name]));
}
