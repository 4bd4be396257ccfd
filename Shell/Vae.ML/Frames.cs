using Microsoft.Data.Analysis;

namespace Vae.Torch;

/// <summary>A model's results for rows, as data frames.</summary>
public static class Frames
{
    /// <summary>Codes as columns z0, z1, ….</summary>
    /// <param name="codes">[rows, D].</param>
    public static DataFrame OfCodes(float[,] codes) => new(Enumerable.Range(0, codes.GetLength(1)).Select(j =>
        new SingleDataFrameColumn($"z{j}", Enumerable.Range(0, codes.GetLength(0)).Select(i => codes[i, j]))));

    /// <summary>Rows in the units and words of a table: numbers, texts, truth values and dates.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="values">[rows, W], W the width of the schema: what a model draws or reconstructs; finite.</param>
    /// <exception cref="VaeException">The rows have another width.</exception>
    public static DataFrame OfRows(TableSchema schema, float[,] values)
    {
        var texts = Texts(schema, values);
        return new(schema.Modelled.Select((column, place) => FrameCells.Typed(column.Name, column.Kind, texts.Select(row => row[place]))));
    }

    /// <summary>
    /// Scores: <c>Score</c> (−ELBO), <c>NegLogLikelihood</c>, and <c>share of …</c> for each column and the code; nats.
    /// </summary>
    /// <param name="schema">The columns.</param>
    /// <param name="scores">Of rows of the table.</param>
    public static DataFrame OfScores(TableSchema schema, RowScores scores)
    {
        var (columns, at) = (new List<DataFrameColumn>
        {
            new DoubleDataFrameColumn("Score", scores.NegElbo),
            new DoubleDataFrameColumn("NegLogLikelihood", scores.NegLogLikelihood),
        }, 0);
        foreach (var (name, kind) in schema.Modelled.Select(column => (column.Name, column.Kind)))
        {
            var (first, width) = (at, kind.Width);
            columns.Add(new DoubleDataFrameColumn($"share of {name}", scores.NegElbo.Select((_, row) =>
                Enumerable.Range(first, width).Sum(j => scores.Shares[row, j]))));
            at += width;
        }
        return new([.. columns, new DoubleDataFrameColumn($"share of {ColumnShares.Code}", scores.Kl)]);
    }

    // An observed cell is as it was given; a column that no model sees is passed on.
    internal static DataFrame OfFilled(TableSchema schema, CellTable cells, float[,] given, float[,] filled)
    {
        var (texts, at, place) = (Texts(schema, filled), 0, 0);
        var columns = new List<DataFrameColumn>();
        foreach (var (name, kind) in schema.Columns.Select(column => (column.Name, column.Kind)))
        {
            var (first, modelled) = (at, place);
            (at, place) = (at + kind.Width, place + (kind.Width > 0 ? 1 : 0));
            if (cells.Columns.FirstOrDefault(known => known.Name == name) is not { } known)
                continue;
            var original = CellTexts.Of(known, kind);
            columns.Add(kind.Width == 0
                ? new StringDataFrameColumn(name, original.Select(text => text.Length == 0 ? null : text))
                : FrameCells.Typed(name, kind, original.Select((text, row) => float.IsNaN(given[row, first])
                    ? texts[row][modelled] : NumberTexts.Normalize(text, schema.DecimalComma))));
        }
        return new(columns);
    }

    private static List<ValueList<string>> Texts(TableSchema schema, float[,] values)
    {
        VaeException.Require(values.GetLength(1) == schema.Width, "values", $"must have {schema.Width} numbers a row", values.GetLength(1));
        return [.. Enumerable.Range(0, values.GetLength(0)).Select(row => TableRows.Decode(
            schema, [.. Enumerable.Range(0, schema.Width).Select(j => (double)values[row, j])]))];
    }
}
