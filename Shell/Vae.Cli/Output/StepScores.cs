using Vae.Torch;

namespace Vae.Cli;

/// <summary>
/// Anomaly scores of the rows of a table that was cut into windows. The score of a window is that of its values at each step, with an equal
/// part of that of its code; a row has the mean over the windows that it is in.
/// </summary>
/// <param name="Table">The rows.</param>
/// <param name="Windows">How they were cut.</param>
/// <param name="Schema">The columns of a window.</param>
internal sealed record StepScores(WindowTable Table, WindowSpec Windows, TableSchema Schema)
{
    private int Columns => Schema.Modelled.Count / Windows.Steps;

    /// <summary>The scores of the steps of a window: of each step those of its columns, and last that of the code.</summary>
    public static double[][] OfWindow(AnomalyShare share, TableSchema schema, int steps)
    {
        var shares = ScoreFiles.ByColumn(share, schema);
        return [.. shares.Take(shares.Count - 1).Chunk((shares.Count - 1) / steps).Select(columns => (double[])[
            .. columns, share.Code / steps])];
    }

    /// <summary>
    /// Writes a row for each row of the file: its time and series, the score, whether it is above the threshold if there is one, and the
    /// shares of columns if they are asked for. A row that is in no window has no score.
    /// </summary>
    public void Write(string path, ValueList<AnomalyShare> shares, double? threshold, bool explains)
    {
        var means = Means(shares);
        var names = ValueList.From(new[] { Windows.Time, Windows.Group }.Where(name => name.Length > 0));
        var columns = Windows.Rows(Schema).Modelled.Select(column => $"share of {column.Name}").Append("share of the code");
        ValueList<string> header = ["score", .. threshold is null ? Array.Empty<string>() : ["anomaly"], .. explains ? columns : Array.Empty<string>()];
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            var numbers = means.SelectMany(mean => Numbers(mean, threshold, explains)).Select(number => (float)number).ToArray();
            NpyWriter.Write(path, numbers, means.Length, header.Count);
            return;
        }
        TableWriter.Write(path, ValueList.From(["row"]).Append(names).Append(header), means.Select((mean, row) => ValueList.From([
            $"{row}", .. names.Select(name => Table.Texts.Rows[row][Table.Texts.Find(name)]),
            .. Numbers(mean, threshold, explains).Select((number, i) => double.IsNaN(number) ? "" : threshold is not null && i == 1
                ? number > 0 ? "yes" : "no" : AnswerFiles.Text((float)number))])));
    }

    private double[][] Means(ValueList<AnomalyShare> shares)
    {
        var (sums, counts) = (new double[Table.Texts.Rows.Count][], new int[Table.Texts.Rows.Count]);
        foreach (var (window, share) in Table.All.Zip(shares))
            foreach (var (row, scores) in window.Zip(OfWindow(share, Schema, Windows.Steps)))
            {
                counts[row]++;
                sums[row] = sums[row] is { } before ? [.. before.Zip(scores, (a, b) => a + b)] : scores;
            }
        return [.. sums.Select((sum, row) => sum is null
            ? [.. Enumerable.Repeat(double.NaN, Columns + 1)] : Array.ConvertAll(sum, value => value / counts[row]))];
    }

    private static IEnumerable<double> Numbers(double[] mean, double? threshold, bool explains) => [
        mean.Sum(),
        .. threshold is { } limit ? new[] { double.IsNaN(mean[0]) ? double.NaN : mean.Sum() > limit ? 1 : 0 } : [],
        .. explains ? mean : []];
}
