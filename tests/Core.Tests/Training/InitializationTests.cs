using FsCheck.Fluent;

namespace Vae.Tests;

public class InitializationTests
{
    private static readonly VaeSpec Model = Zoo.Conv(Shape.Image(1, 8, 8), 4, 6);

    public static TheoryData<string, Func<long, long, double>> Bounds => new()
    {
        { "lecun", (fanIn, _) => 1 / Math.Sqrt(fanIn) },
        { "glorot", (fanIn, fanOut) => Math.Sqrt(6.0 / (fanIn + fanOut)) },
        { "he", (fanIn, _) => Math.Sqrt(6.0 / fanIn) },
        { "uniform:0.002", (_, _) => 0.002 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void WeightsHaveTheBoundOfTheirScheme(string text, Func<long, long, double> bound)
    {
        foreach (var weight in Parameters.List(Model).Where(parameter => parameter.Fan.In > 0 && !parameter.IsBias))
        {
            var kernel = weight.Shape.Dims.Count == 4 ? weight.Shape.Dims[2] * weight.Shape.Dims[3] : 1;
            Assert.Equal(
                bound((long)weight.Shape.Dims[1] * kernel, (long)weight.Shape.Dims[0] * kernel), Read(text).Of(weight).Bound, 1e-15);
        }
    }

    [Theory]
    [InlineData("lecun", false), InlineData("lecun+zero-bias", true), InlineData("glorot", true)]
    [InlineData("he+data-bias", true), InlineData("orthogonal", true), InlineData("uniform:0.002+data-bias", true)]
    public void BiasesAreZeroOrUniform(string text, bool zero) =>
        Assert.All(Parameters.List(Model).Where(parameter => parameter.IsBias), bias => Assert.Equal(zero, Read(text).Of(bias).Bound == 0));

    [Fact]
    public void LeCunsIsWhatLayersSayOfThemselves() => Assert.All(
        Generators.Varied.Sample(40, new FsCheck.Rnd(1, 3), 20).SelectMany(Parameters.List),
        parameter => Assert.Equal(parameter.Initial, Initializations.LeCun.Of(parameter)));

    [Fact]
    public void TensorsThatAreOfNoLayerKeepTheirOwn()
    {
        var norm = Zoo.Ladder(Shape.Vector(9));
        foreach (var own in Parameters.List(norm).Where(parameter => parameter.Fan == Fan.None))
            Assert.Equal(own.Initial, Initializations.Glorot().Of(own));
    }

    [Fact]
    public void TheOutputBiasIsThatOfTheLastLayer()
    {
        Assert.Equal("decoder.4.bias", Parameters.OutputBias(Zoo.Burda(Shape.Image(1, 28, 28))));
        Assert.Equal("decoder.7.bias", Parameters.OutputBias(Model));
        Assert.Equal(1, Parameters.List(Model).Single(parameter => parameter.Name == "decoder.7.bias").Shape.Size);
    }

    [Fact]
    public void AFileThatNamesNoneMeansLeCuns()
    {
        var run = TrainRecipes.Default(Model, "digits");
        run = run.With(train: run.Train.With(initialization: Initializations.LeCun));
        var file = System.Text.Json.Nodes.JsonNode.Parse(SpecJson.Write(run))!;
        Assert.True(file["train"]!.AsObject().Remove("initialization"));
        Assert.Equal(new Validated<Experiment>.Valid(run), SpecJson.ReadExperiment(file.ToJsonString()));
    }

    private static Initialization Read(string text) =>
        SpecText.Initialization(text).Match(found => found, problems => throw new ArgumentException($"{problems}"));
}
