namespace Vae;

/// <summary>
/// A dual number over any tensor type: a value and its derivative along one direction. Nested, <c>Dual&lt;Dual&lt;NdArray&gt;&gt;</c>
/// carries second derivatives, and so on to any order.
/// </summary>
/// <typeparam name="T">The tensor type of value and derivative.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Tangent">The derivative along the direction, in the dimensions of the value.</param>
public readonly record struct Dual<T>(T Value, T Tangent) : ITensor<Dual<T>> where T : struct, ITensor<T>
{
    /// <summary>A dual number whose derivative is 0.</summary>
    /// <param name="value">The value; finite.</param>
    public static Dual<T> Constant(T value) => new(value, 0.0 * value);

    /// <inheritdoc/>
    public int[] Dims => Value.Dims;

    /// <inheritdoc/>
    public static Dual<T> operator +(Dual<T> a, Dual<T> b) => new(a.Value + b.Value, a.Tangent + b.Tangent);
    /// <inheritdoc/>
    public static Dual<T> operator -(Dual<T> a, Dual<T> b) => new(a.Value - b.Value, a.Tangent - b.Tangent);
    /// <inheritdoc/>
    public static Dual<T> operator *(Dual<T> a, Dual<T> b) => new(a.Value * b.Value, a.Tangent * b.Value + a.Value * b.Tangent);
    /// <inheritdoc/>
    public static Dual<T> operator /(Dual<T> a, Dual<T> b)
    {
        var quotient = a.Value / b.Value;
        return new(quotient, (a.Tangent - quotient * b.Tangent) / b.Value);
    }
    /// <inheritdoc/>
    public static Dual<T> operator -(Dual<T> a) => new(-a.Value, -a.Tangent);
    /// <inheritdoc/>
    public static Dual<T> operator +(Dual<T> a, double b) => new(a.Value + b, a.Tangent);
    /// <inheritdoc/>
    public static Dual<T> operator +(double a, Dual<T> b) => b + a;
    /// <inheritdoc/>
    public static Dual<T> operator -(Dual<T> a, double b) => new(a.Value - b, a.Tangent);
    /// <inheritdoc/>
    public static Dual<T> operator -(double a, Dual<T> b) => new(a - b.Value, -b.Tangent);
    /// <inheritdoc/>
    public static Dual<T> operator *(Dual<T> a, double b) => new(a.Value * b, a.Tangent * b);
    /// <inheritdoc/>
    public static Dual<T> operator *(double a, Dual<T> b) => b * a;
    /// <inheritdoc/>
    public static Dual<T> operator /(Dual<T> a, double b) => new(a.Value / b, a.Tangent / b);
    /// <inheritdoc/>
    public static Dual<T> operator /(double a, Dual<T> b)
    {
        var quotient = a / b.Value;
        return new(quotient, -(quotient * b.Tangent / b.Value));
    }

    /// <inheritdoc/>
    public static Dual<T> Exp(Dual<T> x)
    {
        var exp = T.Exp(x.Value);
        return new(exp, exp * x.Tangent);
    }
    /// <inheritdoc/>
    public static Dual<T> Log(Dual<T> x) => new(T.Log(x.Value), x.Tangent / x.Value);
    /// <inheritdoc/>
    public static Dual<T> Log1p(Dual<T> x) => new(T.Log1p(x.Value), x.Tangent / (1.0 + x.Value));
    /// <inheritdoc/>
    public static Dual<T> Sqrt(Dual<T> x)
    {
        var root = T.Sqrt(x.Value);
        return new(root, x.Tangent / (2.0 * root));
    }
    /// <inheritdoc/>
    public static Dual<T> Square(Dual<T> x) => new(T.Square(x.Value), 2.0 * x.Value * x.Tangent);
    /// <inheritdoc/>
    public static Dual<T> Abs(Dual<T> x) => new(T.Abs(x.Value), T.Sign(x.Value) * x.Tangent);
    /// <inheritdoc/>
    public static Dual<T> Sign(Dual<T> x) => Constant(T.Sign(x.Value));
    /// <inheritdoc/>
    public static Dual<T> Tanh(Dual<T> x)
    {
        var tanh = T.Tanh(x.Value);
        return new(tanh, (1.0 - T.Square(tanh)) * x.Tangent);
    }
    /// <inheritdoc/>
    public static Dual<T> Sigmoid(Dual<T> x) =>
        new(T.Sigmoid(x.Value), T.Sigmoid(x.Value) * T.Sigmoid(-x.Value) * x.Tangent);
    /// <inheritdoc/>
    public static Dual<T> LogSigmoid(Dual<T> x) => new(T.LogSigmoid(x.Value), T.Sigmoid(-x.Value) * x.Tangent);
    /// <inheritdoc/>
    public static Dual<T> SoftClamp(Dual<T> x, double min, double max)
    {
        var beyond = T.Abs(x.Value - (min + max) / 2) - (max - min) / 2;
        return new(T.SoftClamp(x.Value, min, max), x.Tangent / (1.0 + 0.5 * (beyond + T.Abs(beyond))));
    }

    /// <inheritdoc/>
    public static Dual<T> Sum(Dual<T> x, params int[] axes) => new(T.Sum(x.Value, axes), T.Sum(x.Tangent, axes));
    /// <inheritdoc/>
    public static Dual<T> SumEvent(Dual<T> x) => new(T.SumEvent(x.Value), T.SumEvent(x.Tangent));
    /// <inheritdoc/>
    public static Dual<T> LogSumExp(Dual<T> x, int axis)
    {
        var total = T.LogSumExp(x.Value, axis);
        int[] one = [.. x.Dims.Select((dim, i) => i == axis ? 1 : dim)];
        return new(total, T.Sum(T.Exp(x.Value - T.Reshape(total, one)) * x.Tangent, axis));
    }
    /// <inheritdoc/>
    public static Dual<T> MatMul(Dual<T> a, Dual<T> b) =>
        new(T.MatMul(a.Value, b.Value), T.MatMul(a.Tangent, b.Value) + T.MatMul(a.Value, b.Tangent));
    /// <inheritdoc/>
    public static Dual<T> Transpose(Dual<T> x) => new(T.Transpose(x.Value), T.Transpose(x.Tangent));
    /// <inheritdoc/>
    public static Dual<T> Reshape(Dual<T> x, params int[] dims) => new(T.Reshape(x.Value, dims), T.Reshape(x.Tangent, dims));
    /// <inheritdoc/>
    public static Dual<T> Slice(Dual<T> x, int axis, int start, int length) =>
        new(T.Slice(x.Value, axis, start, length), T.Slice(x.Tangent, axis, start, length));
    /// <inheritdoc/>
    public static Dual<T> Concat(Dual<T> a, Dual<T> b, int axis) =>
        new(T.Concat(a.Value, b.Value, axis), T.Concat(a.Tangent, b.Tangent, axis));
    /// <inheritdoc/>
    public static Dual<T> Constant(Dual<T> like, double[] values, params int[] dims) => Constant(T.Constant(like.Value, values, dims));
    /// <inheritdoc/>
    public static Dual<T> StopGradient(Dual<T> x) => Constant(T.StopGradient(x.Value));
    /// <inheritdoc/>
    public static Dual<T> OneHotArgMax(Dual<T> x, int axis) => Constant(T.OneHotArgMax(x.Value, axis));
}
