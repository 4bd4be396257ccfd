using TorchSharp;

namespace Vae.Torch.Tests;

public class DatasetRowsTests
{
    private enum Colour { Red, Green }

    private sealed record Person(int Age, double? Income, bool Married, Colour Likes);

    private sealed record Named(byte[] Name);

    private sealed record Worker(string? Job, int Age, DateOnly Born, bool Married, double? Income);

    [Fact]
    public void RowsOfEveryFormAreTheSameData()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        using var tensor = torch.tensor(values).reshape(3, 2);
        Assert.All([
            Dataset.FromRows(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }), Dataset.FromRows([[1f, 2f], [3f, 4f], [5f, 6f]]),
            Dataset.FromRows(values.AsSpan(), 2), Dataset.FromRows(tensor)],
            data =>
            {
                Assert.Equal((3, Shape.Vector(2), false), (data.Count, data.Shape, data.IsMasked));
                Assert.Equal(values, Values(data));
            });
    }

    [Fact]
    public void RecordsHaveAColumnForEachProperty()
    {
        var data = Dataset.FromRows(new[] { new Person(30, 1.5, true, Colour.Green), new Person(40, null, false, Colour.Red) });
        Assert.Equal(Shape.Vector(8), data.Shape);
        Assert.Equal([30, 1.5f, 1, 1, 1, 1, 1, 1, 40, 0, 0, 0, 1, 0, 1, 1], Values(data));
    }

    [Fact]
    public void RecordsWithTextsAreATable()
    {
        Worker[] workers = [.. Enumerable.Range(0, 60).Select(i => new Worker(
            i % 10 == 0 ? null : i % 3 == 0 ? "nurse" : "clerk", 20 + i * i % 41, new DateOnly(1950 + i % 37, 1 + i % 12, 1 + i % 28),
            i % 2 == 0, i % 7 == 0 ? null : i + 0.5))];
        var data = Dataset.FromRows(workers);
        Assert.Equal(["Job", "Age", "Born", "Married", "Income"], data.Schema.Columns.Select(column => column.Name));
        Assert.IsType<ColumnKind.Date>(data.Schema.Columns[2].Kind);
        Assert.Equal((60, true), (data.Count, data.IsMasked));
        // New records go in by the same schema, in any order of properties.
        var again = Dataset.FromRows(
            workers.Select(worker => new { worker.Income, worker.Married, worker.Born, worker.Age, worker.Job }),
            data.Schema, isMasked: true);
        Assert.Equal(Values(data), Values(again));
        Expect("rows:1:1: must be one of clerk, nurse, got 'pilot' in column Job",
            () => Dataset.FromRows([workers[0] with { Job = "pilot" }], data.Schema, isMasked: true));
    }

    [Fact]
    public void WhatIsNotARowOfNumbersGetsOneSentence()
    {
        Expect("Named.Name: must be a number, a bool, an enum, a text or a date, got Byte[]", () => Dataset.FromRows([new Named([])]));
        Expect("rows[1]: must have the 2 values of the first row, got 1", () => Dataset.FromRows([[1f, 2f], [3f]]));
        Expect("rows: must have at least one row of at least one value, got none", () => Dataset.FromRows(new float[0, 3]));
        Assert.StartsWith("rows[0, 1]: ",
            Assert.Throws<VaeException>(() => Dataset.FromRows(new[,] { { 1, float.PositiveInfinity } })).Message);
    }

    private static float[] Values(Dataset data)
    {
        var values = new float[data.Pixels.Length];
        data.Pixels.CopyTo(0, values);
        return values;
    }

    private static void Expect(string message, Action action) => Assert.Equal(message, Assert.Throws<VaeException>(action).Message);
}
