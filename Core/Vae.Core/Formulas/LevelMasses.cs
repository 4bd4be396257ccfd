namespace Vae;

/// <summary>
/// Distributions over evenly spaced numbers 0, step, 2·step, …, parameterized by one logit each. Outputs are [B, n·C, …].
/// </summary>
internal static class LevelMasses
{
    /// <summary>0, step, 2·step, ….</summary>
    public static ValueList<double> Levels(int count, double step) => ValueList.From(Enumerable.Range(0, count).Select(k => k * step));

    /// <summary>−ln p of each value. Outputs [B, n·C, …], x [B, C, …] → [B, C, …]; nats.</summary>
    public static T NegLogDensityPerValue<T>(T outputs, T x, int levels, double step) where T : struct, ITensor<T>
    {
        var logits = OutputBlocks.Split(outputs, levels);
        return T.LogSumExp(logits, 1) - T.Sum(OneHot(x, levels, step) * logits, 1);
    }

    /// <summary>The mean of each value. Outputs [B, n·C, …] → [B, C, …].</summary>
    public static T Mean<T>(T outputs, int levels, double step) where T : struct, ITensor<T>
    {
        var logits = OutputBlocks.Split(outputs, levels);
        var masses = T.Exp(logits - OutputBlocks.Apart(T.LogSumExp(logits, 1)));
        return T.Sum(masses * OutputBlocks.Ladder(logits, levels, 0, step), 1);
    }

    /// <summary>
    /// The level at which the distribution function of each value reaches a uniform number. [B, n·C, …], [B, C, …] → [B, C, …].
    /// </summary>
    public static NdArray Draw(NdArray outputs, NdArray uniforms, int levels, double step)
    {
        var logits = OutputBlocks.Split(outputs, levels);
        var masses = NdArray.Exp(logits - OutputBlocks.Apart(NdArray.LogSumExp(logits, 1)));
        return step * Draw(Enumerable.Range(0, levels - 1).Select(k => OutputBlocks.Level(masses, k)), uniforms);
    }

    /// <summary>
    /// The number of the first level at which the sum of masses reaches a uniform number; the last level's mass is left out.
    /// </summary>
    public static NdArray Draw(IEnumerable<NdArray> masses, NdArray uniforms)
    {
        NdArray below = 0 * uniforms, level = below;
        foreach (var mass in masses)
        {
            below += mass;
            level += Stable.Above(uniforms - below, 0);
        }
        return level;
    }

    /// <summary>The level with the greatest mass, for each value. [B, n·C, …] → [B, C, …].</summary>
    public static NdArray Mode(NdArray outputs, int levels, double step)
    {
        var logits = OutputBlocks.Split(outputs, levels);
        return NdArray.Sum(NdArray.OneHotArgMax(logits, 1) * OutputBlocks.Ladder(logits, levels, 0, step), 1);
    }

    /// <summary>The first of the levels whose −ln p is least, for each value of an array of zeros.</summary>
    public static NdArray Cheapest(IEnumerable<double> levels, NdArray zeros, Func<NdArray, NdArray> negLog)
    {
        NdArray best = zeros + double.MaxValue, mode = zeros;
        foreach (var level in levels)
        {
            var cost = negLog(zeros + level);
            var better = Stable.Above(best - cost, 0);
            (best, mode) = (better * cost + (1 - better) * best, better * level + (1 - better) * mode);
        }
        return mode;
    }

    /// <summary>One-hot encoding of the level nearest to each value. [B, C, …] → [B, n, C, …].</summary>
    public static T OneHot<T>(T x, int levels, double step) where T : struct, ITensor<T>
    {
        var apart = OutputBlocks.Apart(x / step);
        return T.OneHotArgMax(-T.Abs(apart - OutputBlocks.Ladder(apart, levels, 0, 1)), 1);
    }
}
