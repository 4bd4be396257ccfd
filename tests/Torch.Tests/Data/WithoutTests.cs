namespace Vae.Torch.Tests;

public class WithoutTests
{
    [Fact]
    public void NoPartHasAnItemOfAClassLeftOutAndAllOthersStay()
    {
        var all = DataSources.Load("digits", new DataOptions(Limit: 300, Validation: 0.001));
        var some = DataSources.Load("digits", new DataOptions(Limit: 300, Validation: 0.001, ExcludedClasses: ["3", "8"]));
        foreach (var (whole, rest) in new[] { (all.Train, some.Train), (all.Validation, some.Validation), (all.Test, some.Test) })
        {
            var kept = Enumerable.Range(0, whole.Count).Where(i => whole.Labels.Span[i] is not (3 or 8)).ToArray();
            Assert.NotEqual(whole.Count, kept.Length);
            Assert.Equal(whole.Take(kept).Labels.ToArray(), rest.Labels.ToArray());
            Assert.Equal(Values(whole.Take(kept)), Values(rest));
            Assert.Equal(whole.Classes, rest.Classes);
        }
    }

    [Fact]
    public void ASpecLeavesOutWhatItsOptionsDo() =>
        Assert.Equal(
            DataSources.Load("digits", new DataOptions(Limit: 50, Seed: 2, ExcludedClasses: ["1"])).Train.Labels.ToArray(),
            DataSources.Load(new DataSpec("digits", Binarizations.None, Limit: 50, ExcludedClasses: ["1"]), "", 2).Train.Labels.ToArray());

    [Fact]
    public void ConditionValuesGoWithTheirItems()
    {
        var data = Dataset.Create("few", Shape.Vector(1), Pixels.OfBytes(new byte[] { 1, 2, 3 }), new[] { 0, 1, 0 }, ["a", "b"])
            .WithConditions(new float[] { 10, 20, 30 }, 1);
        var left = Splits.ExcludeClasses(new(data, data.Take([]), data), ["a"]);
        Assert.Equal([20], left.Train.ConditionValues.ToArray());
        Assert.Equal(0, left.Validation.Count);
    }

    [Fact]
    public void WhatCannotBeLeftOutIsRefused()
    {
        DataSplit Of(int[] labels, string[] classes)
        {
            var data = Dataset.Create("few", Shape.Vector(1), Pixels.OfBytes(new byte[] { 1, 2 }), labels, classes);
            return new(data, data.Take([]), data);
        }
        Damage.Refused(() => Splits.ExcludeClasses(Of([0, 1], ["a", "b"]), ["c"]),
            "data.excludedClasses: must name classes of few, which are a, b, got c");
        Damage.Refused(
            () => Splits.ExcludeClasses(Of([], []), ["c"]),
            "data.excludedClasses: must be empty for few, which has no labels, got c");
        Damage.Refused(() => Splits.ExcludeClasses(Of([0, 1], ["a", "b"]), ["a", "b"]),
            "data.excludedClasses: must leave training items of few, got a, b");
    }

    private static float[] Values(Dataset data)
    {
        var values = new float[data.Pixels.Length];
        data.Pixels.CopyTo(0, values);
        return values;
    }
}
