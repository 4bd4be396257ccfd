using TorchSharp;

namespace Vae.Torch.Tests;

public class LatentPicturesTests
{
    private static readonly Shape Image = Shape.Image(1, 4, 5);

    private static readonly Dataset Data = Dataset.Create(
        "few", Image, Pixels.OfBytes(Enumerable.Range(0, 6 * 20).Select(i => (byte)(i * 37)).ToArray()),
        new[] { 0, 1, 0, 1, 1, 0 }, ["a", "b"]);

    private static VaeModel Model(int latent, Condition? condition = null)
    {
        var model = new VaeModel(Zoo.Mlp(Image, latent, 8).With(condition: condition ?? Conditions.None), 3);
        // Untrained weights decode to nearly the same grey everywhere: larger ones make pictures that differ.
        Set(model, "decoder.2.weight", weight => weight.mul_(torch.tensor(6f)));
        return model;
    }

    private static void Set(VaeModel model, string name, Action<torch.Tensor> change)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        change(model.Weights[name]);
    }

    private static byte[] Decoded(VaeModel model, params float[] z)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode(true);
        return [.. model.DecodeMean(torch.tensor(z).view(1, -1)).ToFloats().Select(value => (byte)MathF.Round(255 * value))];
    }

    // The values of one image of a grid that fills a picture from its lower right corner on, whatever names stand beside it.
    private static byte[] Cell(Picture picture, int rows, int columns, int row, int column)
    {
        var scale = Math.Clamp(900 / (columns * (Image.Width + 1)), 1, 8);
        var grid = new GridPlan(rows, columns, Image, scale, 1, 0, 0);
        int left = picture.Width - (int)grid.Width, top = picture.Height - (int)grid.Height;
        return [.. from y in Enumerable.Range(0, Image.Height)
                   from x in Enumerable.Range(0, Image.Width)
                   select picture.Bytes[
                       ((top + grid.Y(row) + y * scale) * picture.Width + left + grid.X(column) + x * scale) * picture.Channels]];
    }

    private static void AssertSame(byte[] expected, byte[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.First - pair.Second, -1, 1));

    [Fact]
    public void TheManifoldHasTheMedianInTheMiddleAndRisesRightAndUp()
    {
        using var model = Model(2);
        var picture = LatentPictures.Manifold(model, 3);
        var sixth = (float)Normals.Quantile(5 / 6.0);
        AssertSame(Decoded(model, 0, 0), Cell(picture, 3, 3, 1, 1));
        AssertSame(Decoded(model, 0, sixth), Cell(picture, 3, 3, 0, 1));
        AssertSame(Decoded(model, sixth, 0), Cell(picture, 3, 3, 1, 2));
        Assert.NotEqual(Cell(picture, 3, 3, 0, 1), Cell(picture, 3, 3, 1, 2));
    }

    [Fact]
    public void TheManifoldOfACloudLiesWhereTheCloudDoes()
    {
        using var model = Model(2);
        var cloud = LatentClouds.Moments(NdArray.FromValues([1, 5, 3, -1], 2, 2));
        var picture = LatentPictures.Manifold(model, 3, cloud);
        AssertSame(Decoded(model, 2, 2), Cell(picture, 3, 3, 1, 1));
        AssertSame(Decoded(model, 2, 2 + 3 * (float)Normals.Quantile(5 / 6.0)), Cell(picture, 3, 3, 0, 1));
    }

    [Fact]
    public void WithoutALabelsSayTheRowsOfAClassSheetAreEqual()
    {
        using var model = Model(3, Conditions.Label(2));
        var conditioned = LatentPictures.ClassSheet(model, 4, seed: 7);
        Assert.NotEqual(Cell(conditioned, 2, 4, 0, 0), Cell(conditioned, 2, 4, 1, 0));
        Set(model, "decoder.0.weight", weight => weight.narrow(1, 3, 2).zero_());
        var deaf = LatentPictures.ClassSheet(model, 4, seed: 7, ["a", "b"]);
        Assert.All(Enumerable.Range(0, 4), column => Assert.Equal(Cell(deaf, 2, 4, 0, column), Cell(deaf, 2, 4, 1, column)));
        Assert.Equal(4, Enumerable.Range(0, 4).Select(column => Convert.ToHexString(Cell(deaf, 2, 4, 0, column))).Distinct().Count());
    }

    [Fact]
    public void TraversalsGoByKlAndMoveOneDimensionEach()
    {
        using var model = Model(3);
        // Every example has the posterior N((0, 2, 1), I): a KL of 0, 2 and 0.5 nats.
        Set(model, "encoder.3.weight", weight => weight.zero_());
        Set(model, "encoder.3.bias", bias => bias.copy_(torch.tensor([0f, 2, 1, 0, 0, 0])));
        var picture = LatentPictures.Traversals(model, Data, Binarizations.None, rows: 2, columns: 3, example: 4);
        AssertSame(Decoded(model, 0, 2 - 2.5f, 1), Cell(picture, 2, 3, 0, 0));
        AssertSame(Decoded(model, 0, 2, 1), Cell(picture, 2, 3, 0, 1));
        AssertSame(Decoded(model, 0, 2, 1), Cell(picture, 2, 3, 1, 1));
        AssertSame(Decoded(model, 0, 2, 1 + 2.5f), Cell(picture, 2, 3, 1, 2));
        Assert.NotEqual(Cell(picture, 2, 3, 0, 0), Cell(picture, 2, 3, 1, 0));
    }

    [Fact]
    public void AnInterpolationBeginsAndEndsAtTheExamples()
    {
        using var model = Model(3);
        var picture = LatentPictures.Interpolation(model, Data, Binarizations.None, from: 1, to: 3, steps: 4);
        var codes = new Evaluator(model, Data, Binarizations.None).Encode().Means.ToArray().Chunk(3)
            .Select(code => Array.ConvertAll(code, value => (float)value)).ToArray();
        byte[] Original(int at) => Data.Take([at]).Pixels.Match(bytes => bytes.ToArray(), _ => []);
        for (var row = 0; row < 2; row++)
        {
            Assert.Equal(Original(1), Cell(picture, 2, 6, row, 0));
            AssertSame(Decoded(model, codes[1]), Cell(picture, 2, 6, row, 1));
            AssertSame(Decoded(model, codes[3]), Cell(picture, 2, 6, row, 4));
            Assert.Equal(Original(3), Cell(picture, 2, 6, row, 5));
        }
    }

    [Fact]
    public void RowsOfStochasticLayersEndInTheReconstruction()
    {
        using var model = new VaeModel(Zoo.Ladder(Image, 7, 8), 3);
        var picture = LatentPictures.StochasticLayers(model, Data.Take([1, 3]), Binarizations.None, columns: 2, seed: 4);
        var codes = new Evaluator(model, Data, Binarizations.None).Encode().Means.ToArray().Chunk(7)
            .Select(code => Array.ConvertAll(code, value => (float)value)).ToArray();
        byte[] At(int row, int column) => Cell(picture, 6, 3, row, column);
        foreach (var (example, start) in new[] { (1, 0), (3, 3) })
        {
            var original = Data.Take([example]).Pixels.Match(bytes => bytes.ToArray(), _ => []);
            Assert.All(Enumerable.Range(start, 3), row => Assert.Equal(original, At(row, 0)));
            AssertSame(Decoded(model, codes[example]), At(start + 2, 1));
            Assert.Equal(At(start + 2, 1), At(start + 2, 2));
            Assert.NotEqual(At(start, 1), At(start, 2));
        }
    }

    [Fact]
    public void AConditionalModelIsConditionedOnTheClassOfTheExample()
    {
        using var model = Model(3, Conditions.Label(2));
        Set(model, "encoder.1.weight", weight => weight.zero_());
        byte[] Start(int from) => Cell(LatentPictures.Interpolation(model, Data, Binarizations.None, from, 3), 2, 11, 0, 1);
        Assert.Equal(Start(0), Start(2));
        Assert.NotEqual(Start(0), Start(1));
    }

    [Fact]
    public void AScatterShowsTheFirstExamples()
    {
        using var model = Model(2);
        var first = Data.Take([0, 1, 2, 3]);
        Assert.Equal(LatentPictures.Scatter(model, first, Binarizations.None),
            LatentPictures.Scatter(model, Data, Binarizations.None, limit: 4));
        Assert.NotEqual(LatentPictures.Scatter(model, first, Binarizations.None), LatentPictures.Scatter(model, Data, Binarizations.None));
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        using VaeModel plane = Model(2), conditioned = Model(2, Conditions.Label(2));
        var none = Binarizations.None;
        using var layered = new VaeModel(Zoo.Ladder(Image, 7, 8), 3);
        var before = torch.Tensor.TotalCount;
        _ = LatentPictures.Manifold(plane, 2);
        _ = LatentPictures.ClassSheet(conditioned, 2, 0);
        _ = LatentPictures.Traversals(conditioned, Data, none);
        _ = LatentPictures.Interpolation(conditioned, Data, none, 0, 1);
        _ = LatentPictures.Scatter(plane, Data, none);
        _ = LatentPictures.StochasticLayers(layered, Data, none);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void WhatCannotBeShownIsRefused()
    {
        using VaeModel model = Model(3), plane = Model(2), conditioned = Model(2, Conditions.Label(2)),
            vector = new(Zoo.Mlp(Shape.Vector(20), 2, 8));
        var none = Binarizations.None;
        Damage.Refused(() => LatentPictures.Manifold(model, 3), "model.latent: must be 2 for a picture of the latent plane, got 3");
        Damage.Refused(() => LatentPictures.Manifold(plane, 0), "side: must be at least 1, got 0");
        Damage.Refused(() => LatentPictures.Manifold(plane, 2, label: 1), "label: must be left out for a model without a condition, got 1");
        Damage.Refused(() => LatentPictures.Manifold(conditioned, 2), "label: must be 0 to 1, got -1");
        Damage.Refused(() => LatentPictures.Manifold(vector, 2), "pictures: need images of 1 or 3 channels");
        Damage.Refused(() => LatentPictures.ClassSheet(model, 3, 0), "model.condition: must be a label");
        Damage.Refused(() => LatentPictures.Traversals(model, Data, none, columns: 1), "columns: must be at least 2, got 1");
        Damage.Refused(() => LatentPictures.Traversals(model, Data, none, example: 6), "example: must be 0 to 5, got 6");
        Damage.Refused(() => LatentPictures.Interpolation(model, Data, none, 0, -1), "to: must be 0 to 5, got -1");
        Damage.Refused(() => LatentPictures.Scatter(plane, Data, none, 0), "limit: must be at least 1, got 0");
        Damage.Refused(() => LatentPictures.Scatter(model, Data, none), "model.latent: must be 2");
        Damage.Refused(
            () => LatentPictures.StochasticLayers(model, Data, none), "model.prior: must be hierarchical for a picture of its layers");
    }
}
