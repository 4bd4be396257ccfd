namespace Vae;

/// <summary>A bound of a model of x and a label y where some labels are not known; Kingma et al. 2014.</summary>
internal static class PartialLabels
{
    /// <summary>
    /// The part of each class in what an example is counted as: its label, or q(y|x) where that is a row of zeros. Logits and
    /// labels [B, C] → [C, B].
    /// </summary>
    public static T Shares<T>(T logits, T labels) where T : struct, ITensor<T> =>
        T.Transpose(labels + (1.0 - Known(labels)) * T.Exp(LogProbabilities(logits)));

    /// <summary>
    /// Of an example with a label L(x, y) − α · ln q(y|x), of one without Σ q(y|x) · (L(x, y) + ln q(y|x)). [B]; nats;
    /// Kingma et al. 2014, eqs. 6 to 9.
    /// </summary>
    /// <param name="losses">L(x, y), −ELBO of x with each label less ln p(y), [C, B].</param>
    /// <param name="logits">Of q(y|x), [B, C].</param>
    /// <param name="labels">One-hot, or a row of zeros where it is not known; [B, C].</param>
    /// <param name="classifierWeight">α.</param>
    public static T Loss<T>(T losses, T logits, T labels, double classifierWeight) where T : struct, ITensor<T>
    {
        var (log, known) = (LogProbabilities(logits), Known(labels));
        var cost = T.Transpose(losses);
        var labelled = labels * (cost - classifierWeight * log);
        return T.Sum(labelled + (1.0 - known) * T.Exp(log) * (cost + log), 1);
    }

    private static T LogProbabilities<T>(T logits) where T : struct, ITensor<T> =>
        logits - T.Reshape(T.LogSumExp(logits, 1), logits.Dims[0], 1);

    // 1 for a row with a label, else 0: [B, 1].
    private static T Known<T>(T labels) where T : struct, ITensor<T> => T.Reshape(T.Sum(labels, 1), labels.Dims[0], 1);
}
