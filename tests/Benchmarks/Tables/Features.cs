using System.Globalization;

namespace Vae.Benchmarks;

/// <summary>
/// Cells of the made table as numbers for linear models and classifiers: standardized numbers and days, amounts by their logarithm,
/// words as one column for each.
/// </summary>
internal sealed class Features
{
    private static readonly ValueList<string> Amounts = ["income", "spend", "commute"];

    private static readonly ValueList<string> Words = ["sex", "city", "region", "education", "job", "satisfaction"];

    private readonly IReadOnlyList<string[]> known;
    private readonly (double Mean, double Deviation)[] moments;
    private readonly ValueList<string>[] words;

    /// <summary>The scales and the words of complete rows.</summary>
    public Features(IReadOnlyList<string[]> complete)
    {
        known = complete;
        words = [.. Person.Columns.Select((name, i) => IsWord(name) ? ValueList.From(complete.Select(row => row[i]).Distinct().Order()) : [])];
        moments = [.. Person.Columns.Select((name, i) => i == 0 || IsWord(name) ? (0, 1) : Moments(i))];
    }

    public static bool IsWord(string column) => Words.Contains(column);

    /// <summary>The words of a column, in the order of their numbers.</summary>
    public ValueList<string> WordsOf(int column) => words[column];

    /// <summary>Number of features of a column.</summary>
    public int Width(int column) => column == 0 ? 0 : Math.Max(1, words[column].Count);

    /// <summary>The features of a cell: all 0 where it is missing.</summary>
    public float[] Of(int column, string cell) => cell.Length == 0 ? new float[Width(column)]
        : IsWord(Person.Columns[column]) ? [.. words[column].Select(word => word == cell ? 1f : 0)]
        : [(float)((Number(column, cell) - moments[column].Mean) / moments[column].Deviation)];

    /// <summary>The features of rows, flat, [rows, width]; without one column if it is named.</summary>
    public (float[] Values, int Width) Of(IReadOnlyList<string[]> rows, int without = 0)
    {
        var columns = Enumerable.Range(1, Person.Columns.Count - 1).Where(i => i != without).ToList();
        return ([.. rows.SelectMany(row => columns.SelectMany(i => Of(i, row[i])))], columns.Sum(Width));
    }

    private static double Number(int column, string cell) => Person.Columns[column] switch
    {
        "joined" => (DateTime.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture) - DateTime.UnixEpoch).TotalDays,
        var name when Amounts.Contains(name) => Math.Log(1 + Math.Max(0, double.Parse(cell, CultureInfo.InvariantCulture))),
        _ => double.Parse(cell, CultureInfo.InvariantCulture),
    };

    private (double, double) Moments(int column)
    {
        double[] values = [.. known.Select(row => Number(column, row[column]))];
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }
}
