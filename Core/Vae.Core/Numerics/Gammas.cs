namespace Vae;

/// <summary>The logarithm of the gamma function, by Stirling's series at x + 8, where its error is below 2e-14.</summary>
internal static class Gammas
{
    private const int Shift = 8;

    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    // Bernoulli numbers over 2k(2k − 1).
    private static readonly double[] Series = [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360];

    /// <summary>ln Γ(x), elementwise; x &gt; 0.</summary>
    public static T LogGamma<T>(T x) where T : struct, ITensor<T>
    {
        var far = x + Shift;
        // In pairs: a product of all eight would overflow float32 from 1e5 on.
        var steps = T.Log(x) + T.Log((x + 1) * (x + 2)) + T.Log((x + 3) * (x + 4)) + T.Log((x + 5) * (x + 6)) + T.Log(x + 7);
        return (far - 0.5) * T.Log(far) - far + HalfLogTwoPi + Remainder(far) - steps;
    }

    /// <summary>ln Γ(x) of a number; x &gt; 0.</summary>
    public static double LogGamma(double x)
    {
        double far = x + Shift, square = 1 / (far * far), sum = 0, product = 1;
        for (var k = Series.Length - 1; k >= 0; k--)
            sum = sum * square + Series[k];
        // A double holds the product of all eight up to 1e38.
        for (var i = 0; i < Shift; i++)
            product *= x + i;
        return (far - 0.5) * Math.Log(far) - far + HalfLogTwoPi + sum / far - Math.Log(product);
    }

    /// <summary>ln Γ(r + x) − ln Γ(r), elementwise, without cancellation for large r; r &gt; 0, x ≥ 0.</summary>
    public static T LogRising<T>(T r, T x) where T : struct, ITensor<T>
    {
        var far = r + Shift;
        var rise = (far - 0.5) * T.Log1p(x / far) + x * T.Log(far + x) - x + Remainder(far + x) - Remainder(far);
        for (var i = 0; i < Shift; i++)
            rise -= T.Log1p(x / (r + i));
        return rise;
    }

    private static T Remainder<T>(T far) where T : struct, ITensor<T>
    {
        var inverse = 1 / far;
        var square = T.Square(inverse);
        var sum = Series[^1] * square + Series[^2];
        for (var k = Series.Length - 3; k >= 0; k--)
            sum = sum * square + Series[k];
        return sum * inverse;
    }
}
