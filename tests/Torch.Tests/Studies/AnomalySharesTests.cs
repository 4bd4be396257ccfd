namespace Vae.Torch.Tests;

public class AnomalySharesTests
{
    private const int Samples = 20;

    private static Dataset Rows(int count, bool isMasked)
    {
        var random = KeyedRandom.FromSeed(3);
        var values = Enumerable.Range(0, 4 * count).Select(i =>
            isMasked && random.Uniform(i) < 0.3 ? float.NaN
                : i % 4 == 0 ? (float)random.Uniform(i + 10_000) : random.Below(2 + i % 4, i + 20_000)).ToArray();
        var data = Dataset.Create("rows", Shape.Vector(4), Pixels.OfFloats(values), ReadOnlyMemory<int>.Empty, []);
        return isMasked ? data.WithMask() : data;
    }

    private static VaeModel Model(bool isMasked, Posterior posterior)
    {
        var columns = Likelihoods.OfColumns([Columns.Continuous(0.5, 0.3), Columns.Categorical(3), Columns.Count, Columns.Categorical(5)]);
        return new(Zoo.Mlp(Shape.Vector(isMasked ? 8 : 4), 2, 8)
            .With(likelihood: isMasked ? Likelihoods.Masked(columns) : columns, posterior: posterior), 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SharesSumToTheBound(bool isMasked)
    {
        using var model = Model(isMasked, Posteriors.DiagonalNormal);
        var data = Rows(50, isMasked);
        var shares = AnomalyShares.Measure(new(model, data, Binarizations.None, 1), Samples);
        var bounds = new Evaluator(model, data, Binarizations.None, 1).NllOfEach(Samples);
        // Two estimates of one bound from different draws; of the near-prior posterior of fresh weights both are close.
        Assert.All(shares.Zip(bounds), pair => Assert.Equal(pair.Second, pair.First.Score, 1.0));
        Assert.Equal(bounds.Average(), shares.Average(share => share.Score), 0.2);
        Assert.All(shares, share => Assert.True(share.Values.Count == 4 && double.IsFinite(share.Code)));
    }

    [Fact]
    public void AMissingValueHasNoShare()
    {
        using var model = Model(isMasked: true, Posteriors.DiagonalNormal);
        var data = Rows(50, isMasked: true);
        var observed = data.Observed();
        var shares = AnomalyShares.Measure(new(model, data, Binarizations.None, 1), Samples);
        Assert.All(shares.SelectMany((share, row) => share.Values.Select((value, i) => (value, seen: observed[4 * row + i]))),
            one => Assert.Equal(one.seen == 0, one.value == 0));
    }

    [Fact]
    public void AnAutoencoderIsScoredByItsReconstruction()
    {
        using var model = Model(isMasked: false, Posteriors.Point);
        var input = new EvaluationInput(model, Rows(50, isMasked: false), Binarizations.None, 1);
        var scores = Anomalies.Scores(input);
        var shares = AnomalyShares.Measure(input);
        Assert.All(shares.Zip(scores), pair => Assert.Equal(pair.Second.Best, pair.First.Score, 1e-4));
        Assert.All(shares, share => Assert.Equal(0, share.Code));
    }
}
