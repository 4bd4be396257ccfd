namespace Vae;

/// <summary>The reference tensor type: an array of doubles in row-major order with its dimensions.</summary>
/// <example>
/// <code>
/// NdArray x = NdArray.FromValues([1, 2, 3, 4], 2, 2);
/// double[] sums = NdArray.SumEvent(x).ToArray(); // [3, 7]
/// </code>
/// </example>
public readonly struct NdArray : ITensor<NdArray>
{
    private readonly double[] values;
    private readonly int[] dims;

    private NdArray(double[] values, int[] dims) => (this.values, this.dims) = (values, dims);

    /// <summary>An array of copies of the values.</summary>
    /// <param name="values">The values, row-major.</param>
    /// <param name="dims">The dimensions.</param>
    /// <exception cref="ArgumentException">The product of the dimensions is not the number of values.</exception>
    public static NdArray FromValues(double[] values, params int[] dims) =>
        values.Length == Indexing.Size(dims)
            ? new((double[])values.Clone(), (int[])dims.Clone())
            : throw new ArgumentException(
                $"dims: must multiply to the number of values {values.Length}, got {Indexing.Size(dims)}", nameof(dims));

    /// <summary>An array with the same value everywhere.</summary>
    /// <param name="value">The value.</param>
    /// <param name="dims">The dimensions.</param>
    public static NdArray Full(double value, params int[] dims)
    {
        var values = new double[Indexing.Size(dims)];
        Array.Fill(values, value);
        return new(values, (int[])dims.Clone());
    }

    /// <summary>A copy of the dimensions.</summary>
    public int[] Dims => (int[])dims.Clone();

    /// <summary>A copy of the values, row-major.</summary>
    public double[] ToArray() => (double[])values.Clone();

    /// <summary>The only value of an array with one value.</summary>
    /// <exception cref="InvalidOperationException">The array has more or fewer values.</exception>
    public double Item => values.Length == 1
        ? values[0]
        : throw new InvalidOperationException($"Item: must have one value, got {values.Length}");

    /// <inheritdoc/>
    public static NdArray operator +(NdArray a, NdArray b) => Zip(a, b, static (x, y) => x + y);
    /// <inheritdoc/>
    public static NdArray operator -(NdArray a, NdArray b) => Zip(a, b, static (x, y) => x - y);
    /// <inheritdoc/>
    public static NdArray operator *(NdArray a, NdArray b) => Zip(a, b, static (x, y) => x * y);
    /// <inheritdoc/>
    public static NdArray operator /(NdArray a, NdArray b) => Zip(a, b, static (x, y) => x / y);
    /// <inheritdoc/>
    public static NdArray operator -(NdArray a) => Map(a, static x => -x);
    /// <inheritdoc/>
    public static NdArray operator +(NdArray a, double b) => Map(a, x => x + b);
    /// <inheritdoc/>
    public static NdArray operator +(double a, NdArray b) => b + a;
    /// <inheritdoc/>
    public static NdArray operator -(NdArray a, double b) => Map(a, x => x - b);
    /// <inheritdoc/>
    public static NdArray operator -(double a, NdArray b) => Map(b, x => a - x);
    /// <inheritdoc/>
    public static NdArray operator *(NdArray a, double b) => Map(a, x => x * b);
    /// <inheritdoc/>
    public static NdArray operator *(double a, NdArray b) => b * a;
    /// <inheritdoc/>
    public static NdArray operator /(NdArray a, double b) => Map(a, x => x / b);
    /// <inheritdoc/>
    public static NdArray operator /(double a, NdArray b) => Map(b, x => a / x);

    /// <inheritdoc/>
    public static NdArray Exp(NdArray x) => Map(x, Math.Exp);
    /// <inheritdoc/>
    public static NdArray Log(NdArray x) => Map(x, Math.Log);
    /// <inheritdoc/>
    public static NdArray Log1p(NdArray x) => Map(x, Stable.Log1p);
    /// <inheritdoc/>
    public static NdArray Sqrt(NdArray x) => Map(x, Math.Sqrt);
    /// <inheritdoc/>
    public static NdArray Square(NdArray x) => Map(x, static v => v * v);
    /// <inheritdoc/>
    public static NdArray Abs(NdArray x) => Map(x, Math.Abs);
    /// <inheritdoc/>
    public static NdArray Sign(NdArray x) => Map(x, static v => double.IsNaN(v) ? v : Math.Sign(v));
    /// <inheritdoc/>
    public static NdArray Tanh(NdArray x) => Map(x, Math.Tanh);
    /// <inheritdoc/>
    public static NdArray Sigmoid(NdArray x) => Map(x, Stable.Sigmoid);
    /// <inheritdoc/>
    public static NdArray LogSigmoid(NdArray x) => Map(x, static v => Math.Min(v, 0) - Stable.Log1p(Math.Exp(-Math.Abs(v))));
    /// <inheritdoc/>
    public static NdArray SoftClamp(NdArray x, double min, double max) => Map(x, v =>
    {
        var inside = Math.Clamp(v, min, max);
        // Not Math.Sign, which throws for NaN.
        return inside + Math.CopySign(Stable.Log1p(Math.Abs(v - inside)), v - inside);
    });

    /// <inheritdoc/>
    public static NdArray Sum(NdArray x, params int[] axes)
    {
        Indexing.CheckAxes(x.dims, axes);
        var into = Indexing.Strides([.. x.dims.Select((dim, axis) => axes.Contains(axis) ? 1 : dim)]);
        var sums = new double[Indexing.Size([.. x.dims.Where((_, axis) => !axes.Contains(axis))])];
        var strides = into.Select((stride, axis) => axes.Contains(axis) ? 0 : stride).ToArray();
        for (var i = 0; i < x.values.Length; i++)
            sums[Indexing.Offset(i, x.dims, strides)] += x.values[i];
        return new(sums, [.. x.dims.Where((_, axis) => !axes.Contains(axis))]);
    }

    /// <inheritdoc/>
    public static NdArray SumEvent(NdArray x) => Sum(x, [.. Enumerable.Range(1, x.dims.Length - 1)]);

    /// <inheritdoc/>
    public static NdArray LogSumExp(NdArray x, int axis)
    {
        Indexing.CheckAxes(x.dims, axis);
        int[] kept = [.. x.dims.Where((_, i) => i != axis)], one = [.. x.dims.Select((dim, i) => i == axis ? 1 : dim)];
        var max = Full(double.NegativeInfinity, one);
        var strides = Indexing.Strides(one).Select((stride, i) => i == axis ? 0 : stride).ToArray();
        for (var i = 0; i < x.values.Length; i++)
        {
            var at = Indexing.Offset(i, x.dims, strides);
            max.values[at] = Math.Max(max.values[at], x.values[i]);
        }
        // ∞ − ∞ is not a number, so an infinite maximum is not subtracted.
        var shift = Map(max, static m => double.IsInfinity(m) ? 0 : m);
        return Log(Sum(Exp(x - shift), axis)) + Reshape(shift, kept);
    }

    /// <inheritdoc/>
    public static NdArray MatMul(NdArray a, NdArray b)
    {
        int rows = a.dims[0], inner = a.dims[1], columns = b.dims[1];
        if (b.dims[0] != inner)
            throw new ArgumentException($"b: must have {inner} rows, got {b.dims[0]}", nameof(b));
        return Sum(Reshape(a, rows, inner, 1) * Reshape(b, 1, inner, columns), 1);
    }

    /// <inheritdoc/>
    public static NdArray Transpose(NdArray x)
    {
        int rows = x.dims[0], columns = x.dims[1];
        var transposed = new double[x.values.Length];
        for (var i = 0; i < transposed.Length; i++)
            transposed[i] = x.values[i % rows * columns + i / rows];
        return new(transposed, [columns, rows]);
    }

    /// <inheritdoc/>
    public static NdArray Reshape(NdArray x, params int[] dims) => FromValues(x.values, dims);

    /// <inheritdoc/>
    public static NdArray Slice(NdArray x, int axis, int start, int length)
    {
        Indexing.CheckAxes(x.dims, axis);
        if (start < 0 || length < 0 || length > x.dims[axis] - start)
            throw new ArgumentException($"slice: must lie in 0 … {x.dims[axis]}, got {length} positions from {start}");
        int[] kept = [.. x.dims.Select((dim, i) => i == axis ? length : dim)];
        var strides = Indexing.Strides(x.dims);
        var sliced = new double[Indexing.Size(kept)];
        for (var i = 0; i < sliced.Length; i++)
            sliced[i] = x.values[Indexing.Offset(i, kept, strides) + start * strides[axis]];
        return new(sliced, kept);
    }

    /// <inheritdoc/>
    public static NdArray Concat(NdArray a, NdArray b, int axis)
    {
        Indexing.CheckAxes(a.dims, axis);
        if (a.dims.Length != b.dims.Length || a.dims.Where((dim, i) => i != axis && dim != b.dims[i]).Any())
            throw new ArgumentException(
                $"b: must be {string.Join('×', a.dims)} except along axis {axis}, got {string.Join('×', b.dims)}", nameof(b));
        int[] dims = [.. a.dims.Select((dim, i) => i == axis ? dim + b.dims[i] : dim)];
        // A block spans the axis and all after it; blocks of a and of b alternate.
        int left = Indexing.Size(a.dims[axis..]), right = Indexing.Size(b.dims[axis..]);
        var values = new double[Indexing.Size(dims)];
        for (var i = 0; i < values.Length; i++)
        {
            var (block, place) = Math.DivRem(i, left + right);
            values[i] = place < left ? a.values[block * left + place] : b.values[block * right + place - left];
        }
        return new(values, dims);
    }

    /// <inheritdoc/>
    public static NdArray Constant(NdArray like, double[] values, params int[] dims) => FromValues(values, dims);

    /// <inheritdoc/>
    public static NdArray StopGradient(NdArray x) => x;

    /// <inheritdoc/>
    public static NdArray OneHotArgMax(NdArray x, int axis)
    {
        Indexing.CheckAxes(x.dims, axis);
        var strides = Indexing.Strides(x.dims);
        var (length, stride) = (x.dims[axis], strides[axis]);
        var hot = new double[x.values.Length];
        for (var i = 0; i < hot.Length; i++)
            if (i / stride % length == 0)
                hot[Enumerable.Range(0, length).Select(at => i + at * stride).MaxBy(at => x.values[at])] = 1;
        return new(hot, x.dims);
    }

    /// <summary>The dimensions and the values.</summary>
    public override string ToString() => $"[{string.Join('×', dims)}] {string.Join(' ', values)}";

    /// <summary>A function of each value.</summary>
    internal static NdArray Map(NdArray x, Func<double, double> f) => new(Array.ConvertAll(x.values, v => f(v)), x.dims);

    /// <summary>A function of each pair of values, broadcast.</summary>
    internal static NdArray Zip(NdArray a, NdArray b, Func<double, double, double> f)
    {
        var dims = Indexing.Broadcast(a.dims, b.dims);
        int[] left = Indexing.BroadcastStrides(a.dims, dims), right = Indexing.BroadcastStrides(b.dims, dims);
        var values = new double[Indexing.Size(dims)];
        for (var i = 0; i < values.Length; i++)
            values[i] = f(a.values[Indexing.Offset(i, dims, left)], b.values[Indexing.Offset(i, dims, right)]);
        return new(values, dims);
    }
}
