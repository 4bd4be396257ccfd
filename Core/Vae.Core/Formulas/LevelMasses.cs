namespace Vae;

/// <summary>
/// Distributions over evenly spaced numbers 0, step, 2·step, …, parameterized by one logit each. Outputs are [B, n·C, …].
/// </summary>
internal static class LevelMasses
{
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

    /// <summary>One-hot encoding of the level nearest to each value. [B, C, …] → [B, n, C, …].</summary>
    public static T OneHot<T>(T x, int levels, double step) where T : struct, ITensor<T>
    {
        var apart = OutputBlocks.Apart(x / step);
        return T.OneHotArgMax(-T.Abs(apart - OutputBlocks.Ladder(apart, levels, 0, 1)), 1);
    }
}
