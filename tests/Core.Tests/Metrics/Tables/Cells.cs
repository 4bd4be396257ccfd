namespace Vae.Tests;

/// <summary>Small tables of cells.</summary>
internal static class Cells
{
    public static CellColumn Numbers(string name, IEnumerable<double> values) => new(name, [], ValueList.From(values));

    public static CellColumn Words(string name, int classes, IEnumerable<double> values) =>
        new(name, ValueList.From(Enumerable.Range(0, classes).Select(label => $"{label}")), ValueList.From(values));

    /// <summary>x from N(0, 1), y = x + noise, a class by the sign of x, and the same class with a fifth of its cells missing.</summary>
    public static ValueList<CellColumn> Dependent(int count, ulong seed, double shift = 0)
    {
        var random = KeyedRandom.FromSeed(seed);
        double[] x = [.. Enumerable.Range(0, count).Select(i => random.Bell(i) + shift)];
        double[] labels = [.. x.Select(value => value > 0 ? 1.0 : 0)];
        return [
            Numbers("x", x), Numbers("y", x.Select((value, i) => value + 0.3 * random.Fold(1).Bell(i))), Words("sign", 2, labels),
            Words("holes", 2, labels.Select((label, i) => random.Fold(2).Uniform(i) < 0.2 ? double.NaN : label))];
    }

    /// <summary>The columns of a table, each in an order of its own: dependencies are lost, distributions stay.</summary>
    public static ValueList<CellColumn> Shuffled(ValueList<CellColumn> columns, ulong seed) => ValueList.From(
        columns.Select((column, place) => column.Take(
            [.. Enumerable.Range(0, column.Values.Count).OrderBy(i => KeyedRandom.FromSeed(seed).Fold(place).Bits(i))])));
}
