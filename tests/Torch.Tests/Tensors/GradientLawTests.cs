using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Derivatives of the core's formulas along random directions: dual numbers against autograd, in float64.</summary>
public class GradientLawTests
{
    private const double Tolerance = 1e-10;

    // A formula over any carrier, which a delegate could not be generic in.
    private interface IFormula
    {
        T Evaluate<T>(T[] x) where T : struct, ITensor<T>;
    }

    [Fact]
    public void NormalsAgree()
    {
        Check(Rows(0), Rows(1), LogVariances, new LogDensity());
        Check(Rows(0), Rows(1), new LogDensityOfSigma());
        Check(Rows(0), new LogDensityStandard());
        Check(Rows(0), LogVariances, new KlToStandard());
        Check(Rows(0), LogVariances, new KlPerValue());
        Check(Rows(0), LogVariances, Rows(1), Rows(2), new Kl());
        Check(LogVariances, new Entropy());
    }

    [Fact]
    public void BernoullisAgree()
    {
        Check(Logits, Zeros, new NegLogDensity());
        Check(Logits, Zeros + 1.0, new NegLogDensity());
        Check(Logits, NdArray.Sigmoid(Rows(3)), new NegLogDensity());
        Check(Logits, new BernoulliEntropy());
    }

    [Fact]
    public void LikelihoodsAgree()
    {
        foreach (var likelihood in new[] { Likelihoods.Normal(0.1), Likelihoods.Normal(3), Likelihoods.SquaredError, Likelihoods.Bernoulli,
            Likelihoods.CrossEntropy })
        {
            Check(Rows(4), NdArray.Sigmoid(Rows(3)), new LikelihoodDensity(likelihood));
            Check(Logits, NdArray.Sigmoid(Rows(3)), new LikelihoodDensity(likelihood));
            Check(Logits, new MeanOfLikelihood(likelihood));
        }
    }

    [Fact]
    public void DrawsAndDivergencesAgree()
    {
        Check(Rows(0), LogVariances, Rows(5), new Draw());
        Check(Encoded, Rows(5), new PosteriorDraw());
        Check(Encoded, new ClosedKl());
        Check(Encoded, new ClosedKlPerLatent());
        Check(Encoded, Rows(5), new MonteCarloKl());
        Check(Rows(0), new PriorDensity());
    }

    [Fact]
    public void BoundsAgree()
    {
        NdArray a = CarrierLawTests.Random(61, [4]), b = CarrierLawTests.Random(62, [4]), c = CarrierLawTests.Random(63, [4]);
        Check(a, b, c, new MonteCarloElbo());
        Check(a, b, new Elbo());
        Check(a, b, new NegElbo(4));
        foreach (var scale in new[] { 1.0, 1000 })
            Check(scale * CarrierLawTests.Random(64, [5, 4]), new ImportanceWeighted());
    }

    private static NdArray Rows(ulong seed) => CarrierLawTests.Random(50 + seed, [4, 3]);

    private static NdArray LogVariances { get; } = NdArray.FromValues([-30, 30, 0, -12, 6, 1e-9, 0.5, -0.5, 20, -20, 3, -3], 4, 3);

    private static NdArray Logits { get; } = NdArray.FromValues([60, -60, 0, 40, -40, 1e-9, -1e-9, 17, -17, 1, -1, 5], 4, 3);

    private static NdArray Zeros { get; } = NdArray.Full(0, 4, 3);

    private static NdArray Encoded { get; } =
        NdArray.Transpose(
            NdArray.FromValues([.. NdArray.Transpose(Rows(0)).ToArray(), .. NdArray.Transpose(LogVariances).ToArray()], 6, 4));

    private static void Check(NdArray x, IFormula formula) => Agree([x], formula);

    private static void Check(NdArray x, NdArray y, IFormula formula) => Agree([x, y], formula);

    private static void Check(NdArray x, NdArray y, NdArray z, IFormula formula) => Agree([x, y, z], formula);

    private static void Check(NdArray x, NdArray y, NdArray z, NdArray w, IFormula formula) => Agree([x, y, z, w], formula);

