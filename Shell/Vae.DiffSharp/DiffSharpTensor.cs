using DiffSharp;

namespace Vae.DiffSharp;

/// <summary>
/// A float64 DiffSharp tensor as an <see cref="ITensor{T}"/>: it runs Vae's formulas under the automatic differentiation of another
/// library, forward, reverse and nested. It is an oracle for tests, not a carrier for training.
/// </summary>
/// <remarks>
/// DiffSharp keeps its defaults and its nesting level in static variables: use it from one thread at a time.
/// </remarks>
public readonly struct DiffSharpTensor : ITensor<DiffSharpTensor>
{
    /// <summary>Wraps a tensor without copying it.</summary>
    /// <param name="tensor">A tensor of type Float64.</param>
    /// <exception cref="ArgumentException">The tensor has another type.</exception>
    public DiffSharpTensor(Tensor tensor) =>
        // DiffSharp's default type is Float32; an oracle with only seven digits would go unnoticed.
        Tensor = tensor.dtype.IsFloat64 ? tensor
            : throw new ArgumentException($"dtype: must be Float64, got {tensor.dtype}", nameof(tensor));

    /// <summary>The wrapped tensor.</summary>
    public Tensor Tensor { get; }

    /// <summary>Creates a tensor from a copy of values.</summary>
    /// <param name="values">Values, row-major.</param>
    /// <param name="dims">Dimensions whose product is the number of values.</param>
    /// <exception cref="ArgumentException">The dimensions do not fit the number of values.</exception>
    public static DiffSharpTensor FromValues(double[] values, params int[] dims) =>
        // NdArray checks the dimensions and copies the values; DiffSharp would keep references to the arrays.
        dsharp.tensor(NdArray.FromValues(values, dims).ToArray(), Device.CPU, Dtype.Float64, Backend.Reference)
            .view((int[])dims.Clone());

    /// <summary>A copy of the dimensions.</summary>
    public int[] Dims => (int[])Tensor.shape.Clone();

    /// <summary>A copy of the values, row-major, without derivatives.</summary>
    public double[] ToArray() => (double[])Tensor.noDiff().view(Tensor.nelement).toArray();

    /// <summary>Wraps a tensor.</summary>
    public static implicit operator DiffSharpTensor(Tensor tensor) => new(tensor);

    /// <summary>Unwraps a tensor.</summary>
    public static implicit operator Tensor(DiffSharpTensor carrier) => carrier.Tensor;

    /// <inheritdoc/>
    public static DiffSharpTensor operator +(DiffSharpTensor a, DiffSharpTensor b) => Broadcasting.Expand(a, b) + Broadcasting.Expand(b, a);
    /// <inheritdoc/>
    public static DiffSharpTensor operator -(DiffSharpTensor a, DiffSharpTensor b) => Broadcasting.Expand(a, b) - Broadcasting.Expand(b, a);
    /// <inheritdoc/>
    public static DiffSharpTensor operator *(DiffSharpTensor a, DiffSharpTensor b) => Broadcasting.Expand(a, b) * Broadcasting.Expand(b, a);
    /// <inheritdoc/>
    public static DiffSharpTensor operator /(DiffSharpTensor a, DiffSharpTensor b) => Broadcasting.Expand(a, b) / Broadcasting.Expand(b, a);
    /// <inheritdoc/>
    public static DiffSharpTensor operator -(DiffSharpTensor a) => -a.Tensor;
    /// <inheritdoc/>
    public static DiffSharpTensor operator +(DiffSharpTensor a, double b) => a.Tensor + b;
    /// <inheritdoc/>
    public static DiffSharpTensor operator +(double a, DiffSharpTensor b) => a + b.Tensor;
    /// <inheritdoc/>
    public static DiffSharpTensor operator -(DiffSharpTensor a, double b) => a.Tensor - b;
    /// <inheritdoc/>
    public static DiffSharpTensor operator -(double a, DiffSharpTensor b) => a - b.Tensor;
    /// <inheritdoc/>
    public static DiffSharpTensor operator *(DiffSharpTensor a, double b) => a.Tensor * b;
    /// <inheritdoc/>
    public static DiffSharpTensor operator *(double a, DiffSharpTensor b) => a * b.Tensor;
    /// <inheritdoc/>
    public static DiffSharpTensor operator /(DiffSharpTensor a, double b) => a.Tensor / b;
    /// <inheritdoc/>
    public static DiffSharpTensor operator /(double a, DiffSharpTensor b) => a / b.Tensor;

    /// <inheritdoc/>
    public static DiffSharpTensor Exp(DiffSharpTensor x) => x.Tensor.exp();
    /// <inheritdoc/>
    public static DiffSharpTensor Log(DiffSharpTensor x) => x.Tensor.log();
    /// <inheritdoc/>
    public static DiffSharpTensor Log1p(DiffSharpTensor x) => Log(1.0 + x) + Constant(x, Rounded);
    /// <inheritdoc/>
    public static DiffSharpTensor Sqrt(DiffSharpTensor x) => x.Tensor.sqrt();
    /// <inheritdoc/>
    public static DiffSharpTensor Square(DiffSharpTensor x) => x.Tensor * x.Tensor;
    /// <inheritdoc/>
    public static DiffSharpTensor Abs(DiffSharpTensor x) => x.Tensor.abs();
    /// <inheritdoc/>
    public static DiffSharpTensor Sign(DiffSharpTensor x) => x.Tensor.sign();
    /// <inheritdoc/>
    public static DiffSharpTensor Tanh(DiffSharpTensor x) => x.Tensor.tanh();
    /// <inheritdoc/>
    public static DiffSharpTensor Sigmoid(DiffSharpTensor x) =>
        // DiffSharp's derivative is σ·(1 − σ), where 1 − σ loses all digits as σ goes to 1.
        Exp(LogSigmoid(x));
    /// <inheritdoc/>
    public static DiffSharpTensor LogSigmoid(DiffSharpTensor x) =>
        // DiffSharp's softplus has correct derivatives of any order, but takes the logarithm of the rounded sum 1 + e⁻|ˣ|.
        -x.Tensor.neg().softplus() - Constant(x, static v => Rounded(Math.Exp(-Math.Abs(v)))).Tensor;
    /// <inheritdoc/>
    public static DiffSharpTensor SoftClamp(DiffSharpTensor x, double min, double max)
    {
        var fromMiddle = x - (min + max) / 2;
        var beyond = Abs(fromMiddle) - (max - min) / 2;
        var excess = 0.5 * (beyond + Abs(beyond));
        var side = Sign(fromMiddle);
        // In this order a great excess cancels exactly.
        return (x - side * excess) + side * Log1p(excess);
    }

    /// <inheritdoc/>
    public static DiffSharpTensor Sum(DiffSharpTensor x, params int[] axes) =>
        // From the last axis to the first, so that the remaining axes keep their indices.
        axes.Distinct().OrderDescending().Aggregate(x.Tensor, static (sum, axis) => sum.sum(axis, keepDim: false, dtype: null));
    /// <inheritdoc/>
    public static DiffSharpTensor SumEvent(DiffSharpTensor x) =>
        x.Tensor.dim == 1 ? x : Sum(x.Tensor.view([x.Tensor.shape[0], -1]), 1);
    /// <inheritdoc/>
    public static DiffSharpTensor LogSumExp(DiffSharpTensor x, int axis)
    {
        // DiffSharp's own subtracts the maximum over all rows, so that a whole row can underflow.
        DiffSharpTensor largest = x.Tensor.max(axis, true);
        // ∞ − ∞ is NaN: an infinite maximum is not subtracted.
        var shift = Constant(largest, static m => double.IsInfinity(m) ? 0 : m);
        return Log(Sum(Exp(x - shift), axis)) + Sum(shift, axis);
    }
    /// <inheritdoc/>
    public static DiffSharpTensor MatMul(DiffSharpTensor a, DiffSharpTensor b) => a.Tensor.matmul(b.Tensor);
    /// <inheritdoc/>
    public static DiffSharpTensor Transpose(DiffSharpTensor x) => x.Tensor.transpose();
    /// <inheritdoc/>
    public static DiffSharpTensor Reshape(DiffSharpTensor x, params int[] dims) => x.Tensor.view((int[])dims.Clone());
    /// <inheritdoc/>
    public static DiffSharpTensor Slice(DiffSharpTensor x, int axis, int start, int length)
    {
        if (start < 0 || length < 1 || length > x.Tensor.shape[axis] - start)
            throw new ArgumentException(
                $"slice: must be at least one of the positions 0 … {x.Tensor.shape[axis] - 1}, got {length} from {start}");
        // One row per axis: the first and the last position, and 0 to keep the axis if they are equal.
        var bounds = new int[x.Tensor.dim, 3];
        for (var i = 0; i < x.Tensor.dim; i++)
            (bounds[i, 0], bounds[i, 1]) = i == axis ? (start, start + length - 1) : (0, x.Tensor.shape[i] - 1);
        return x.Tensor.GetSlice(bounds);
    }

    /// <inheritdoc/>
    public static DiffSharpTensor Concat(DiffSharpTensor a, DiffSharpTensor b, int axis) => dsharp.cat([a.Tensor, b.Tensor], axis);
    /// <inheritdoc/>
    public static DiffSharpTensor Constant(DiffSharpTensor like, double[] values, params int[] dims) => FromValues(values, dims);
    /// <inheritdoc/>
    public static DiffSharpTensor StopGradient(DiffSharpTensor x) => x.Tensor.noDiff();
    /// <inheritdoc/>
    public static DiffSharpTensor OneHotArgMax(DiffSharpTensor x, int axis) =>
        FromValues(NdArray.OneHotArgMax(NdArray.FromValues(x.ToArray(), x.Dims), axis).ToArray(), x.Dims);

    /// <summary>The dimensions and the values as text.</summary>
    public override string ToString() => NdArray.FromValues(ToArray(), Dims).ToString();

    /// <summary>f of each value, as a constant without derivatives.</summary>
    private static DiffSharpTensor Constant(DiffSharpTensor x, Func<double, double> f) =>
        FromValues(Array.ConvertAll(x.ToArray(), v => f(v)), x.Dims);

    /// <summary>ln(1 + v) minus the logarithm of the rounded sum 1 + v, to first order; the remainder is below v's last digit.</summary>
    private static double Rounded(double v)
    {
        var sum = 1 + v;
        return sum > 0 && double.IsFinite(sum) ? (v - (sum - 1)) / sum : 0;
    }
}
