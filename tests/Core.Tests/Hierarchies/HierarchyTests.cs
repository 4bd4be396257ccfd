namespace Vae.Tests;

/// <summary>Posteriors and priors of several levels of latents.</summary>
public class HierarchyTests
{
    private const int Rows = 5;

    public static TheoryData<string> Kinds => [.. HierarchySamples.Two.Keys];

    private static Posterior Q(Hierarchy levels) => Posteriors.Hierarchical(levels);

    private static Prior P(Hierarchy levels) => Priors.Hierarchical(levels, Priors.LearnedNormal);

    private static NdArray Outputs(Hierarchy levels, ulong seed = 1) =>
        Noise.Normal(seed, Rows, (int)Q(levels).Formulas().Outputs(Hierarchies.Latent(levels)));

    [Theory, MemberData(nameof(Kinds))]
    public void OneStochasticLayerIsTheOrdinaryPosterior(string kind)
    {
        var levels = HierarchySamples.One[kind];
        var (q, _) = HierarchySamples.States(NdArray.Full(0, 1), Q(levels), P(levels), 2);
        NdArray outputs = Outputs(levels), noise = Noise.Normal(2, Rows, 2), elsewhere = Noise.Normal(3, Rows, 2);
        // Of a top-down model the encoder is followed by the level's network, which sees the start beside the features.
        var given = kind != "top-down" ? outputs
            : q.Run("infer.1", NdArray.Concat(NdArray.Reshape(q["prior.start"], 1, 4) + NdArray.Full(0, Rows, 1), outputs, 1));
        var (draw, plain) = (Posteriors.Draw(Q(levels), outputs, noise, q), Posteriors.Draw(Posteriors.DiagonalNormal, given, noise));
        Assert.Equal(plain.Z.ToArray(), draw.Z.ToArray());
        Assert.Equal(plain.LogDensity.ToArray(), draw.LogDensity.ToArray());
        Assert.Equal(Posteriors.LogDensity(Posteriors.DiagonalNormal, given, elsewhere)!.Value.ToArray(),
            Posteriors.LogDensity(Q(levels), outputs, elsewhere, q)!.Value.ToArray());
        Assert.Equal(Posteriors.Mean(Posteriors.DiagonalNormal, given).ToArray(), Posteriors.Mean(Q(levels), outputs, q).ToArray());
        Assert.Equal(Posteriors.LogVariance(Posteriors.DiagonalNormal, given).ToArray(),
            Posteriors.LogVariance(Q(levels), outputs, q).ToArray());
        Assert.True(Q(levels).Formulas().HasMoments);
        Assert.Equal(
            Divergences.KlPerLatent(Posteriors.DiagonalNormal, Priors.StandardNormal, given)!.Value.ToArray(),
            Divergences.KlPerLatentAt(Q(levels), Priors.Hierarchical(levels), outputs, draw.Z, q)!.Value.ToArray());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void OneLevelHasThePriorOfItsTop(string kind)
    {
        var levels = HierarchySamples.One[kind];
        foreach (var top in new[] { Priors.StandardNormal, Priors.LearnedNormal, Priors.Mixture(3),
            Priors.Transformed(Flows.Repeat(2, Flows.MaskedAutoregressive(3))) })
        {
            var whole = Priors.Hierarchical(levels, top);
            var (_, p) = HierarchySamples.States(NdArray.Full(0, 1), Q(levels), whole, 2);
            var own = new PartState<NdArray>(name => p[$"top.{name}"]);
            NdArray z = Noise.Normal(2, Rows, 2), noise = Noise.Normal(3, Rows, top.Formulas().Noise(2));
            Assert.Equal(Priors.LogDensity(top, z, own).ToArray(), Priors.LogDensity(whole, z, p).ToArray());
            Assert.Equal(Priors.Sample(top, noise, own).ToArray(), Priors.Sample(whole, noise, p).ToArray());
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void TheDensityOfADrawIsThatOfItsPlace(string kind)
    {
        var levels = HierarchySamples.Two[kind];
        var (q, p) = HierarchySamples.States(NdArray.Full(0, 1), Q(levels), P(levels), 3);
        var draw = Posteriors.Draw(Q(levels), Outputs(levels), Noise.Normal(2, Rows, 3), q);
        Assert.Equal(draw.LogDensity.ToArray(), Posteriors.LogDensity(Q(levels), Outputs(levels), draw.Z, q)!.Value.ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-12);
        var each = Divergences.PerLayer(Q(levels), P(levels), Outputs(levels), draw.Z, q, p)!.Value;
        Assert.Equal([Rows, 2], each.Dims);
        Assert.Equal(Divergences.MonteCarloKl(P(levels), draw, p).ToArray(), NdArray.Sum(each, 1).ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void LayersDrawnAgainWithTheSameNoiseAreTheSame(string kind)
    {
        var prior = (Prior.Hierarchical)P(HierarchySamples.Two[kind]);
        var (_, p) = HierarchySamples.States(NdArray.Full(0, 1), Q(prior.Hierarchy), prior, 3);
        var noise = Noise.Normal(2, Rows, 3);
        var z = Priors.Sample(prior, noise, p);
        Assert.Equal(z.ToArray(), prior.Redraw(p, z, NdArray.Slice(noise, 1, 0, 2), kept: 1).ToArray());
        Assert.Equal(z.ToArray(), prior.Redraw(p, z, NdArray.Slice(noise, 1, 0, 0), kept: 2).ToArray());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void LayersDrawnAgainFollowTheKeptOneAlone(string kind)
    {
        const int draws = 4000;
        var prior = (Prior.Hierarchical)P(HierarchySamples.Two[kind]);
        var (_, p) = HierarchySamples.States(NdArray.Full(0, 1), Q(prior.Hierarchy), prior, 3);
        var top = Noise.Normal(1, 1, 1) + NdArray.Full(0, draws, 1);
        NdArray Redrawn(ulong below, ulong noise) =>
            prior.Redraw(p, NdArray.Concat(Noise.Normal(below, draws, 2), top, 1), Noise.Normal(noise, draws, 2), kept: 1);
        var z = Redrawn(5, 6);
        Assert.Equal(top.ToArray(), NdArray.Slice(z, 1, 2, 1).ToArray());
        Assert.Equal(z.ToArray(), Redrawn(7, 6).ToArray());
        // Without noise a draw is the mean of p(z₁|z₂).
        var mean = NdArray.Slice(prior.Redraw(p, z, NdArray.Full(0, draws, 2), kept: 1), 1, 0, 2);
        foreach (var dimension in Enumerable.Range(0, 2))
            Noise.AssertMean(0, NdArray.Slice(NdArray.Slice(z, 1, 0, 2) - mean, 1, dimension, 1).ToArray());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void WithoutNoiseADrawIsTheMean(string kind)
    {
        var levels = HierarchySamples.Two[kind];
        var (q, _) = HierarchySamples.States(NdArray.Full(0, 1), Q(levels), P(levels), 3);
        Assert.Equal(Posteriors.Mean(Q(levels), Outputs(levels), q).ToArray(),
            Posteriors.Draw(Q(levels), Outputs(levels), NdArray.Full(0, Rows, 3), q).Z.ToArray());
        Assert.False(Q(levels).Formulas().HasMoments);
    }

    [Theory, InlineData("ladder"), InlineData("top-down")]
    public void TheClosedFormConditionedOnADrawHasTheMeanOfTheSampledOneAndLessVariance(string kind)
    {
        const int draws = 4000;
        var levels = HierarchySamples.Two[kind];
        var (q, p) = HierarchySamples.States(NdArray.Full(0, 1), Q(levels), P(levels), 3);
        var one = Noise.Normal(7, 1, Outputs(levels).Dims[1]);
        var outputs = one + NdArray.Full(0, draws, 1);
        var draw = Posteriors.Draw(Q(levels), outputs, Noise.Normal(8, draws, 3), q);
        var given = NdArray.SumEvent(Divergences.KlPerLatentAt(Q(levels), P(levels), outputs, draw.Z, q, p)!.Value).ToArray();
        var drawn = Divergences.MonteCarloKl(P(levels), draw, p).ToArray();
        Noise.AssertMean(0, [.. given.Zip(drawn, (a, b) => a - b)]);
        Assert.True(Noise.Mean(given).StandardError < 0.7 * Noise.Mean(drawn).StandardError);
    }

    [Fact]
    public void UpwardsThereIsNoClosedForm()
    {
        var levels = HierarchySamples.Two["plain"];
        var (q, p) = HierarchySamples.States(NdArray.Full(0, 1), Q(levels), P(levels), 3);
        Assert.Null(Divergences.KlPerLatentAt(Q(levels), P(levels), Outputs(levels), NdArray.Full(0, Rows, 3), q, p));
    }

    // N(1, 2²) from x and N(3, 1²) from above: precisions ¼ and 1, so variance 0.8 and mean 0.8 · (¼ · 1 + 1 · 3) = 2.6.
    [Fact]
    public void ALadderMergesByPrecision()
    {
        var levels = Hierarchies.Ladder(Shape.Vector(1), [new(Shape.Vector(1), 1, HierarchySamples.Narrow, HierarchySamples.Narrow)]);
        var (q, _) = HierarchySamples.States(NdArray.Full(0, 1), Q(levels), P(levels), 2, given: new Dictionary<string, double[]>
        {
            ["posterior.up.2.0.weight"] = [0, 0],
            ["posterior.up.2.0.bias"] = [-1, 0],
            ["prior.down.1.0.weight"] = [-3, 0],
            ["prior.down.1.0.bias"] = [0, 0],
        });
        var outputs = NdArray.FromValues([1, Math.Log(4), 9], 1, 3);
        Assert.Equal([2.6, -1], Posteriors.Mean(Q(levels), outputs, q).ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([Math.Log(0.8), 0], Posteriors.LogVariance(Q(levels), outputs, q).ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        // Far apart in precision the sharper one stays, without overflow.
        var sharp = Posteriors.Mean(Q(levels), NdArray.FromValues([1, -2000, 9], 1, 3), q).ToArray();
        Assert.Equal([1, -1], sharp);
    }
}
