using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class InitializationLawTests
{
    private static readonly Shape Image = Shape.Image(1, 8, 8);

    [Theory]
    [InlineData("lecun"), InlineData("lecun+zero-bias"), InlineData("glorot"), InlineData("he"), InlineData("uniform:0.002")]
    public void EverySchemeDrawsTheSameNumbersWithAnotherBound(string text)
    {
        var initialization = VaeException.Unwrap(SpecText.Initialization(text));
        using Weights plain = new(Zoo.Conv(Image, 3, 5), 4), other = new(Zoo.Conv(Image, 3, 5), 4, initialization: initialization);
        foreach (var parameter in plain.Layout)
        {
            var factor = initialization.Of(parameter).Bound / parameter.Initial.Bound;
            Assert.All(plain[parameter.Name].ToDoubles().Zip(other[parameter.Name].ToDoubles()),
                pair => Assert.Equal(factor * pair.First, pair.Second, 1e-6));
        }
    }

    [Fact]
    public void OrthogonalWeightsHaveOrthonormalRowsOrColumns()
    {
        using var scope = NewDisposeScope();
        using var weights = new Weights(Zoo.Conv(Image, 3, 5), 4, initialization: Initializations.Orthogonal());
        foreach (var parameter in weights.Layout.Where(parameter => parameter.Fan.In > 0 && !parameter.IsBias))
        {
            var matrix = weights[parameter.Name].detach().to(ScalarType.Float64).flatten(1);
            var (rows, columns) = (matrix.size(0), matrix.size(1));
            var gram = rows <= columns ? matrix.mm(matrix.t()) : matrix.t().mm(matrix);
            Assert.True(gram.sub(eye(Math.Min(rows, columns), dtype: ScalarType.Float64)).abs().max().ToDouble() < 1e-6, parameter.Name);
        }
    }

    [Theory]
    [InlineData("bernoulli", false), InlineData("bernoulli", true), InlineData("cross-entropy", false)]
    [InlineData("normal:learned", true), InlineData("masked:bernoulli", false)]
    public void TheMeanBeforeTrainingIsThatOfTheData(string likelihood, bool convolutional)
    {
        using var scope = NewDisposeScope();
        var data = Data(likelihood.StartsWith("masked", StringComparison.Ordinal));
        var spec = (convolutional ? Zoo.Conv(data.Shape, 3, 5) : Zoo.Mlp(data.Shape, 3, 5))
            .With(likelihood: VaeException.Unwrap(SpecText.Likelihood(likelihood)));
        using var model = new VaeModel(spec, 1, initialization: Initializations.Glorot());
        DataBias.Set(model, data, Binarizations.None);
        // All other biases are 0, so that rectifiers give 0 for z = 0.
        var mean = model.DecodeMean(zeros(1, 3)).ToDoubles();
        var expected = DataMoments.Compute(data, Binarizations.None).Means.Select(value => Math.Clamp(value, 0.001, 0.999)).ToArray();
        if (convolutional)
            Array.Fill(expected, DataMoments.Compute(data, Binarizations.None).Means.Average());
        Assert.All(expected.Zip(mean), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void MomentsAreThoseOfTheBinarizedValues()
    {
        var data = Dataset.Create("four", Shape.Vector(2), Pixels.OfBytes(new byte[] { 0, 255, 51, 255, 204, 255, 255, 255 }), default, []);
        var grey = DataMoments.Compute(data, Binarizations.None);
        Assert.Equal(0.5, grey.Means[0], 1e-15);
        Assert.Equal((0.25 + 0.09 + 0.09 + 0.25) / 4, grey.Variances[0], 1e-12);
        Assert.Equal((1.0, 0.0), (grey.Means[1], grey.Variances[1]));
        Assert.Equal(0.25, DataMoments.Compute(data, Binarizations.Threshold(0.5)).Variances[0], 1e-15);
        Assert.Equal(0.25, DataMoments.Compute(data, Binarizations.Stochastic).Variances[0], 1e-15);
        Assert.Equal(0.25, DataMoments.Compute(data, Binarizations.Threshold(0.9)).Means[0], 1e-15);
    }

    private static Dataset Data(bool masked)
    {
        var random = KeyedRandom.FromSeed(3);
        var values = Enumerable.Range(0, 20 * 64).Select(i => random.Bits(i) % 3 == 0 ? 1f : 0f).ToArray();
        if (masked)
            for (var i = 0; i < values.Length; i += 5)
                values[i] = float.NaN;
        var pixels = Pixels.OfNumbers(values, i => $"{i}", new(RawValues: false, Masked: masked));
        var data = Dataset.Create("random", Image, pixels, default, []);
        return masked ? data.WithMask() : data;
    }
}
