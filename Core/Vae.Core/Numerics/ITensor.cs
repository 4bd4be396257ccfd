namespace Vae;

/// <summary>
/// The tensor operations that formulas use: elementwise arithmetic with broadcasting, sums and shapes. A formula is written once over it.
/// TorchSharp tensors train it; arrays of doubles and dual numbers test it, including its derivatives.
/// </summary>
/// <typeparam name="T">The tensor type itself.</typeparam>
/// <remarks>
/// Results have the type and device of their operands, which is why <see cref="Constant"/> takes a tensor too. Dimensions include the
/// batch axis. Operations never dispose their operands, and a result may alias one.
/// </remarks>
/// <example>
/// <code>
/// // A formula over any tensor type: the mean squared error of each example. [B, D] → [B].
/// public static T MeanSquaredError&lt;T&gt;(T x, T y) where T : struct, ITensor&lt;T&gt; =&gt;
///     T.SumEvent(T.Square(x - y)) / x.Dims[1];
/// </code>
/// </example>
public interface ITensor<T> where T : struct, ITensor<T>
{
    /// <summary>The dimensions, batch axis first.</summary>
    int[] Dims { get; }

    /// <summary>Elementwise sum, broadcast from the right.</summary>
    static abstract T operator +(T a, T b);
    /// <summary>Elementwise difference, broadcast from the right.</summary>
    static abstract T operator -(T a, T b);
    /// <summary>Elementwise product, broadcast from the right.</summary>
    static abstract T operator *(T a, T b);
    /// <summary>Elementwise quotient, broadcast from the right.</summary>
    static abstract T operator /(T a, T b);
    /// <summary>The negative of each element.</summary>
    static abstract T operator -(T a);
    /// <summary>Adds a number to each element.</summary>
    static abstract T operator +(T a, double b);
    /// <summary>Adds a number to each element.</summary>
    static abstract T operator +(double a, T b);
    /// <summary>Subtracts a number from each element.</summary>
    static abstract T operator -(T a, double b);
    /// <summary>Subtracts each element from a number.</summary>
    static abstract T operator -(double a, T b);
    /// <summary>Multiplies each element by a number.</summary>
    static abstract T operator *(T a, double b);
    /// <summary>Multiplies each element by a number.</summary>
    static abstract T operator *(double a, T b);
    /// <summary>Divides each element by a number.</summary>
    static abstract T operator /(T a, double b);
    /// <summary>Divides a number by each element.</summary>
    static abstract T operator /(double a, T b);

    /// <summary>eˣ, elementwise.</summary>
    /// <param name="x">Any shape.</param>
    static abstract T Exp(T x);
    /// <summary>ln x, elementwise.</summary>
    /// <param name="x">Any shape; &gt; 0.</param>
    static abstract T Log(T x);
    /// <summary>ln(1 + x), elementwise, exact near 0.</summary>
    /// <param name="x">Any shape; &gt; −1.</param>
    static abstract T Log1p(T x);
    /// <summary>√x, elementwise.</summary>
    /// <param name="x">Any shape; ≥ 0.</param>
    static abstract T Sqrt(T x);
    /// <summary>x², elementwise.</summary>
    /// <param name="x">Any shape.</param>
    static abstract T Square(T x);
    /// <summary>|x|, elementwise.</summary>
    /// <param name="x">Any shape.</param>
    static abstract T Abs(T x);
    /// <summary>The sign of each element: −1, 0 or 1. Its derivative is 0.</summary>
    /// <param name="x">Any shape.</param>
    static abstract T Sign(T x);
    /// <summary>tanh x, elementwise.</summary>
    /// <param name="x">Any shape.</param>
    static abstract T Tanh(T x);
    /// <summary>1 / (1 + e⁻ˣ), elementwise.</summary>
    /// <param name="x">Any shape.</param>
    static abstract T Sigmoid(T x);
    /// <summary>ln(1 / (1 + e⁻ˣ)), elementwise, without overflow.</summary>
    /// <param name="x">Any shape; finite.</param>
    static abstract T LogSigmoid(T x);
    /// <summary>
    /// x between two bounds, elementwise; beyond a bound its excess e becomes ln(1 + e), so that value and slope have no jump.
    /// </summary>
    /// <param name="x">Any shape.</param>
    /// <param name="min">The lower bound.</param>
    /// <param name="max">The upper bound; greater than the lower.</param>
    static abstract T SoftClamp(T x, double min, double max);

    /// <summary>The sum over some axes, which are removed; x itself if there are none.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">The axes, counted from 0.</param>
    static abstract T Sum(T x, params int[] axes);
    /// <summary>The sum over all axes but the batch axis. [B, ...] → [B].</summary>
    /// <param name="x">[B, ...].</param>
    static abstract T SumEvent(T x);
    /// <summary>ln Σ eˣ over one axis, which is removed, without overflow; −∞ where all elements are −∞.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axis">The axis, counted from 0.</param>
    static abstract T LogSumExp(T x, int axis);
    /// <summary>The matrix product. [n, k] · [k, m] → [n, m].</summary>
    /// <param name="a">[n, k].</param>
    /// <param name="b">[k, m].</param>
    static abstract T MatMul(T a, T b);
    /// <summary>The transpose. [n, m] → [m, n].</summary>
    /// <param name="x">[n, m].</param>
    static abstract T Transpose(T x);
    /// <summary>The same values, row-major, in other dimensions.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="dims">The new dimensions; their product is the number of values.</param>
    static abstract T Reshape(T x, params int[] dims);
    /// <summary>The positions start … start + length − 1 of one axis.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axis">The axis, counted from 0.</param>
    /// <param name="start">The first position; ≥ 0.</param>
    /// <param name="length">Number of positions; ≥ 0.</param>
    static abstract T Slice(T x, int axis, int start, int length);
    /// <summary>Concatenates two tensors along one axis.</summary>
    /// <param name="a">The first tensor.</param>
    /// <param name="b">The second tensor; its other dimensions equal those of a.</param>
    /// <param name="axis">The axis, counted from 0.</param>
    static abstract T Concat(T a, T b, int axis);
    /// <summary>A tensor of given values, without a derivative.</summary>
    /// <param name="like">Gives the type and the device.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="dims">The dimensions; their product is the number of values.</param>
    static abstract T Constant(T like, double[] values, params int[] dims);
    /// <summary>The same value, with a derivative of 0.</summary>
    /// <param name="x">Any shape.</param>
    static abstract T StopGradient(T x);
    /// <summary>1 at the first of the largest values along one axis, else 0, in the dimensions of x; no derivative.</summary>
    /// <param name="x">Any shape; no NaN.</param>
    /// <param name="axis">The axis, counted from 0.</param>
    static abstract T OneHotArgMax(T x, int axis);
}
