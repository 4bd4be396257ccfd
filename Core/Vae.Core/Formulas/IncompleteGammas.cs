namespace Vae;

/// <summary>The regularized incomplete gamma function, on which the distribution functions of gamma and Poisson variables rest.</summary>
internal static class IncompleteGammas
{
    // The number of terms grows with √a; the largest rates of counts, e²⁰, take about 10⁵.
    private const int MaxTerms = 1_000_000;
    private const double Precision = 1e-16, Tiny = 1e-300;

    /// <summary>P(a, x) = γ(a, x)/Γ(a), the probability that a Gamma(a) variable is at most x; a &gt; 0, x ≥ 0.</summary>
    public static double Lower(double a, double x) => x <= 0 ? 0 : x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    /// <summary>Q(a, x) = 1 − P(a, x); a &gt; 0, x ≥ 0.</summary>
    public static double Upper(double a, double x) => x <= 0 ? 1 : x < a + 1 ? 1 - Series(a, x) : Fraction(a, x);

    private static double Factor(double a, double x) => Math.Exp(a * Math.Log(x) - x - Gammas.LogGamma(a));

    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (var k = 1; k < MaxTerms && term > Precision * sum; k++)
            sum += term *= x / (a + k);
        return sum * Factor(a, x);
    }

    // The continued fraction by Lentz's method; Lentz 1976, Thompson & Barnett 1986.
    private static double Fraction(double a, double x)
    {
        double b = x + 1 - a, c = 1 / Tiny, d = 1 / b, value = d;
        for (var k = 1; k < MaxTerms; k++)
        {
            var term = k * (a - k);
            b += 2;
            d = 1 / Away(term * d + b);
            c = Away(b + term / c);
            value *= c * d;
            if (Math.Abs(c * d - 1) < Precision * 4)
                break;
        }
        return value * Factor(a, x);
    }

    private static double Away(double x) => Math.Abs(x) < Tiny ? Tiny : x;
}
