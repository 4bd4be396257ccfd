namespace Vae;

/// <summary>How well classifiers tell two samples apart: areas under the ROC curve on rows that they were not fitted to.</summary>
/// <param name="Forest">Of bagged trees; 0.5 for equal distributions, 1 for separate ones.</param>
/// <param name="Quadratic">Of a logistic regression with squares and products.</param>
/// <param name="Rows">Rows of each sample that were compared.</param>
public sealed partial record TwoSampleAreas(double Forest, double Quadratic, int Rows)
{
    /// <summary>The area of the better of the two classifiers.</summary>
    public double Best => Math.Max(Forest, Quadratic);
}

/// <summary>
/// Two-sample tests by classifiers, cross-validated in five folds; Lopez-Paz &amp; Oquab 2017. The trees see dependencies of any form, the
/// regression sees differences of means and covariances better.
/// </summary>
internal static class TwoSampleTests
{
    private const int MaxRows = 2000, Folds = 5, MaxTerms = 120, MaxClasses = 10;

    /// <summary>Compares two tables of the same columns, as many rows of each, at most 2,000.</summary>
    /// <param name="real">At least 10 rows.</param>
    /// <param name="made">At least 10 rows.</param>
    /// <param name="random">Chooses rows and folds.</param>
    public static TwoSampleAreas Compare(ValueList<CellColumn> real, ValueList<CellColumn> made, KeyedRandom random)
    {
        var count = Math.Min(MaxRows, Math.Min(CellColumns.Rows(real), CellColumns.Rows(made)));
        if (count < 2 * Folds)
            throw new ArgumentException($"real, made: must have at least {2 * Folds} rows each, got {count}", nameof(real));
        ValueList<CellColumn> a = CellColumns.Some(real, count, random.Fold(0)), b = CellColumns.Some(made, count, random.Fold(1));
        var both = ValueList.From(a.Zip(b, (x, y) => x with { Values = x.Values.Append(y.Values) }));
        double[] labels = [.. Enumerable.Range(0, 2 * count).Select(row => row < count ? 1.0 : 0)];
        int[] order = [.. Enumerable.Range(0, 2 * count).OrderBy(row => random.Fold(2).Bits(row))];
        var (terms, forest, quadratic) = (Terms(both), new double[2 * count], new double[2 * count]);
        for (var fold = 0; fold < Folds; fold++)
        {
            int[] held = [.. order.Where((_, i) => i % Folds == fold)], rest = [.. order.Where((_, i) => i % Folds != fold)];
            var voted = RowForest.Predict(both, [labels], rest, held, random.Fold(3 + fold));
            var fit = LogisticRegression.Fit(
                Array.ConvertAll(rest, row => terms[row]), Array.ConvertAll(rest, row => labels[row]));
            for (var i = 0; i < held.Length; i++)
                (forest[held[i]], quadratic[held[i]]) = (voted[i][0], fit.Score(terms[held[i]]));
        }
        return new(RocCurves.Area(forest[..count], forest[count..]), RocCurves.Area(quadratic[..count], quadratic[count..]), count);
    }

    // Normal scores of numbers, indicators of classes and of missing cells, and the squares and products that are not too many.
    private static double[][] Terms(ValueList<CellColumn> columns)
    {
        var rows = CellColumns.Rows(columns);
        List<double[]> numbers = [.. columns.Where(column => !column.HasClasses).Select(Scores)];
        List<double[]> marks = [.. columns.SelectMany(Marks)];
        List<double[]> terms = [.. numbers, .. marks];
        var multiplied = terms.Count * (terms.Count + 3) / 2 <= MaxTerms ? [.. terms] : numbers;
        for (var i = 0; i < multiplied.Count && terms.Count < MaxTerms; i++)
            for (var j = 0; j <= i && terms.Count < MaxTerms; j++)
                terms.Add([.. multiplied[i].Zip(multiplied[j], (x, y) => x * y)]);
        terms = [.. terms.Where(term => term.Max() > term.Min()).Take(MaxTerms).Select(Standardized)];
        return [.. Enumerable.Range(0, rows).Select(row => terms.Select(term => term[row]).ToArray())];
    }

    private static double[] Scores(CellColumn column)
    {
        var ranks = new Percentiles(column.Values);
        return [.. column.Values.Select(value => double.IsNaN(value) ? 0 : Normals.Quantile(Math.Clamp(ranks.Of(value), 1e-6, 1 - 1e-6)))];
    }

    private static IEnumerable<double[]> Marks(CellColumn column)
    {
        if (column.Values.Any(double.IsNaN))
            yield return [.. column.Values.Select(value => double.IsNaN(value) ? 1.0 : 0)];
        if (!column.HasClasses)
            yield break;
        var frequent = column.Known.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .Take(MaxClasses).Select(group => group.Key);
        foreach (var label in frequent)
            yield return [.. column.Values.Select(value => value == label ? 1.0 : 0)];
    }

    private static double[] Standardized(double[] term)
    {
        var mean = term.Average();
        var deviation = Math.Sqrt(term.Average(value => (value - mean) * (value - mean)));
        return [.. term.Select(value => (value - mean) / deviation)];
    }
}
