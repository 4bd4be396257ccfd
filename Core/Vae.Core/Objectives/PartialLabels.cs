namespace Vae;

/// <summary>The bound of a model of x and a label y when some labels are missing; Kingma et al. 2014.</summary>
internal static class PartialLabels
{
    /// <summary>
    /// The weight of each class for an example: its one-hot label, or q(y|x) if the label is missing. Logits and labels [B, C] →
    /// [C, B]; in [0, 1].
    /// </summary>
    public static T Shares<T>(T logits, T labels) where T : struct, ITensor<T> =>
        T.Transpose(labels + (1.0 - Known(labels)) * T.Exp(LogProbabilities(logits)));

    /// <summary>
    /// L(x, y) − α · ln q(y|x) for an example with a label, Σ q(y|x) · (L(x, y) + ln q(y|x)) for one without. [B]; nats; Kingma et
    /// al. 2014, eqs. 6 to 9.
    /// </summary>
    /// <param name="losses">L(x, y), the −ELBO of x given each label minus ln p(y), [C, B].</param>
    /// <param name="logits">The logits of q(y|x), [B, C].</param>
    /// <param name="labels">One-hot, or a row of zeros for a missing label; [B, C].</param>
    /// <param name="classifierWeight">α.</param>
    public static T Loss<T>(T losses, T logits, T labels, double classifierWeight) where T : struct, ITensor<T>
    {
        var (log, known) = (LogProbabilities(logits), Known(labels));
        var cost = T.Transpose(losses);
        var labelled = labels * (cost - classifierWeight * log);
        return T.Sum(labelled + (1.0 - known) * T.Exp(log) * (cost + log), 1);
    }

    /// <summary>
    /// The weight of each example in a batch whose labelled examples are repeated, [B]; &gt; 0. The weighted mean is that of a batch drawn
    /// evenly from all examples.
    /// </summary>
    /// <param name="labels">One-hot, or a row of zeros for a missing label; [B, C].</param>
    /// <param name="fraction">The fraction of all examples that have a label; in (0, 1].</param>
    /// <param name="share">The least part of a batch that has labels; in [0, 1).</param>
    public static T Weights<T>(T labels, double fraction, double share) where T : struct, ITensor<T>
    {
        var known = T.Sum(labels, 1);
        return share <= fraction ? 0.0 * known + 1.0 : fraction / share * known + (1 - fraction) / (1 - share) * (1.0 - known);
    }

    private static T LogProbabilities<T>(T logits) where T : struct, ITensor<T> =>
        logits - T.Reshape(T.LogSumExp(logits, 1), logits.Dims[0], 1);

    // 1 for a row with a label, else 0: [B, 1].
    private static T Known<T>(T labels) where T : struct, ITensor<T> => T.Reshape(T.Sum(labels, 1), labels.Dims[0], 1);
}
