namespace Vae;

/// <summary>Functions that stay finite and exact where the naive form overflows or cancels.</summary>
public static class Stable
{
    /// <summary>ln(1 + eˣ) = −ln σ(−x), elementwise.</summary>
    /// <param name="x">Any shape; finite.</param>
    public static T Softplus<T>(T x) where T : struct, ITensor<T> => -T.LogSigmoid(-x);

    /// <summary>ln((1/K) Σₖ eˣᵏ) over one axis of length K, which is removed; nats.</summary>
    /// <param name="x">Any shape; nats.</param>
    /// <param name="axis">The axis, counted from 0.</param>
    public static T LogMeanExp<T>(T x, int axis) where T : struct, ITensor<T> =>
        T.LogSumExp(x, axis) - Math.Log(x.Dims[axis]);

    /// <summary>
    /// x, smoothly clipped to [low, high]: it bends within a few units of each bound. The bounds are far apart; after Rybkin et al. 2021,
    /// section 3.2.
    /// </summary>
    internal static T SoftClip<T>(T x, double low, double high) where T : struct, ITensor<T> =>
        low + Softplus(high - low - Softplus(high - x));

    /// <summary>1 where x is greater than a number, else 0; its derivative is 0.</summary>
    internal static T Above<T>(T x, double number) where T : struct, ITensor<T> =>
        0.5 + 0.5 * T.Sign(T.Sign(x - number) - 0.5);

    /// <summary>ln(1 + x) to full precision.</summary>
    /// <param name="x">&gt; −1.</param>
    public static double Log1p(double x)
    {
        // Kahan's correction divides out the rounding of 1 + x.
        var sum = 1 + x;
        return sum == 1 ? x : double.IsPositiveInfinity(sum) ? sum : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>1 / (1 + e⁻ˣ), in (0, 1) up to rounding.</summary>
    /// <param name="x">Any number.</param>
    public static double Sigmoid(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
}
