using TorchSharp;

namespace Vae.Torch.Tests;

public class DatasetRowsTests
{
    private enum Colour { Red, Green }

    private sealed record Person(int Age, double? Income, bool Married, Colour Likes);

    private sealed record Named(string Name);

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
    public void WhatIsNotARowOfNumbersGetsOneSentence()
    {
        Expect("Named.Name: must be a number, a bool or an enum (a text is not), got String", () => Dataset.FromRows([new Named("a")]));
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
