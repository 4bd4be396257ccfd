namespace Vae;

/// <summary>Mean and squared deviations of numbers that are seen once, in parts; Chan, Golub &amp; LeVeque 1983.</summary>
/// <param name="Count">Number of numbers.</param>
/// <param name="Mean">Their mean; 0 of none.</param>
/// <param name="Squares">Sum of squared deviations from the mean; ≥ 0.</param>
internal readonly record struct RunningMoments(long Count, double Mean, double Squares)
{
    private const int Part = 4096;

    /// <summary>The standard deviation; 0 of none.</summary>
    public double Deviation => Count == 0 ? 0 : Math.Sqrt(Squares / Count);

    /// <summary>The moments of numbers, in one pass over them.</summary>
    public static RunningMoments Of(IEnumerable<double> numbers) =>
        numbers.Chunk(Part).Aggregate(default(RunningMoments), (sum, part) => sum.With(Of(part)));

    /// <summary>The moments of these numbers and others.</summary>
    public RunningMoments With(RunningMoments other)
    {
        if (other.Count == 0)
            return this;
        var (count, between) = (Count + other.Count, other.Mean - Mean);
        var share = other.Count / (double)count;
        return new(count, Mean + between * share, Squares + other.Squares + between * between * Count * share);
    }

    private static RunningMoments Of(double[] part)
    {
        // From the first number on: those far from 0 keep their digits.
        var mean = part[0] + part.Sum(x => x - part[0]) / part.Length;
        return new(part.Length, mean, part.Sum(x => (x - mean) * (x - mean)));
    }
}
