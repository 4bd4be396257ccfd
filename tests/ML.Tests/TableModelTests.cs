using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch.Tests;

/// <summary>Cells that a model of a table fills in and reconstructs.</summary>
public sealed class TableModelTests
{
    private static readonly TableSchema Birds = new([
        new("species", new ColumnKind.Categorical(["auk", "gull", "tern"])),
        new("mass", new ColumnKind.Continuous(ColumnTransforms.None))]);

    private readonly MLContext context = new(seed: 1);

    // Half auk, half tern: their mean place is that of the gull, which is the least likely.
    [Theory]
    [InlineData(0.1f, 0, "auk")]
    [InlineData(-0.1f, 2, "tern")]
    public void AClassIsTheLikeliestOneAndNoMeanOfPlaces(float lead, int place, string expected)
    {
        using var model = TableModel.Of(Fixed(lead), Birds);
        var rows = new DataFrame(
            new StringDataFrameColumn("species", ["gull", "auk", null!]), new DoubleDataFrameColumn("mass", [1, 2, 3]));
        Assert.Equal([expected, expected, expected], model.Reconstruct(rows)["species"].Cast<string>());
        Assert.Equal(["gull", "auk", expected], model.Impute(rows, samples: 4)["species"].Cast<string>());
        var shown = model.ToTransformer(context, rows).Transform(rows).GetColumn<float[]>("Reconstruction").ToList();
        Assert.Equal([place, place, place], shown.Select(row => (int)row[0]));
        Assert.All(shown, row => Assert.Equal(0.25f, row[1], 1e-5f));
    }

    // As texts they are no numbers of .NET.
    [Fact]
    public void AnObservedNumberWithThousandsStays()
    {
        var masses = Enumerable.Range(0, 60).Select(i => i == 7 ? "" : $"{1 + i % 9},{100 + 7 * i}").ToList();
        var rows = new DataFrame(new StringDataFrameColumn("mass", masses),
            new DoubleDataFrameColumn("size", Enumerable.Range(0, 60).Select(i => i / 4.0)));
        using var model = TableModel.Train(rows, new(Epochs: 1));
        Assert.IsNotType<ColumnKind.SetAside>(model.Schema.Columns[0].Kind);
        var filled = model.Impute(rows, samples: 2)["mass"].Cast<double>().ToList();
        Assert.Equal(60, filled.Count);
        Assert.All(filled, mass => Assert.True(double.IsFinite(mass)));
        Assert.Equal(1_000 * (1 + 3) + 100 + 21, filled[3]);
    }

    // Whatever the row, logits (lead, −20, 0) and a mean of 0.25.
    private static VaeModel Fixed(float lead)
    {
        var model = new VaeModel(Zoo.Mlp(Shape.Vector(2 * Birds.Width), latent: 1, hidden: 4)
            .With(likelihood: Likelihoods.OfTable(Birds, isMasked: true)));
        var layer = model.Weights.Layout.Select(tensor => tensor.Name).Last(name =>
            name.StartsWith("decoder.", StringComparison.Ordinal) && name.EndsWith(".bias", StringComparison.Ordinal))[..^".bias".Length];
        using var none = TorchSharp.torch.no_grad();
        model.Weights[$"{layer}.weight"].zero_();
        model.Weights[$"{layer}.bias"].zero_();
        foreach (var (i, value) in new[] { lead, -20, 0, 0.25f }.Index())
            model.Weights[$"{layer}.bias"].narrow(0, i, 1).fill_(value);
        return model;
    }
}
