namespace Vae;

public static partial class Normals
{
    // Beyond it, less than 10⁻²³ is left.
    private const double Farthest = 10;

    /// <summary>The distribution function of N(0, 1), accurate to about 10⁻¹⁵; Marsaglia 2004.</summary>
    /// <param name="x">Any number but NaN.</param>
    public static double Cdf(double x)
    {
        if (Math.Abs(x) >= Farthest)
            return x < 0 ? 0 : 1;
        double term = x, sum = x;
        // ∫₀ˣ φ = φ(x)·(x + x³/3 + x⁵/(3·5) + …): all terms have one sign.
        for (var k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); k += 2)
            sum += term *= x * x / k;
        return Math.Clamp(0.5 + sum * Math.Exp(-0.5 * (x * x + Math.Log(2 * Math.PI))), 0, 1);
    }
}
