namespace Vae.Tests;

public class TableMetricsTests
{
    private static readonly KeyedRandom Random = KeyedRandom.FromSeed(7);

    [Fact]
    public void DistancesOfColumnsAreThoseOfTheirDefinitions()
    {
        Assert.Equal(0, ColumnDistances.KolmogorovSmirnov([1, 2, 2, 3], [3, 2, 1, 2]));
        Assert.Equal(1, ColumnDistances.KolmogorovSmirnov([1, 2], [3, 4, 5]));
        // F is 1/2 below 2 and G is 1/4 there.
        Assert.Equal(0.25, ColumnDistances.KolmogorovSmirnov([1, 3], [1, 3, 3, 3]), 1e-12);
        Assert.Equal(0.5, ColumnDistances.TotalVariation([0, 0, 1, 1], [1, 1, 1, 1], 3), 1e-12);
        Assert.Equal(0, ColumnDistances.Between(Cells.Numbers("x", [double.NaN]), Cells.Numbers("x", [1.0])));
    }

    [Fact]
    public void ADistanceIsSymmetricAndNeverGrowsByAMonotoneChange()
    {
        double[] a = [.. Enumerable.Range(0, 60).Select(i => Random.Bell(i))],
            b = [.. Enumerable.Range(0, 40).Select(i => Random.Bell(99 + i))];
        var between = ColumnDistances.KolmogorovSmirnov(a, b);
        Assert.Equal(between, ColumnDistances.KolmogorovSmirnov(b, a), 1e-12);
        Assert.Equal(between, ColumnDistances.KolmogorovSmirnov([.. a.Select(Math.Exp)], [.. b.Select(Math.Exp)]), 1e-12);
        Assert.InRange(between, 0, 1);
    }

    [Fact]
    public void AssociationsAreThoseOfTheirDefinitions()
    {
        var x = Cells.Numbers("x", [1, 2, 3, 4]);
        Assert.Equal(-1, Associations.Of(x, Cells.Numbers("y", [8.0, 6, 4, 2])), 1e-12);
        // Means 1.5 and 3.5, variance 1.25 and between 1: η = √(4 / 5).
        Assert.Equal(Math.Sqrt(0.8), Associations.Of(Cells.Words("c", 2, [0, 0, 1, 1]), x), 1e-12);
        Assert.Equal(1, Associations.Of(Cells.Words("c", 2, [0, 0, 1, 1]), Cells.Words("d", 2, [1, 1, 0, 0])), 1e-12);
        // χ² = 4 · (1 − 1)… every cell as independence has it.
        Assert.Equal(0, Associations.Of(Cells.Words("c", 2, [0, 0, 1, 1]), Cells.Words("d", 2, [0, 1, 0, 1])), 1e-12);
        // The row with a hole is left out.
        Assert.Equal(1, Associations.Of(Cells.Numbers("x", [1, 2, 3, double.NaN]), Cells.Numbers("y", [2.0, 4, 6, -9])), 1e-12);
        Assert.True(double.IsNaN(Associations.Of(x, Cells.Numbers("y", [1.0, 1, 1, 1]))));
    }

    [Fact]
    public void AMatrixOfAssociationsIsSymmetricAndItsDifferenceToItselfIsZero()
    {
        var matrix = Associations.Matrix(Cells.Dependent(200, 1));
        Assert.Equal(matrix.ToArray(), NdArray.Transpose(matrix).ToArray());
        Assert.All(matrix.ToArray(), value => Assert.InRange(value, -1, 1));
        Assert.Equal(0, Associations.MeanDifference(matrix, matrix));
        Assert.True(Associations.MeanDifference(matrix, Associations.Matrix(Cells.Shuffled(Cells.Dependent(200, 1), 3))) > 0.5);
    }

    [Fact]
    public void TwoSamplesOfOneDistributionAreIndistinguishableAndOthersAreNot()
    {
        var real = Cells.Dependent(500, 1);
        var same = TwoSampleTests.Compare(real, Cells.Dependent(500, 2), Random);
        // The standard error of an area of 0.5 with 500 of each is 0.018: six of them.
        Assert.InRange(same.Forest, 0.39, 0.61);
        Assert.InRange(same.Quadratic, 0.39, 0.61);
        Assert.Equal(500, same.Rows);
        Assert.True(TwoSampleTests.Compare(real, Cells.Dependent(500, 2, shift: 2), Random) is { Forest: > 0.8, Quadratic: > 0.8 });
        // Equal marginals: only the dependencies differ.
        Assert.True(TwoSampleTests.Compare(real, Cells.Shuffled(real, 5), Random) is { Forest: > 0.8, Quadratic: > 0.8 });
    }

    [Fact]
    public void ALogisticRegressionFindsTheLogOddsOfTwoNormals()
    {
        // Of N(1, 1) and N(−1, 1) the log-odds are 2x.
        double[][] rows = [.. Enumerable.Range(0, 20_000).Select(i => new[] { Random.Bell(i) + (i % 2 == 0 ? 1 : -1) })];
        var fit = LogisticRegression.Fit(rows, [.. rows.Select((_, i) => i % 2 == 0 ? 1.0 : 0)]);
        Assert.Equal(2, fit.Score([1]), 0.2);
        Assert.Equal(0, fit.Score([0]), 0.1);
    }

