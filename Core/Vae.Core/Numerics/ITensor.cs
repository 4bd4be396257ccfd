namespace Vae;

/// <summary>
/// What a formula needs of numbers: elementwise arithmetic with broadcasting, sums, shapes. A formula is written once
/// over it; TorchSharp trains it, arrays of doubles and dual numbers check it, derivatives included.
/// </summary>
/// <remarks>
/// Type and device follow the operands, for which <see cref="Constant"/> asks for one too. Shapes include the batch axis.
/// A carrier never disposes its operands: a result may alias one.
/// </remarks>
public interface ITensor<T> where T : struct, ITensor<T>
{
    /// <summary>The dimensions, batch axis first.</summary>
    int[] Dims { get; }

    /// <summary>Elementwise, broadcast from the right.</summary>
    static abstract T operator +(T a, T b);
    /// <summary>Elementwise, broadcast from the right.</summary>
    static abstract T operator -(T a, T b);
    /// <summary>Elementwise, broadcast from the right.</summary>
    static abstract T operator *(T a, T b);
    /// <summary>Elementwise, broadcast from the right.</summary>
    static abstract T operator /(T a, T b);
    /// <summary>Elementwise.</summary>
    static abstract T operator -(T a);
    /// <summary>Elementwise.</summary>
    static abstract T operator +(T a, double b);
    /// <summary>Elementwise.</summary>
    static abstract T operator +(double a, T b);
    /// <summary>Elementwise.</summary>
    static abstract T operator -(T a, double b);
    /// <summary>Elementwise.</summary>
    static abstract T operator -(double a, T b);
    /// <summary>Elementwise.</summary>
    static abstract T operator *(T a, double b);
    /// <summary>Elementwise.</summary>
    static abstract T operator *(double a, T b);
    /// <summary>Elementwise.</summary>
    static abstract T operator /(T a, double b);
    /// <summary>Elementwise.</summary>
    static abstract T operator /(double a, T b);

    /// <summary>eˣ, elementwise.</summary>
    static abstract T Exp(T x);
    /// <summary>ln x, elementwise; x &gt; 0.</summary>
    static abstract T Log(T x);
    /// <summary>ln(1 + x), elementwise, exact near 0; x &gt; −1.</summary>
    static abstract T Log1p(T x);
    /// <summary>√x, elementwise; x ≥ 0.</summary>
    static abstract T Sqrt(T x);
    /// <summary>x², elementwise.</summary>
    static abstract T Square(T x);
    /// <summary>|x|, elementwise.</summary>
    static abstract T Abs(T x);
    /// <summary>−1, 0 or 1, elementwise; its derivative is 0.</summary>
    static abstract T Sign(T x);
    /// <summary>tanh x, elementwise.</summary>
    static abstract T Tanh(T x);
    /// <summary>1 / (1 + e⁻ˣ), elementwise.</summary>
    static abstract T Sigmoid(T x);
    /// <summary>ln(1 / (1 + e⁻ˣ)), elementwise, without overflow for any finite x.</summary>
    static abstract T LogSigmoid(T x);

    /// <summary>The sum over the given axes, counted from 0, which are removed; over none, x itself.</summary>
    static abstract T Sum(T x, params int[] axes);
    /// <summary>[B, ...] → [B]: the sum over all but the batch axis.</summary>
    static abstract T SumEvent(T x);
    /// <summary>ln Σ eˣ over one axis, which is removed; without overflow; −∞ where all are −∞.</summary>
    static abstract T LogSumExp(T x, int axis);
    /// <summary>[n, k] · [k, m] → [n, m].</summary>
    static abstract T MatMul(T a, T b);
    /// <summary>[n, m] → [m, n].</summary>
    static abstract T Transpose(T x);
    /// <summary>The same values in other dimensions of equal product.</summary>
    static abstract T Reshape(T x, params int[] dims);
    /// <summary>The positions start … start + length − 1 of one axis.</summary>
    static abstract T Slice(T x, int axis, int start, int length);
    /// <summary>a and then b along one axis; all other dimensions are equal.</summary>
    static abstract T Concat(T a, T b, int axis);
    /// <summary>Given values, row-major, in the type and on the device of <paramref name="like"/>; no derivative.</summary>
    static abstract T Constant(T like, double[] values, params int[] dims);
    /// <summary>The same value, whose derivative is 0.</summary>
    static abstract T StopGradient(T x);
    /// <summary>1 at the first of the largest values along one axis, which is kept, else 0; no derivative. Without NaN.</summary>
    static abstract T OneHotArgMax(T x, int axis);
}
