using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// All tensors of a model. The trained tensors are views into one flat buffer, their gradients into another, so that an
/// optimizer step, clipping, averaging and a checkpoint are one operation each.
/// </summary>
public sealed class Weights : IDisposable
{
    // Views start at multiples of 64 bytes, the best alignment for vector instructions and oneDNN.
    // Ranks exchange whole cache lines, one at least for each of 64.
    private const long Alignment = 16, Spare = 64 * Alignment;

    private readonly Dictionary<string, Tensor> tensors = [];

    private readonly List<Tensor> gradients = [];

    /// <summary>Creates the tensors of a model, with initial values drawn from the seed.</summary>
    /// <param name="spec">The model's specification.</param>
    /// <param name="seed">Seed of the initial values; the same values on every device.</param>
    /// <param name="device">Where the tensors lie; null for the CPU.</param>
    /// <param name="type">Type of the tensors: float32 or float64.</param>
    /// <param name="initialization">Distribution of the initial values; null for LeCun's.</param>
    /// <exception cref="VaeException">The specification has problems; the message lists them all.</exception>
    public Weights(
        VaeSpec spec, ulong seed, Device? device = null, ScalarType type = ScalarType.Float32, Initialization? initialization = null)
        : this(Sound(spec), seed, device, type, initialization)
    {
    }

    /// <summary>Creates the tensors of a layout, with initial values drawn from the seed.</summary>
    internal Weights(
        ValueList<Parameter> layout, ulong seed, Device? device, ScalarType type, Initialization? initialization = null)
    {
        using var scope = NewDisposeScope();
        Layout = layout;
        Device = device ?? CPU;
        var size = FlatSize(Layout);
        FlatRoom = zeros(size + Spare, type, Device);
        Flat = FlatRoom.narrow(0, 0, size);
        GradientRoom = zeros(size + Spare, type, Device);
        Gradient = GradientRoom.narrow(0, 0, size);
        long offset = 0;
        foreach (var parameter in Layout)
        {
            tensors.Add(parameter.Name, parameter.Trained ? Trained(parameter, offset) : zeros(Dims(parameter), type, Device));
            offset += parameter.Trained ? Aligned(parameter.Shape.Size) : 0;
        }
        Initialize(seed, initialization ?? Initializations.LeCun);
        // Until here, the scope disposes them if memory runs out.
        foreach (var tensor in All)
            tensor.DetachFromDisposeScope();
    }

    /// <summary>Names, shapes and initial values of the tensors, in order.</summary>
    public ValueList<Parameter> Layout { get; }

    /// <summary>The device of the tensors.</summary>
    public Device Device { get; }

    /// <summary>Number of values of <see cref="Flat"/>, gaps included: a multiple of 16.</summary>
    internal static long FlatSize(ValueList<Parameter> layout) => layout.Where(p => p.Trained).Sum(p => Aligned(p.Shape.Size));

    /// <summary>All trained values in one buffer [P]; gaps between tensors stay zero.</summary>
    public Tensor Flat { get; }

    /// <summary>The trained values, followed by zeros that round their number up to what ranks exchange.</summary>
    internal Tensor FlatRoom { get; }

    /// <summary>The gradients [P], at the same offsets as the values in <see cref="Flat"/>.</summary>
    public Tensor Gradient { get; }

    /// <summary>The gradient, followed by zeros that round its length up to what ranks exchange.</summary>
    public Tensor GradientRoom { get; }

    /// <summary>Whether all values are finite, running statistics included.</summary>
    public bool AreFinite
    {
        get
        {
            using var scope = NewDisposeScope();
            return Flat.isfinite().all().ToBoolean()
                && Layout.All(p => p.Trained || tensors[p.Name].isfinite().all().ToBoolean());
        }
    }

    /// <summary>The tensor of a name: a leaf that requires a gradient if trained, else a running statistic.</summary>
    /// <param name="name">A name of <see cref="Layout"/>, such as <c>encoder.0.weight</c>.</param>
    public Tensor this[string name] => tensors[name];

    /// <summary>The gradient of a trained tensor: a view into <see cref="Gradient"/>, in the caller's dispose scope.</summary>
    /// <param name="name">Name of a trained tensor.</param>
    public Tensor GradientOf(string name)
    {
        var shape = Layout.First(p => p.Name == name && p.Trained).Shape;
        return Gradient.narrow(0, Offset(name), shape.Size).view([.. shape.Dims.Select(dim => (long)dim)]);
    }

    /// <summary>Offset of a trained tensor's values in <see cref="Flat"/>.</summary>
    /// <param name="name">Name of a trained tensor.</param>
    public long Offset(string name) =>
        Layout.TakeWhile(p => p.Name != name).Where(p => p.Trained).Sum(p => Aligned(p.Shape.Size));