    [Fact]
    public void CopiesAreCloserThanHeldOutRowsAndDrawsAreNot()
    {
        var training = Cells.Dependent(300, 1);
        var copies = ClosestRecords.Compare(training, Cells.Dependent(200, 2), training);
        Assert.Equal((1, 1), (copies.Copies, Math.Round(copies.Closer)));
        Assert.All(copies.Synthetic, distance => Assert.Equal(0, distance));
        var draws = ClosestRecords.Compare(training, Cells.Dependent(400, 2), Cells.Dependent(400, 3));
        Assert.InRange(draws.Closer, 0.38, 0.62);
        Assert.Equal(0, draws.Copies);
        Assert.Equal(draws.HeldOut.Order(), draws.HeldOut);
        Assert.All(draws.HeldOut, distance => Assert.InRange(distance, 0, 1));
    }

    [Fact]
    public void RanksAreFractionsBelow()
    {
        var ranks = new Percentiles([3, 1, 1, 2, double.NaN]);
        Assert.Equal([0, 0.25, 0.625, 0.75, 1], new[] { 0, 1, 2, 2.5, 9 }.Select(ranks.Of));
        Assert.True(double.IsNaN(ranks.Of(double.NaN)));
    }

    [Fact]
    public void SyntheticRowsTeachWhatTheyHold()
    {
        var scores = TransferScores.Measure(Cells.Dependent(400, 1), Cells.Dependent(300, 2), Cells.Dependent(400, 3), Random);
        Assert.Equal(["x", "y", "sign", "holes"], scores.Select(score => score.Column));
        Assert.All(scores, score => Assert.InRange(score.Synthetic, score.Real - 0.1, score.Real + 0.1));
        Assert.All(scores, score => Assert.True(score.Real > 0.8 && score.Real > score.Baseline + 0.2));
        var shuffled = TransferScores.Measure(
            Cells.Dependent(400, 1), Cells.Dependent(300, 2), Cells.Shuffled(Cells.Dependent(400, 3), 4), Random);
        Assert.All(shuffled, score => Assert.True(score.Synthetic < score.Baseline + 0.15));
    }

    [Fact]
    public void PatternsOfMissingCellsCountRows()
    {
        ValueList<CellColumn> table = [
            Cells.Numbers("a", [1, double.NaN, double.NaN, 2]), Cells.Numbers("b", [1, double.NaN, 3, 4])];
        Assert.Equal(
            [new([], 2), new(["a"], 1), new(["a", "b"], 1)], MissingPatterns.Find(table));
        Assert.Equal([], MissingPatterns.Find(Cells.Dependent(5, 1).Take(2) is var some ? ValueList.From(some) : []));
    }

    [Fact]
    public void APrincipalPlaneKeepsTheLargestVariance()
    {
        // Along (3, 4)/5, with a little across it.
        double[] points = [.. Enumerable.Range(0, 100).SelectMany(i =>
            new[] { 3 * Random.Bell(i) - 0.04 * Random.Bell(200 + i), 4 * Random.Bell(i) + 0.03 * Random.Bell(200 + i) })];
        var plane = PrincipalComponents.Project(NdArray.FromValues(points, 100, 2));
        Assert.Equal(1, plane.Explained.Sum(), 1e-9);
        Assert.True(plane.Explained[0] > 0.99);
        // Distances stay, as only the axes turn.
        double Square(double[] all, int i, int j) => Enumerable.Range(0, 2).Sum(k => Math.Pow(all[2 * i + k] - all[2 * j + k], 2));
        Assert.Equal(Square(points, 3, 8), Square(plane.Points.ToArray(), 3, 8), 1e-6);
        Assert.Equal(0, PrincipalComponents.Project(NdArray.FromValues([1, 2, 4], 3, 1)).Points.ToArray()[1]);
    }

    [Fact]
    public void TheChecksOfATrueModelAreUniformAndOfAWrongOneSmall()
    {
        const int replicates = 19, trials = 200;
        double[] Draw(int count, int key) => [.. Enumerable.Range(0, count).Select(i => Random.Fold(key).Bell(i))];
        double Of(int trial, double shift) => PredictiveChecks.Check(
            [Cells.Numbers("x", Draw(40, 100 * trial).Select(value => value + shift))], [Cells.Numbers("x", Draw(400, 100 * trial + 1))],
            [.. Enumerable.Range(0, replicates).Select(r => (ValueList<CellColumn>)[
                Cells.Numbers("x", Draw(40, 100 * trial + 2 + r))])])[0].PValue;
        double[] found = [.. Enumerable.Range(0, trials).Select(trial => Of(trial, 0))];
        // k/20 with equal probability: a mean of 0.525 and a deviation of 0.288/√200 = 0.02, five of them.
        Assert.InRange(found.Average(), 0.42, 0.63);
        Assert.InRange(found.Count(p => p <= 0.05 + 1e-9), 0, 30);
        Assert.All(Enumerable.Range(0, 20), trial => Assert.Equal(0.05, Of(trial, 2), 1e-9));
    }
}
