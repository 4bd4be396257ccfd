using FsCheck.Xunit;

namespace Vae.Tests;

public class ValueListTests
{
    [Property(Replay = "91,93")]
    public void ListsAreEqualWhenTheirItemsAre(int[] a, int[] b)
    {
        Assert.Equal(a.SequenceEqual(b), ValueList.From(a).Equals(ValueList.From(b)));
        Assert.Equal(ValueList.From(a), ValueList.FromSpan<int>(a));
        Assert.Equal(ValueList.From(a).GetHashCode(), ValueList.From(a).GetHashCode());
    }

    [Property(Replay = "91,95")]
    public void AppendIsConcatenation(int[] a, int[] b) => Assert.Equal([.. a, .. b], ValueList.From(a).Append(b));

    [Fact]
    public void AListKeepsItsItems()
    {
        int[] items = [1, 2];
        var list = ValueList.From(items);
        items[0] = 9;
        Assert.Equal([1, 2], list);
        Assert.Equal("[1, 2]", $"{list}");
    }

    [Property(Replay = "91,97", MaxTest = 300, Arbitrary = [typeof(Generators)])]
    public void EqualSpecsAreEqualAllTheWayDown(Experiment run)
    {
        var copy = run.With(model: run.Model.With(
            encoder: new(ValueList.From(run.Model.Encoder.Layers), run.Model.Encoder.Head),
            input: new(ValueList.From(run.Model.Input.Dims))));
        Assert.Equal(run, copy);
        Assert.Equal(run.GetHashCode(), copy.GetHashCode());
        Assert.NotEqual(run, run.With(model: run.Model.With(latent: run.Model.Latent + 1)));
    }
}