    /// <summary>Values, and vᵀ·J·u for random u and v: forward by dual numbers, backward by autograd.</summary>
    private static void Agree(NdArray[] at, IFormula formula)
    {
        using var scope = NewDisposeScope();
        for (var seed = 0UL; seed < 3; seed++)
        {
            var along = at.Select((x, i) => CarrierLawTests.Random(1000 + 10 * seed + (ulong)i, x.Dims)).ToArray();
            var dual = formula.Evaluate(at.Zip(along, (x, u) => new Dual<NdArray>(x, u)).ToArray());
            var leaves = at.Select(x => CarrierLawTests.ToTensor(x).requires_grad_(true)).ToArray();
            var value = formula.Evaluate(leaves.Select(leaf => new TorchTensor(leaf)).ToArray()).Tensor;
            CarrierLawTests.Close(dual.Value, value);
            var weights = CarrierLawTests.Random(2000 + seed, dual.Dims);
            (value * CarrierLawTests.ToTensor(weights)).sum().backward();
            var pairs = leaves.Zip(along, (leaf, u) => (leaf.grad! * CarrierLawTests.ToTensor(u)).ToDoubles()).SelectMany(d => d).ToList();
            var forward = (weights * dual.Tangent).ToArray();
            // Both are sums of large terms that may cancel; what they are large against is the terms.
            var scale = Math.Max(1, pairs.Concat(forward).Max(Math.Abs));
            Assert.InRange(Math.Abs(pairs.Sum() - forward.Sum()), 0, Tolerance * scale);
        }
    }

    private sealed record LogDensity : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Normals.LogDensity(x[0], x[1], x[2]); }
    private sealed record LogDensityOfSigma : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Normals.LogDensity(x[0], x[1], 0.3); }
    private sealed record LogDensityStandard : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Normals.LogDensityStandard(x[0]); }
    private sealed record KlToStandard : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Normals.KlToStandard(x[0], x[1]); }
    private sealed record KlPerValue : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Normals.KlToStandardPerValue(x[0], x[1]); }
    private sealed record Kl : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Normals.Kl(x[0], x[1], x[2], x[3]); }
    private sealed record Entropy : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Normals.Entropy(x[0]); }
    private sealed record NegLogDensity : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Bernoullis.NegLogDensity(x[0], x[1]); }
    private sealed record BernoulliEntropy : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Bernoullis.Entropy(x[0]); }
    private sealed record LikelihoodDensity(Likelihood Likelihood) : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Likelihoods.NegLogDensity(Likelihood, x[0], x[1]); }
    private sealed record MeanOfLikelihood(Likelihood Likelihood) : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Likelihoods.Mean(Likelihood, x[0]); }
    private sealed record Draw : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Reparameterizations.Normal(x[0], x[1], x[2]); }
    private sealed record PosteriorDraw : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Posteriors.Sample(Posteriors.DiagonalNormal, x[0], x[1]); }
    private sealed record ClosedKl : IFormula
    {
        public T Evaluate<T>(T[] x) where T : struct, ITensor<T> =>
            Divergences.Kl(Posteriors.DiagonalNormal, Priors.StandardNormal, x[0])!.Value;
    }
    private sealed record ClosedKlPerLatent : IFormula
    {
        public T Evaluate<T>(T[] x) where T : struct, ITensor<T> =>
            Divergences.KlPerLatent(Posteriors.DiagonalNormal, Priors.StandardNormal, x[0])!.Value;
    }
    private sealed record MonteCarloKl : IFormula
    {
        public T Evaluate<T>(T[] x) where T : struct, ITensor<T> =>
            Divergences.MonteCarloKl(Priors.StandardNormal, Posteriors.Draw(Posteriors.DiagonalNormal, x[0], x[1]));
    }
    private sealed record PriorDensity : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Priors.LogDensity(Priors.StandardNormal, x[0]); }
    private sealed record MonteCarloElbo : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Bounds.MonteCarloElbo(x[0], x[1], x[2]); }
    private sealed record Elbo : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Bounds.Elbo(x[0], x[1]); }
    private sealed record NegElbo(double Beta) : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Bounds.NegElbo(x[0], x[1], Beta); }
    private sealed record ImportanceWeighted : IFormula
    { public T Evaluate<T>(T[] x) where T : struct, ITensor<T> => Bounds.ImportanceWeighted(x[0]); }
}
