namespace Vae.Torch;

/// <summary>
/// Puts the shares of anomaly scores on one scale: a share becomes the square of its surprise among ordinary rows, so that one column
/// that is rarely so unlikely counts as much as many that are often. The score is their sum, which lies between the sum of Fisher 1932
/// and the maximum of Tippett 1931 in what it makes of one large and of many small surprises.
/// </summary>
internal sealed class AnomalyRanks
{
    private readonly TableSchema schema;
    private readonly int distinct;
    // One list for each column and one for the code, ascending.
    private readonly double[][] reference;

    /// <param name="schema">The columns.</param>
    /// <param name="ordinary">Rows that were not trained on.</param>
    /// <param name="steps">Steps of windows, whose columns are those of each step; a column has one reference for all steps.</param>
    public AnomalyRanks(TableSchema schema, IEnumerable<RowShares> ordinary, int steps = 1)
    {
        (this.schema, distinct) = (schema, schema.Modelled.Count / steps);
        var columns = Enumerable.Range(0, distinct + 1).Select(_ => new List<double>()).ToList();
        foreach (var row in ordinary)
            foreach (var (share, i) in Columns(row).Select((share, i) => (share, i)))
                if (share is { } known)
                    columns[Place(i)].Add(known);
        VaeException.Require(columns[^1].Count > 0, "score", "must have held-out rows of the run for ranks", "none");
        reference = [.. columns.Select(column => column.Order().ToArray())];
    }

    /// <summary>The shares of a row on the common scale, that of a column at its first value; they sum to the score.</summary>
    public AnomalyShare Rank(RowShares row)
    {
        var squares = Columns(row).Select((share, i) => share is { } known && reference[Place(i)].Length > 0
            ? Math.Pow(Surprises.Measure(reference[Place(i)], known), 2) : 0).ToList();
        return new(ValueList.From(schema.Modelled.SelectMany((column, i) =>
            Enumerable.Range(0, column.Kind.Width).Select(at => at == 0 ? squares[i] : 0))), squares[^1]);
    }

    // The reference of a column, or of the code, which comes last.
    private int Place(int column) => column == schema.Modelled.Count ? distinct : column % distinct;

    // The share of each column, null where its cell is missing, and of the code.
    private IEnumerable<double?> Columns(RowShares row)
    {
        var at = 0;
        foreach (var column in schema.Modelled)
        {
            var width = column.Kind.Width;
            yield return row.Observed.Skip(at).Take(width).Any(seen => seen > 0) ? row.Share.Values.Skip(at).Take(width).Sum() : null;
            at += width;
        }
        yield return row.Share.Code;
    }
}

/// <summary>The shares of a row's score and which of its values are observed.</summary>
/// <param name="Share">In nats.</param>
/// <param name="Observed">1 for an observed value, 0 for a missing one; one for each value of the row.</param>
internal sealed record RowShares(AnomalyShare Share, ArraySegment<float> Observed)
{
    /// <summary>The shares of all rows of a data set, in their order.</summary>
    public static IEnumerable<RowShares> Of(Dataset data, ValueList<AnomalyShare> shares)
    {
        var observed = data.Observed();
        var width = observed.Length / Math.Max(1, data.Count);
        return shares.Select((share, i) => new RowShares(share, new(observed, i * width, width)));
    }
}
