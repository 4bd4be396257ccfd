namespace Vae.Tests;

/// <summary>Values that are known in closed form, and arguments at the ends of what numbers can be.</summary>
public class LikelihoodValuesTests
{
    // Soft bounds at e²⁰ move a logarithm by e⁻²⁰.
    private const double Softness = 1e-8;

    public static TheoryData<string> All => [.. Families.All.Select(family => family.Text)];

    [Theory]
    [InlineData("normal:2", 3, 1, 0.5 + 1.612085713764618)]
    [InlineData("laplace:0.5", 1, 0.25, 1.5)]
    // ν = 2 has the density 1/(2 + t²)^1.5, and ν = 3 has 2/(π·√3·(1 + t²/3)²).
    [InlineData("student-t:1:2", 1, 0, 1.6479184330021643)]
    [InlineData("student-t:2:3", 1, 1, 1.694036030183455)]
    [InlineData("categorical:3", 0.5, 0, 1.0986122886681098)]
    [InlineData("poisson", 3, 0, 2.791759469228055)]
    [InlineData("poisson", 0, 0, 1)]
    // r = 1 and μ = 1: a geometric distribution, p(x) = 2⁻ˣ⁻¹.
    [InlineData("negative-binomial", 0, 0, 0.6931471805599453)]
    [InlineData("negative-binomial", 3, 0, 2.772588722239781)]
    [InlineData("columns:binary", 1, 0, 0.6931471805599453)]
    public void ValuesAreThoseOfTheClosedForm(string text, double x, double output, double expected)
    {
        var likelihood = Find(text);
        var width = likelihood.Formulas().Outputs(Shape.Vector(1)).Channels;
        Assert.Equal(expected, Likelihoods.NegLogDensity(
            likelihood, NdArray.Full(output, 1, width), NdArray.Full(x, 1, 1), new(_ => NdArray.Full(0, 1))).Item, Softness);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.6931471805599453, 1.0986122886681098, -0.01560309)]
    public void ABetaDensityIsThatOfTheValuesDrawnIn(double logAlpha, double logBeta, double expected)
    {
        // α = β = 1 is uniform over an interval of length 1/(1 − 2/512); Beta(2, 3) at ½ is 12·½·¼ = 1.5.
        var uniform = -Math.Log(1 - 2.0 / 512);
        var value = Likelihoods.NegLogDensity(
            Likelihoods.Beta(), NdArray.FromValues([logAlpha, logBeta], 1, 2), NdArray.Full(0.5, 1, 1)).Item;
        // The soft bounds bend ln α and ln β by less than a thousandth.
        Assert.Equal(expected == 0 ? uniform : uniform - Math.Log(1.5), value, 0.01);
    }

    [Fact]
    public void TheOptimalScaleIsThatOfTheBatchAndThenOfAMovingMean()
    {
        NdArray x = Noise.Normal(1, 6, 3), centre = Noise.Normal(2, 6, 3);
        var square = NdArray.Square(x - centre).ToArray().Average();
        var training = Likelihoods.NegLogDensity(
            Likelihoods.Normal(Scales.Optimal), centre, x, new PartState<NdArray>(_ => NdArray.Full(0, 2), training: true));
        Assert.Equal(-Normals.LogDensity(x, centre, Math.Sqrt(square)).ToArray().Sum(), training.ToArray().Sum(), 1e-3);
        // No fixed σ does better.
        Assert.All([0.9, 1.1],
            factor => Assert.True(-Normals.LogDensity(x, centre, factor * Math.Sqrt(square)).ToArray().Sum() > training.ToArray().Sum()));
        var once = Likelihoods.Normal(Scales.Optimal).Formulas().Updated(new(_ => NdArray.Full(0, 2), training: true), centre, x)["spread"];
        Assert.Equal([0.01 * square, 0.01], once.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
        Close(training, Likelihoods.NegLogDensity(Likelihoods.Normal(Scales.Optimal), centre, x, new PartState<NdArray>(_ => once)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ItIsFiniteForAnyOutputs(string text)
    {
        var family = Families.All.First(family => family.Text == text);
        foreach (var size in new[] { 0, 1e-300, 1e-9, 1, 100, 1e4, 1e6 })
            foreach (var sign in new[] { -1, 1, 0 })
            {
                var noise = Noise.Normal(7, 5, family.Outputs);
                var outputs = size * (sign == 0 ? noise : sign * NdArray.Abs(noise));
                var x = family.Support(Noise.Normal(8, 5, Family.Values));
                var dual = family.Formulas.NegLogDensityPerValue(
                    family.State(Dual<NdArray>.Constant(x)), new Dual<NdArray>(outputs, 0 * outputs + 1), Dual<NdArray>.Constant(x));
                Assert.All([.. dual.Value.ToArray(), .. dual.Tangent.ToArray(),
                    .. family.Formulas.Mean(family.State(x), outputs).ToArray()], value => Assert.True(double.IsFinite(value)));
            }
    }

    [Theory]
    [InlineData(1e-8, 18.420680738180208)]
    [InlineData(0.5, 0.5723649429247001)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3.5, 1.2009736023470743)]
    [InlineData(100, 359.1342053695754)]
    [InlineData(1e6, 12815504.569147611)]
    public void LogGammaIsExact(double x, double expected)
    {
        Assert.Equal(expected, Gammas.LogGamma(NdArray.Full(x, 1)).Item, 2e-13 * (1 + expected));
        Assert.Equal(Gammas.LogGamma(NdArray.Full(x + 3, 1)).Item - expected, Gammas.LogRising(NdArray.Full(x, 1), NdArray.Full(3, 1)).Item,
            1e-12 * (1 + expected));
    }

    private static Likelihood Find(string text) =>
        SpecText.Likelihood(text).Match(found => found, problems => throw new ArgumentException($"{problems}"));

    private static void Close(NdArray expected, NdArray actual) =>
        Assert.All(expected.ToArray().Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
}
