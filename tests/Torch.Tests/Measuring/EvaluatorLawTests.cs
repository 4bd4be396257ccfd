namespace Vae.Torch.Tests;

public class EvaluatorLawTests
{
    private static readonly double[] Strengths = [0.12, 0.08];

    // float32 sums of terms of about ten nats.
    private const double Rounding = 1e-4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(49)]
    [InlineData(51)]
    [InlineData(1999)]
    [InlineData(4001)]
    public void UnderTheExactPosteriorAnyNumberOfSamplesGivesTheEvidence(int samples)
    {
        using var linear = new LinearModel(Strengths);
        var data = linear.Draw(23, 1);
        Assert.Equal(linear.NegLogEvidence(data), Evaluate(linear, data).Nll(samples), Rounding);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(1003)]
    public void AnyNumberOfExamplesIsCovered(int count)
    {
        using var linear = new LinearModel(Strengths);
        var data = linear.Draw(count, 2);
        Assert.Equal(linear.NegLogEvidence(data), Evaluate(linear, data).Nll(3), Rounding);
        Assert.Equal([count, 2], Evaluate(linear, data).Encode().Means.Dims);
    }

    [Fact]
    public void UnderAWrongPosteriorSamplesCloseTheGap()
    {
        // Means one deviation off in both dimensions: KL(q ‖ p(z|x)) = 1/2 each.
        using var linear = new LinearModel(Strengths, offset: 1);
        var data = linear.Draw(400, 3);
        var exact = linear.NegLogEvidence(data);
        double one = Evaluate(linear, data).Nll(1), few = Evaluate(linear, data).Nll(10), many = Evaluate(linear, data).Nll(3000);
        // The log-weight of one draw has a variance of at most 2; six deviations of its mean over 400 are 0.42.
        Assert.InRange(one - exact, 1 - 0.42, 1 + 0.42);
        Assert.InRange(few - exact, 0, one - exact);
        // 3,000 weights of variance e² − 1 each, over 400 examples: six deviations of the mean are 0.014, the bias 0.001.
        Assert.InRange(many - exact, -0.015, 0.015);
        Assert.InRange(Evaluate(linear, data).Terms().Criterion - exact, 0, 2.5);
    }

    [Fact]
    public void TheBoundIsTheEvidencePlusTheGapOfThePosterior()
    {
        using var linear = new LinearModel(Strengths, offset: 3);
        var data = linear.Draw(600, 4);
        // KL(q ‖ p(z|x)) = 9/2 in each dimension; a draw's reconstruction varies by less than 20, six deviations of the mean by 1.1.
        Assert.InRange(Evaluate(linear, data).Terms().Criterion - linear.NegLogEvidence(data), 9 - 1.1, 9 + 1.1);
    }

    [Fact]
    public void TermsAddUpAndRepeat()
    {
        using var linear = new LinearModel(Strengths);
        var data = linear.Draw(50, 5);
        var terms = Evaluate(linear, data).Terms();
        Assert.Equal(terms.NegElbo!.Value, terms.Reconstruction + terms.Kl!.Value, 1e-9);
        Assert.Equal(terms, Evaluate(linear, data).Terms());
        Assert.NotEqual(terms, new Evaluator(linear.Model, data, Binarizations.None, 9).Terms());
        var whole = Evaluate(linear, data).Evaluate(5);
        Assert.Equal((terms.NegElbo, terms.Reconstruction, terms.Kl), (whole.NegElbo, whole.Reconstruction, whole.Kl));
        Assert.Equal(Evaluate(linear, data).Nll(5), whole.Nll);
        Assert.Equal((5, 2), (whole.ImportanceSamples, whole.ActiveUnits));
    }

    [Fact]
    public void EncodingsFollowTheExamplesOrder()
    {
        using var linear = new LinearModel(Strengths);
        var data = linear.Draw(20, 6);
        int[] order = [.. Enumerable.Range(0, 20).Reverse()];
        var forward = Evaluate(linear, data).Encode().Means.ToArray().Chunk(2);
        var backward = Evaluate(linear, data.Take(order)).Encode().Means.ToArray().Chunk(2).Reverse();
        Assert.All(forward.Zip(backward), pair => Assert.Equal(pair.First[0], pair.Second[0], 1e-6));
    }

    [Fact]
    public void ADimensionThatIgnoresItsInputIsNotActive()
    {
        using var linear = new LinearModel([0.1, 0.1, 0.1]);
        var data = linear.Draw(200, 7);
        Assert.Equal(3, Evaluate(linear, data).Evaluate(1).ActiveUnits);
        linear.Fill("encoder.0.weight", 1, 1, 0);
        Assert.Equal(2, Evaluate(linear, data).Evaluate(1).ActiveUnits);
    }

    [Fact]
    public void WhatCannotBeEvaluatedIsRefusedInWords()
    {
        using var linear = new LinearModel(Strengths);
        var data = linear.Draw(3, 8);
        Assert.Contains("importance-samples: must be 1", Assert.Throws<VaeException>(() => Evaluate(linear, data).Nll(0)).Message,
            StringComparison.Ordinal);
        Assert.Contains("data: must have at least one example", Assert.Throws<VaeException>(() => Evaluate(linear, data.Take([]))).Message,
            StringComparison.Ordinal);
        using var conditional = new VaeModel(linear.Model.Spec.With(condition: Conditions.Label(2)));
        Assert.Contains("labels", Assert.Throws<VaeException>(() => new Evaluator(conditional, data, Binarizations.None).Terms()).Message,
            StringComparison.Ordinal);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Evaluate(linear, data).Nll(5, stop.Token));
    }

    private static Evaluator Evaluate(LinearModel linear, Dataset data) => new(linear.Model, data, Binarizations.None, 1);
}
