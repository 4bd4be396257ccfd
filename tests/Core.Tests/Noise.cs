namespace Vae.Tests;

/// <summary>Fixed noise, its distribution functions, and how far a mean of draws may lie from its expectation.</summary>
public static class Noise
{
    // A normal variable lies beyond six standard deviations with a probability of 2e-9.
    public const double Sigmas = 6;

    public static NdArray Normal(ulong seed, params int[] dims)
    {
        var source = KeyedRandom.FromSeed(seed);
        return NdArray.FromValues([.. Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(i =>
            Math.Sqrt(-2 * Math.Log(1 - source.Uniform(2 * i))) * Math.Cos(2 * Math.PI * source.Uniform(2 * i + 1)))], dims);
    }

    /// <summary>Of either sign, and far enough from 0 for a difference quotient of step 1e-3 not to cross it: |x| in [0.2, 2].</summary>
    public static NdArray AwayFromZero(ulong seed, params int[] dims)
    {
        var source = KeyedRandom.FromSeed(seed);
        return NdArray.FromValues([.. Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(i =>
            (source.Uniform(2 * i) < 0.5 ? -1 : 1) * (0.2 + 1.8 * source.Uniform(2 * i + 1)))], dims);
    }

    /// <summary>Holds the mean of independent draws to an expectation, by the draws' own standard error.</summary>
    public static void AssertMean(double expected, IReadOnlyCollection<double> draws)
    {
        var (mean, error) = Mean(draws);
        Assert.InRange(mean, expected - Sigmas * error - 1e-12, expected + Sigmas * error + 1e-12);
    }

    public static (double Mean, double StandardError) Mean(IReadOnlyCollection<double> draws)
    {
        var mean = draws.Average();
        return (mean, Math.Sqrt(draws.Sum(x => (x - mean) * (x - mean)) / (draws.Count - 1) / draws.Count));
    }

    /// <summary>Φ(x) by the series ½ + φ(x)·Σ x²ᵏ⁺¹ / (1·3·5 ⋯ (2k + 1)); Marsaglia 2004.</summary>
    public static double NormalCdf(double x)
    {
        var (term, sum) = (x, x);
        for (var odd = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); odd += 2)
            sum += term *= x * x / odd;
        return Math.Clamp(0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI), 0, 1);
    }

    /// <summary>The greatest distance between the draws' distribution function and the given one, times √n; Kolmogorov 1933.</summary>
    public static double KolmogorovSmirnov(IReadOnlyCollection<double> draws, Func<double, double> cdf) =>
        Math.Sqrt(draws.Count) * draws.Order().Select((x, i) =>
            Math.Max((i + 1.0) / draws.Count - cdf(x), cdf(x) - (double)i / draws.Count)).Max();
}
