namespace Vae;

/// <summary>Quantile functions found by bisection of distribution functions, on numbers and elementwise on arrays.</summary>
internal static class Quantiles
{
    private const int Halvings = 100;

    // Beyond it a double does not distinguish neighbouring counts.
    private const double MaxCount = 1L << 52;

    /// <summary>The x in [low, high] at which a continuous distribution function reaches p.</summary>
    public static double Find(Func<double, double> cdf, double p, double low, double high)
    {
        for (var i = 0; i < Halvings; i++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = cdf(middle) < p ? (middle, high) : (low, middle);
        }
        return 0.5 * (low + high);
    }

    /// <summary>The least of 0, 1, 2, … at which a distribution function reaches p; the search begins at a number near the mean.</summary>
    public static double FindCount(Func<double, double> cdf, double p, double near)
    {
        double low = -1, high = Math.Floor(near), step = 1 + Math.Floor(Math.Sqrt(near));
        for (; high < MaxCount && cdf(high) < p; step *= 2)
            (low, high) = (high, high + step);
        while (high - low > 1)
        {
            var middle = Math.Floor(0.5 * (low + high));
            (low, high) = cdf(middle) < p ? (middle, high) : (low, middle);
        }
        return high;
    }

    /// <summary>The quantile of a Poisson variable; rate &gt; 0, p in (0, 1).</summary>
    public static double Poisson(double rate, double p) => FindCount(k => IncompleteGammas.Upper(k + 1, rate), p, rate);

    /// <summary>The quantile of a negative binomial variable of mean μ and variance μ + μ²/r; mean, r &gt; 0, p in (0, 1).</summary>
    public static double NegativeBinomial(double mean, double r, double p) =>
        FindCount(k => IncompleteBetas.Regularized(r, k + 1, r / (r + mean), mean / (r + mean)), p, mean);

    /// <summary>The quantile of a Beta(a, b) variable, to 1e-16; a, b &gt; 0, p in (0, 1).</summary>
    public static double Beta(double a, double b, double p) => Find(x => IncompleteBetas.Regularized(a, b, x), p, 0, 1);

    /// <summary>A function of three numbers, elementwise; a and b are broadcast to the dimensions of c.</summary>
    public static NdArray Map(NdArray a, NdArray b, NdArray c, Func<double, double, double, double> f)
    {
        double[] first = (a + 0 * c).ToArray(), second = (b + 0 * c).ToArray(), third = c.ToArray();
        return NdArray.FromValues([.. third.Select((value, i) => f(first[i], second[i], value))], c.Dims);
    }
}
