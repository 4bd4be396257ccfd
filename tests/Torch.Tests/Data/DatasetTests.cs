namespace Vae.Torch.Tests;

public class DatasetTests
{
    private static Dataset Create(Shape shape, int values, int[] labels, params string[] classes) =>
        Dataset.Create("data", shape, Pixels.OfBytes(new byte[values]), labels, classes);

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Damage.Refused(() => Create(Shape.Image(1, 2, 2), 0, []), "data: must hold at least one item, got none");
        Damage.Refused(() => Create(Shape.Image(1, 2, 2), 7, []), "data: must hold whole items of 4 values, got 7 values");
        Damage.Refused(() => Create(Shape.Image(1, 0, 2), 8, []), "data.shape: must be at least 1 in each dimension, got 1×0×2");
        Damage.Refused(() => Create(Shape.Vector(4), 8, [0], "a"), "data.labels: must be one for each of 2 items");
        Damage.Refused(() => Create(Shape.Vector(4), 8, [0, 0]), "data.labels");
        Damage.Refused(() => Create(Shape.Vector(4), 8, [0, 1], "a"), "data.labels[1]: must be in 0..0, got 1");
        Damage.Refused(() => Create(Shape.Vector(4), 8, [-1, 0], "a"), "data.labels[0]: must be in 0..0, got -1");
    }

    [Fact]
    public void FactsAreThoseOfTheSet()
    {
        var zeros = new ValueFacts(0, 0, true, 2, 0, 1);
        Assert.Equal(
            new DataFacts(Shape.Vector(4), 2, 1, true, 0, zeros, [zeros, zeros, zeros, zeros], false),
            Create(Shape.Vector(4), 8, [0, 0], "a").Facts());
    }
}
