namespace Vae.Tests;

/// <summary>The outputs for the moments of data have those moments.</summary>
public class OutputsForTests
{
    private const double Margin = 0.001;

    private static readonly Moments Unit = new([0, 0.0005, 0.02, 0.13, 0.5, 0.77, 0.9995, 1], [0, 0.0004, 0.01, 0.1, 0.2, 0.05, 0.0004, 0]);
    private static readonly Moments Real = new([-3, -0.1, 0, 0.5, 2, 100], [0, 1e-3, 1, 0.25, 9, 400]);
    private static readonly Moments Counted = new([0, 0.01, 0.5, 1, 7.5, 200], [0, 0.01, 0.9, 1, 30, 200]);

    public static TheoryData<string> Clamped => ["bernoulli", "cross-entropy", "beta", "categorical", "categorical:5",
        "discretized-logistic", "discretized-logistic:1:5", "discretized-logistic:4"];

    [Theory]
    [MemberData(nameof(Clamped))]
    public void TheMeanOfIntensitiesIsThatOfTheDataInsideAMargin(string text)
    {
        var (_, means) = Means(text, Unit);
        Assert.All(Unit.Means.Zip(means), pair => Assert.Equal(Math.Clamp(pair.First, Margin, 1 - Margin), pair.Second, 1e-9));
    }

    [Fact]
    public void TheMeanOfAContinuousBernoulliHasAWiderMargin()
    {
        var (_, means) = Means("continuous-bernoulli", Unit);
        Assert.All(Unit.Means.Zip(means), pair => Assert.Equal(Math.Clamp(pair.First, 0.02, 0.98), pair.Second, 1e-9));
    }

    [Theory]
    [InlineData("normal:0.3"), InlineData("normal:learned"), InlineData("normal:shared"), InlineData("normal:optimal")]
    [InlineData("laplace"), InlineData("laplace:learned")]
    public void TheMeanOfRealNumbersIsThatOfTheData(string text) => Assert.Equal(Real.Means, Means(text, Real).Means);

