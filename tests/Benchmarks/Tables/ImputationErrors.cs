using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>Errors of imputed cells of one column: root mean squared, in standard deviations, or the share of wrong words.</summary>
internal sealed record ImputationError(string Column, int Cells, double Mean, double Linear, double Model);

/// <summary>Compares imputed cells with the true ones, and with those by column means and by linear regression on all other columns.</summary>
internal static class ImputationErrors
{
    private const double Ridge = 1;

    public static ValueList<ImputationError> Measure(MadeTable table, IReadOnlyList<string[]> filled)
    {
        var features = new Features(table.Complete);
        return ValueList.From(Enumerable.Range(1, Person.Columns.Count - 1).Select(column => Of(table, filled, features, column)));
    }

    private static ImputationError Of(MadeTable table, IReadOnlyList<string[]> filled, Features features, int column)
    {
        using var scope = NewDisposeScope();
        // What anomalous rows lack cannot be known.
        int[] holes = [.. Indices(table).Where(i => table.Shown[i][column].Length == 0 && table.Anomalies[i].Length == 0)];
        int[] shown = [.. Indices(table).Where(i => table.Shown[i][column].Length > 0)];
        var truth = Column(features, column, holes.Select(i => table.Complete[i][column]));
        var targets = Column(features, column, shown.Select(i => table.Shown[i][column]));
        var all = Design(table, features, column);
        var (x, y) = (all.index_select(0, tensor(shown)), targets);
        var weights = linalg.solve(x.t().mm(x) + Ridge * eye(x.shape[1], dtype: float64), x.t().mm(y));
        var linear = all.index_select(0, tensor(holes)).mm(weights);
        double Error(Tensor guess) => Features.IsWord(Person.Columns[column])
            ? 1 - guess.argmax(1).eq(truth.argmax(1)).to(float64).mean().ToDouble()
            : (guess - truth).square().mean().sqrt().ToDouble();
        return new(Person.Columns[column], holes.Length, Error(y.mean([0], keepdim: true).expand(holes.Length, -1)), Error(linear),
            Error(Column(features, column, holes.Select(i => filled[i][column]))));
    }

    private static IEnumerable<int> Indices(MadeTable table) => Enumerable.Range(0, table.Shown.Count);

    private static Tensor Column(Features features, int column, IEnumerable<string> cells) =>
        tensor(cells.SelectMany(cell => features.Of(column, cell)).ToArray()).view(-1, features.Width(column)).to(float64);

    // All other columns, missing cells at their mean and marked, and a constant.
    private static Tensor Design(MadeTable table, Features features, int column)
    {
        var (values, width) = features.Of(table.Shown, without: column);
        var lacks = table.Shown.SelectMany(row => Enumerable.Range(1, row.Length - 1).Where(i => i != column)
            .Select(i => row[i].Length == 0 ? 1f : 0)).ToArray();
        var count = table.Shown.Count;
        return cat([tensor(values).view(count, width), tensor(lacks).view(count, -1), ones(count, 1)], 1).to(float64);
    }
}
