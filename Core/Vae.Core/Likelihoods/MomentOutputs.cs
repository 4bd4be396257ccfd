namespace Vae;

/// <summary>Decoder outputs from means and variances, for families whose mean is no closed form of its parameters or has bounds.</summary>
internal static class MomentOutputs
{
    /// <summary>
    /// Nearest that a mean in [0, 1] comes to its ends: at them logits are infinite. As in the code of Burda et al. 2016.
    /// </summary>
    public const double Margin = 0.001;

    // The bounds of ln σ: a value that never varies gives no scale, and a first guess far too small would make the loss explode.
    private const double MinLogScale = -4, MaxLogScale = 10;

    // Bisections of an interval, after which it is below the precision of a double.
    private const int Halvings = 100;

    /// <summary>A mean in [0, 1], at least a margin from 0 and 1.</summary>
    public static double Inner(double mean, double margin = Margin) => Math.Clamp(mean, margin, 1 - margin);

    /// <summary>ln(p / (1 − p)).</summary>
    public static double Logit(double p) => Math.Log(p / (1 - p));

    /// <summary>The output of a learned scale that is √variance times a factor, within bounds.</summary>
    public static double LogScale(double variance, double factor = 1) =>
        Stable.InverseSoftClip(
            Math.Clamp(Math.Log(Math.Sqrt(variance) * factor), MinLogScale, MaxLogScale), LearnedScales.MinLog, LearnedScales.MaxLog);

    /// <summary>The x in [−bound, bound] of each value at which an increasing function takes it, or the nearer end; all at once.</summary>
    public static double[] Solve(Func<double[], double[]> increasing, double[] values, double bound)
    {
        double[] low = [.. values.Select(_ => -bound)], high = [.. values.Select(_ => bound)];
        for (var i = 0; i < Halvings; i++)
        {
            double[] middle = [.. low.Zip(high, (a, b) => (a + b) / 2)];
            var reached = increasing(middle);
            for (var at = 0; at < values.Length; at++)
                (reached[at] < values[at] ? low : high)[at] = middle[at];
        }
        return [.. low.Zip(high, (a, b) => (a + b) / 2)];
    }

    /// <summary>Logits of the levels 0 … n − 1 of greatest entropy with a mean level, which are in proportion to the level.</summary>
    public static double[] Levels(double meanLevel, int levels)
    {
        // Farther out the mean is within e⁻³⁰ of the last level.
        const double steepest = 30;
        var slope = Solve(slopes => [MeanLevel(slopes[0], levels)], [meanLevel], steepest)[0];
        return [.. Enumerable.Range(0, levels).Select(k => slope * (k - (levels - 1) / 2.0))];
    }

    private static double MeanLevel(double slope, int levels)
    {
        double sum = 0, weighted = 0;
        for (var k = 0; k < levels; k++)
        {
            var mass = Math.Exp(slope * (slope > 0 ? k - (levels - 1) : k));
            (sum, weighted) = (sum + mass, weighted + mass * k);
        }
        return weighted / sum;
    }
}
