using TorchSharp;

namespace Vae.Torch.Tests;

/// <summary>Neighbours and attributes: arithmetic with codes.</summary>
public class LatentSpaceTests
{
    private static readonly Dataset Test = TinyRuns.Digits().Test;

    private static VaeModel Model(Condition? condition = null, Posterior? posterior = null) =>
        new(Zoo.Mlp(TinyRuns.Input, 3, 8).With(condition: condition ?? Conditions.None, posterior: posterior), 5);

    private static double[][] Codes(VaeModel model, Dataset data) =>
        [.. new Evaluator(model, data, Binarizations.None).Encode().Means.ToArray().Chunk(3)];

    public static TheoryData<string> Kinds => ["plain", "conditional", "autoencoder"];

    private static VaeModel Model(string kind) => kind switch
    {
        "conditional" => Model(Conditions.Label(10)),
        "autoencoder" => Model(posterior: Posteriors.Point),
        _ => Model(),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NeighboursAreThoseOfTheCodesWithoutTheExampleItself(string kind)
    {
        using var model = Model(kind);
        var codes = Codes(model, Test);
        var neighbours = LatentNeighbours.Find(new(model, Test, Binarizations.None), 5, 6);
        double Distance(int at) => Math.Sqrt(codes[5].Zip(codes[at], (a, b) => (a - b) * (a - b)).Sum());
        Assert.Equal(Enumerable.Range(0, Test.Count).Where(i => i != 5).OrderBy(Distance).Take(6), neighbours.Select(of => of.Index));
        Assert.All(neighbours, of => Assert.Equal(Distance(of.Index), of.Distance, 1e-9));
        Assert.Equal(Test.Count - 1, LatentNeighbours.Find(new(model, Test, Binarizations.None), 5, int.MaxValue).Count);
        Assert.True(StudyPictures.Neighbours(model, Test, Binarizations.None, 5, neighbours).Width > 7 * 28);
    }

    [Fact]
    public void EqualExamplesAreAtDistanceZero()
    {
        using var model = Model();
        Assert.Equal([new(0, 0)], LatentNeighbours.Find(new(model, Test.Take([3, 4, 3]), Binarizations.None), 2, 1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ADirectionIsTheSumOfWhatIsAddedLessWhatIsTaken(string kind)
    {
        using var model = Model(kind);
        ValueList<double> three = LatentAttributes.Direction(new(model, Test, Binarizations.None), ["3"], []),
            eight = LatentAttributes.Direction(new(model, Test, Binarizations.None), ["8"], []);
        var both = LatentAttributes.Direction(new(model, Test, Binarizations.None), ["3"], ["8"]);
        var codes = Codes(model, Test);
        double Mean(bool of, int k) => codes.Where((_, i) => Test.Labels.Span[i] == 3 == of).Average(code => code[k]);
        for (var k = 0; k < 3; k++)
        {
            Assert.Equal(three[k] - eight[k], both[k], 1e-12);
            Assert.Equal(Mean(true, k) - Mean(false, k), three[k], 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoStrengthIsTheReconstructionAndAnotherIsNot(string kind)
    {
        using var model = Model(kind);
        var some = Test.Take([0, 1, 2, 3]);
        var reconstructions = Decodings.Reconstructed(model, some, Binarizations.None).Reconstructions.Chunk(784).ToArray();
        var moved = LatentAttributes.Moved(new(model, some, Binarizations.None), [1, -2, 3], [0, 1]).Chunk(784).ToArray();
        Assert.Equal(8, moved.Length);
        for (var i = 0; i < 4; i++)
        {
            Assert.All(reconstructions[i].Zip(moved[2 * i]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.NotEqual(moved[2 * i], moved[2 * i + 1]);
        }
    }

    [Fact]
    public void AttributesAreClassesOrConditionValues()
    {
        var data = Dataset.Create("few", Shape.Vector(1), Pixels.OfBytes(new byte[] { 1, 2, 3 }), new[] { 0, 1, 0 }, ["a", "c1=2"])
            .WithConditions(new float[] { 1, 2, 1.5f, 0, -2, 2 }, 2);
        Assert.Equal([true, false, true], LatentAttributes.Flags(data, "a"));
        // A class of that name comes first.
        Assert.Equal([false, true, false], LatentAttributes.Flags(data, "c1=2"));
        Assert.Equal([true, false, true], LatentAttributes.Flags(data, "c1=2.0"));
        Assert.Equal([false, true, false], LatentAttributes.Flags(data, "c0>1"));
        Assert.Equal([false, false, true], LatentAttributes.Flags(data, "c0<-1"));
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        using var model = Model(Conditions.Label(10));
        _ = LatentNeighbours.Find(new(model, Test, Binarizations.None), 0, 1);
        var before = Samples.HeldTensors();
        _ = StudyPictures.Neighbours(model, Test, Binarizations.None, 0, LatentNeighbours.Find(new(model, Test, Binarizations.None), 0, 2));
        _ = StudyPictures.Attributes(model, Test.Take([0, 1]), Binarizations.None, [1, 2, 3], [0, 1]);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void WhatHasNoPlaceInLatentSpaceIsRefused()
    {
        using var model = Model();
        using var none = new VaeModel(Zoo.QuadrantsBaseline(TinyRuns.Input, 1, 8));
        Binarization plain = Binarizations.None;
        Damage.Refused(() => LatentNeighbours.Find(new(model, Test, plain), 128, 1), "index: must be 0 to 127, got 128");
        Damage.Refused(() => LatentNeighbours.Find(new(model, Test, plain), -1, 1), "index: must be 0 to 127, got -1");
        Damage.Refused(() => LatentNeighbours.Find(new(model, Test, plain), 0, 0), "count: must be at least 1, got 0");
        Damage.Refused(() => LatentNeighbours.Find(new(model, Test.Take([1]), plain), 0, 1), "data: must have at least two examples");
        Damage.Refused(() => LatentNeighbours.Find(new(none, Test, plain), 0, 1), "model.latent: must be at least 1");
        Damage.Refused(() => LatentAttributes.Direction(new(model, Test, plain), [], []), "attribute: must be given to add or to subtract");
        Damage.Refused(() => LatentAttributes.Direction(new(model, Test, plain), ["smile"], []), "attribute: must be the name of a class");
        Damage.Refused(() => LatentAttributes.Direction(new(model, Test, plain), ["c0=1"], []),
            "attribute: must name one of the 0 condition values");
        Damage.Refused(() => LatentAttributes.Direction(
            new(model, Test.Take([.. Enumerable.Range(0, 128).Where(i => Test.Labels.Span[i] == 3)]), plain), ["3"], []),
                "attribute: must hold for some examples");
        Damage.Refused(() => LatentAttributes.Moved(new(model, Test, plain), [1], [0]), "direction: must have 3 values");
        Damage.Refused(() => LatentAttributes.Moved(new(model, Test, plain), [1, 2, 3], [double.NaN]),
            "strengths: must be at least one number");
    }
}