    /// <summary>
    /// Every tensor as an entry of a file; the trained values come from a flat buffer such as <see cref="Flat"/> or its average.
    /// Valid while the caller's dispose scope is open.
    /// </summary>
    internal IEnumerable<SafeTensor> Entries(Tensor flat)
    {
        long offset = 0;
        foreach (var parameter in Layout)
        {
            var size = parameter.Shape.Size;
            yield return TorchBridge.View(
                parameter.Name, parameter.Trained ? flat.narrow(0, offset, size).view(Dims(parameter)) : tensors[parameter.Name]);
            offset += parameter.Trained ? Aligned(size) : 0;
        }
    }

    /// <summary>Copies every tensor from a file.</summary>
    /// <exception cref="VaeException">A tensor is missing, has another shape or type, or a value is not finite.</exception>
    internal void Load(SafeTensorFile file, string path)
    {
        using var noGrad = no_grad();
        var entries = file.Tensors.ToDictionary(entry => entry.Name);
        foreach (var parameter in Layout)
        {
            using var scope = NewDisposeScope();
            if (!entries.TryGetValue(parameter.Name, out var entry))
                throw new VaeException($"{path}: must have the tensor {parameter.Name} of the model, got none");
            if (!entry.Shape.SequenceEqual(Dims(parameter)))
                throw new VaeException(
                    $"{path}: {parameter.Name} must have the shape {parameter.Shape}, got {string.Join('×', entry.Shape)}");
            var values = TorchBridge.ToTensor(entry);
            if (!values.is_floating_point())
                throw new VaeException($"{path}: {parameter.Name} must be F64, F32 or BF16, got {entry.Dtype}");
            // After the conversion: 1e300 is finite as F64 only.
            var converted = values.to_type(tensors[parameter.Name].dtype);
            if (!converted.isfinite().all().ToBoolean())
                throw new VaeException($"{path}: {parameter.Name} must have finite values only, got a NaN or an infinity");
            tensors[parameter.Name].copy_(converted);
        }
    }

    /// <summary>Sets every tensor to its initial values, which depend only on the seed and the tensor's index.</summary>
    private void Initialize(ulong seed, Initialization initialization)
    {
        using var noise = new KeyedNoise(seed, CPU);
        using var noGrad = no_grad();
        for (var i = 0; i < Layout.Count; i++)
        {
            using var scope = NewDisposeScope();
            var initial = initialization.Of(Layout[i]);
            // Drawn on the CPU whatever the device, so that a seed gives the same model everywhere.
            var values = full(Dims(Layout[i]), Scalars.Get(initial.Centre), Flat.dtype);
            if (initialization.Weights is WeightScheme.Orthogonal && Layout[i] is { Fan.In: > 0, IsBias: false })
                Orthogonalize(values, noise, i);
            else if (initial.Bound > 0)
                noise.Uniform(values, initial.Centre - initial.Bound, initial.Centre + initial.Bound, Purpose.Initialize, i);
            tensors[Layout[i].Name].copy_(values);
        }
    }

    // Rows of normal numbers have no preferred direction, so neither has Q; its signs are chosen by R, else they would depend on the
    // algorithm (Mezzadri 2007).
    private static void Orthogonalize(Tensor values, KeyedNoise noise, long place)
    {
        long rows = values.size(0), columns = values.numel() / rows;
        var normal = empty([Math.Max(rows, columns), Math.Min(rows, columns)], ScalarType.Float64);
        noise.Normal(normal, Purpose.Initialize, place);
        var (q, r) = linalg.qr(normal);
        var signed = q.mul(r.diagonal().sign());
        values.copy_((rows < columns ? signed.t() : signed).reshape(values.shape));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in All)
            tensor.Dispose();
    }

    private IEnumerable<Tensor> All => [.. tensors.Values, .. gradients, Flat, FlatRoom, Gradient, GradientRoom];

    private Tensor Trained(Parameter parameter, long offset)
    {
        var size = parameter.Shape.Size;
        var view = Flat.narrow(0, offset, size).view(Dims(parameter)).detach();
        view.requires_grad = true;
        var gradient = Gradient.narrow(0, offset, size).view(Dims(parameter));
        view.grad = gradient;
        gradients.Add(gradient);
        return view;
    }

    private static ValueList<Parameter> Sound(VaeSpec spec)
    {
        VaeException.ThrowIfAny(Specs.Problems(spec));
        return Parameters.List(spec);
    }

    private static long[] Dims(Parameter parameter) => [.. parameter.Shape.Dims.Select(dim => (long)dim)];

    private static long Aligned(long size) => (size + Alignment - 1) / Alignment * Alignment;
}