    [Theory]
    [InlineData("poisson"), InlineData("negative-binomial"), InlineData("zero-inflated")]
    public void TheMeanOfCountsIsThatOfTheData(string text)
    {
        var (_, means) = Means(text, Counted);
        Assert.All(Counted.Means.Skip(1).Zip(means.Skip(1)), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * (1 + pair.First)));
        // A count that is never seen has a rate all the same.
        Assert.InRange(means[0], 1e-4, 1e-3);
    }

    [Theory]
    [InlineData("student-t:learned"), InlineData("student-t:0.3")]
    public void TheCentreOfAStudentTIsTheMeanOfTheData(string text) => Assert.Equal(Real.Means, Means(text, Real).Means);

    [Theory]
    [InlineData("log-normal:learned"), InlineData("log-normal:0.5"), InlineData("gamma")]
    public void TheMeanOfPositiveValuesIsThatOfTheData(string text)
    {
        var (_, means) = Means(text, Counted);
        Assert.All(Counted.Means.Skip(1).Zip(means.Skip(1)), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * (1 + pair.First)));
    }

    [Theory]
    [InlineData("ordinal:5", 4), InlineData("beta-binomial:5", 5)]
    public void TheMeanOfBoundedCountsIsThatOfTheDataInsideAMargin(string text, int max)
    {
        var (_, means) = Means(text, new([.. Unit.Means.Select(mean => mean * max)], Unit.Variances));
        Assert.All(Unit.Means.Zip(means), pair => Assert.Equal(Math.Clamp(pair.First, Margin, 1 - Margin) * max, pair.Second, 1e-7));
    }

    [Theory]
    [InlineData("poisson:library"), InlineData("negative-binomial:library"), InlineData("zero-inflated:library")]
    public void SharesOfATotalAreThoseOfTheMeans(string text)
    {
        var (_, means) = Means(text, Counted.Slice(1, 5));
        var all = means.Sum();
        Assert.All(Counted.Means.Skip(1).Zip(means), pair => Assert.Equal(pair.First / Counted.Means.Sum(), pair.Second / all, 1e-12));
    }

    [Theory]
    [InlineData("normal:learned", 1), InlineData("laplace:learned", 2)]
    public void ALearnedScaleIsThatOfTheData(string text, double variances)
    {
        var (outputs, _) = Means(text, Real);
        Assert.All(
            Real.Variances.Select((variance, i) => (variance, Log: Stable.SoftClip(NdArray.Full(outputs[Real.Count + i], 1), -6, 20).Item)),
            at => Assert.Equal(Math.Max(Math.Log(Math.Sqrt(at.variance / variances)), -4), at.Log, 1e-9));
    }

    [Fact]
    public void TheVarianceOfABetaIsThatOfTheDataWhereThatIsWithinBounds()
    {
        var (outputs, _) = Means("beta", Unit);
        double Shape(int at) => Math.Exp(Stable.SoftClip(NdArray.Full(outputs[at], 1), -5, 8).Item);
        foreach (var i in new[] { 3, 4, 5 })
        {
            double alpha = Shape(i), beta = Shape(Unit.Count + i), sum = alpha + beta, inward = 1 - 2.0 / 512;
            Assert.Equal(Unit.Variances[i], alpha * beta / (sum * sum * (sum + 1)) / (inward * inward), 1e-9);
        }
    }

    [Fact]
    public void ColumnsHaveTheMeansOfTheData()
    {
        var likelihood = Likelihoods.OfColumns([Columns.Continuous(5, 2), Columns.Continuous(-1, 0.1), Columns.Binary,
            Columns.Categorical(4), Columns.Count, Columns.Count]);
        var moments = new Moments([5.5, -1.02, 0.2, 1.7, 3, 0.4], [4, 0.01, 0.16, 1, 9, 0.4]);
        var outputs = Likelihoods.OutputsFor(likelihood, moments);
        Assert.Equal(likelihood.Formulas().Outputs(Shape.Vector(6)).Channels, outputs.Count);
        Assert.All(moments.Means.Zip(Means(likelihood, outputs)), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void AMaskHasNoOutputs() =>
        Assert.Equal(
            Likelihoods.OutputsFor(Likelihoods.Bernoulli, Unit),
            Likelihoods.OutputsFor(Likelihoods.Masked(Likelihoods.Bernoulli), Unit));

    [Fact]
    public void EveryFamilyHasOneNumberForEachOutput() => Assert.All(Families.All, family =>
    {
        var moments = new Moments([0.5, 0.2, 0.8, 1], [0.1, 0.1, 0.1, 0]);
        var outputs = family.Formulas.OutputsFor(moments);
        Assert.Equal(family.Outputs, outputs.Count);
        Assert.All(outputs, value => Assert.True(double.IsFinite(value)));
    });

    [Fact]
    public void MomentsOfAChannelAreThoseOfItsPositions()
    {
        // Two channels of two positions: values 0, 2 and 4, 4 with no variance of their own, and 1 with variance 3 besides.
        var channels = new Moments([0, 2, 4, 4], [1, 3, 0, 0]).PerChannel(2);
        Assert.Equal([1, 4], channels.Means);
        Assert.Equal([3, 0], channels.Variances);
    }

    private static (ValueList<double> Outputs, double[] Means) Means(string text, Moments moments)
    {
        var likelihood = SpecText.Likelihood(text).Match(found => found, problems => throw new ArgumentException($"{problems}"));
        var outputs = Likelihoods.OutputsFor(likelihood, moments);
        return (outputs, Means(likelihood, outputs));
    }

    private static double[] Means(Likelihood likelihood, ValueList<double> outputs) => Likelihoods.Mean(
        likelihood, NdArray.FromValues([.. outputs], 1, outputs.Count),
        new PartState<NdArray>(name => name == "totals" ? NdArray.FromValues([6, 0.5], 2) : NdArray.Full(0, 1))).ToArray();
}
