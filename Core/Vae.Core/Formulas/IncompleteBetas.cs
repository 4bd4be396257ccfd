namespace Vae;

/// <summary>
/// The regularized incomplete beta function, on which the distribution functions of beta, Student-t and negative binomial variables rest.
/// </summary>
internal static class IncompleteBetas
{
    private const int MaxTerms = 1_000_000;
    private const double Precision = 4e-16, Tiny = 1e-300;

    /// <summary>I(x; a, b), the probability that a Beta(a, b) variable is at most x; a, b &gt; 0, x in [0, 1].</summary>
    public static double Regularized(double a, double b, double x) => Regularized(a, b, x, 1 - x);

    /// <summary>I(x; a, b) with y = 1 − x given, which keeps its digits where x is almost 1.</summary>
    public static double Regularized(double a, double b, double x, double y) =>
        x <= 0 ? 0 : y <= 0 ? 1
        // Beyond this point the fraction converges slowly, and that of the mirrored distribution fast.
        : x < (a + 1) / (a + b + 2) ? Factor(a, b, x, y) * Fraction(a, b, x) / a
        : 1 - Factor(a, b, x, y) * Fraction(b, a, y) / b;

    private static double Factor(double a, double b, double x, double y) => Math.Exp(
        a * Math.Log(x) + b * Math.Log(y) + Gammas.LogGamma(a + b) - Gammas.LogGamma(a) - Gammas.LogGamma(b));

    // By Lentz's method; Lentz 1976, Thompson & Barnett 1986.
    private static double Fraction(double a, double b, double x)
    {
        double c = 1, d = 1 / Away(1 - (a + b) * x / (a + 1)), value = d;
        for (var k = 1; k < MaxTerms; k++)
        {
            var even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k));
            var odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
            foreach (var term in (ReadOnlySpan<double>)[even, odd])
            {
                d = 1 / Away(1 + term * d);
                c = Away(1 + term / c);
                value *= c * d;
            }
            if (Math.Abs(c * d - 1) < Precision)
                break;
        }
        return value;
    }

    private static double Away(double x) => Math.Abs(x) < Tiny ? Tiny : x;
}
