using Vae.Torch;

namespace Vae.Cli;

/// <summary>A threshold of anomaly scores: what it promises on ordinary examples.</summary>
/// <param name="Rate">The rate of false alarms that was asked for; in (0, 1).</param>
/// <param name="Threshold">Examples with a higher score are anomalous; nats.</param>
/// <param name="HeldOut">Number of held-out examples of the run that it was set on.</param>
/// <param name="Scored">Number of examples that were scored.</param>
/// <param name="Alarms">Number of them above the threshold.</param>
internal sealed record ScoreThreshold(double Rate, double Threshold, int HeldOut, int Scored, int Alarms)
{
    /// <summary>Whether the examples are too few for the rate: then the threshold is the highest of their scores.</summary>
    public bool IsCoarse => Rate * (HeldOut + 1) < 1;

    /// <summary>
    /// The lowest threshold that a new ordinary example exceeds with a probability of at most the rate: of n exchangeable scores the
    /// ⌈(n + 1)(1 − rate)⌉-th; Vovk et al. 2005.
    /// </summary>
    public static ScoreThreshold Set(double rate, IEnumerable<double> heldOut, IReadOnlyList<double> scores)
    {
        double[] sorted = [.. heldOut.Order()];
        VaeException.Require(sorted.Length > 0, "threshold", "must have held-out examples of the run to be set on", "none");
        var rank = Math.Min(sorted.Length, (int)Math.Ceiling((sorted.Length + 1) * (1 - rate) - 1e-9));
        var threshold = sorted[Math.Max(rank, 1) - 1];
        return new(rate, threshold, sorted.Length, scores.Count, scores.Count(score => score > threshold));
    }
}

/// <summary>Writes anomaly scores, a row for each example.</summary>
internal static class ScoreFiles
{
    /// <summary>Writes the scores, whether each is above a threshold if there is one, and the shares of
    /// columns if they are given.</summary>
    public static void Write(
        string path, RowNames names, ValueList<AnomalyScore> scores, double? threshold, ValueList<AnomalyShare> shares, TableSchema schema)
    {
        ValueList<string> flag = threshold is null ? [] : ["anomaly"];
        var columns = shares.Count == 0 ? [] : Columns(schema, shares[0].Values.Count);
        var header = ValueList.From(["score"]).Append(flag).Append(ValueList.From(columns.Select(column => $"share of {column}")));
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            AnswerFiles.Write(path, new(names, header,
                [.. scores.SelectMany((score, i) => Numbers(score, threshold, At(shares, i), schema))]));
        else
            TableWriter.Write(path, names.Header.Append(header), scores.Select((score, i) => names.Texts(i).Append(
                ValueList.From(Texts(Numbers(score, threshold, At(shares, i), schema), threshold is not null)))), ParquetTables.Format);
    }

    /// <summary>The shares of an example by column, and that of its code last. A column of several numbers has the sum of theirs.</summary>
    public static ValueList<double> ByColumn(AnomalyShare share, TableSchema schema) => !schema.IsTable
        ? share.Values.Append([share.Code]) : ValueList.From(ColumnShares.Of(share, schema).Select(each => each.Nats));

    /// <summary>The names of the shares.</summary>
    public static ValueList<string> Columns(TableSchema schema, int width) =>
        (schema.IsTable ? ValueList.From(schema.Modelled.Select(column => column.Name))
            : AnswerFiles.Columns("x", width)).Append([ColumnShares.Code]);

    private static AnomalyShare? At(ValueList<AnomalyShare> shares, int i) => shares.Count == 0 ? null : shares[i];

    private static IEnumerable<float> Numbers(AnomalyScore score, double? threshold, AnomalyShare? share, TableSchema schema) => [
        (float)score.Best,
        .. threshold is { } limit ? new[] { score.Best > limit ? 1f : 0 } : [],
        .. share is null ? [] : ByColumn(share, schema).Select(value => (float)value)];

    private static IEnumerable<string> Texts(IEnumerable<float> numbers, bool hasFlag) =>
        numbers.Select((value, i) => hasFlag && i == 1 ? value > 0 ? "yes" : "no" : AnswerFiles.Text(value));
}
