using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>The fused programs against the papers' formulas on doubles, for a hundred steps.</summary>
public class OptimizerLawTests
{
    private const int Steps = 100;

    private delegate double Update(double weight, double gradient, ref double first, ref double second, int step, double rate);

    [Theory]
    [InlineData(0.9, 0.999, 1e-8)]
    [InlineData(0, 0.5, 1e-3)]
    public void AdamIsAlgorithmOne(double beta1, double beta2, double epsilon) =>
        Follows(Optimizers.Adam(beta1, beta2, epsilon), Moments(0, beta1, beta2, epsilon));

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    public void AdamWDecaysTheWeightsApart(double decay) => Follows(Optimizers.AdamW(decay), Moments(decay, 0.9, 0.999, 1e-8));

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void SgdAddsMomentum(double momentum) =>
        Follows(Optimizers.Sgd(momentum), (double weight, double gradient, ref double first, ref double _, int _, double rate) =>
        weight - rate * (first = momentum * first + gradient));

    [Fact]
    public void AClippedGradientKeepsItsDirectionAndHasTheNorm()
    {
        foreach (var (size, max) in new[] { (1e-6, 1.0), (0.5, 1.0), (3, 1.0), (1e12, 0.1) })
        {
            using var scope = NewDisposeScope();
            using var bench = new Bench(Samples.Tiny.Train.With(optimizer: Optimizers.Sgd(), clipping: Clippings.Norm(max)));
            var gradient = bench.Gradient(0);
            var norm = Math.Sqrt(gradient.Sum(g => g * g));
            gradient = [.. gradient.Select(g => g / norm * size)];
            var before = bench.Weights.Flat.ToDoubles();
            bench.Step(gradient, 1);
            var moved = before.Zip(bench.Weights.Flat.ToDoubles(), (a, b) => a - b).ToArray();
            var scale = Math.Min(1, max / size);
            Assert.All(moved.Zip(gradient), pair => Assert.Equal(pair.Second * scale, pair.First, 1e-9 * Math.Max(1, size * scale)));
            Assert.InRange(Math.Sqrt(moved.Sum(m => m * m)), 0, Math.Min(size, max) * (1 + 1e-9));
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9999)]
    public void TheAverageFollowsItsFormula(double decay)
    {
        using var scope = NewDisposeScope();
        using var bench = new Bench(Samples.Tiny.Train.With(optimizer: Optimizers.Sgd(), averaging: Averagings.Exponential(decay)));
        var average = bench.Weights.Flat.ToDoubles();
        for (var step = 1; step <= Steps; step++)
        {
            bench.Step(bench.Gradient(step), 0.1);
            var kept = Math.Min(decay, (1.0 + step) / (10 + step));
            average = [.. average.Zip(bench.Weights.Flat.ToDoubles(), (a, w) => kept * a + (1 - kept) * w)];
        }
        Assert.All(average.Zip(bench.State.Average.ToDoubles()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static Update Moments(double decay, double beta1, double beta2, double epsilon) =>
        (double weight, double gradient, ref double first, ref double second, int step, double rate) =>
        {
            first = beta1 * first + (1 - beta1) * gradient;
            second = beta2 * second + (1 - beta2) * gradient * gradient;
            var (mean, square) = (first / (1 - Math.Pow(beta1, step)), second / (1 - Math.Pow(beta2, step)));
            return weight * (1 - rate * decay) - rate * mean / (Math.Sqrt(square) + epsilon);
        };

    private static void Follows(Optimizer optimizer, Update update)
    {
        using var scope = NewDisposeScope();
        using var bench = new Bench(Samples.Tiny.Train.With(optimizer: optimizer));
        var weights = bench.Weights.Flat.ToDoubles();
        double[] first = new double[weights.Length], second = new double[weights.Length];
        for (var step = 1; step <= Steps; step++)
        {
            var (gradient, rate) = (bench.Gradient(step), 0.1 / step);
            bench.Step(gradient, rate);
            for (var i = 0; i < weights.Length; i++)
                weights[i] = update(weights[i], gradient[i], ref first[i], ref second[i], step, rate);
        }
        Assert.All(weights.Zip(bench.Weights.Flat.ToDoubles()), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    private sealed class Bench : IDisposable
    {
        private readonly Fused fused;

        public Bench(TrainSpec train)
        {
            Weights = new(Samples.Tiny.Model, 1, type: ScalarType.Float64);
            State = new(Weights);
            fused = new(Weights, State, train);
        }

        public Weights Weights { get; }

        public OptimizerState State { get; }

        public double[] Gradient(int step) => CarrierLawTests.Random((ulong)step, [(int)Weights.Flat.numel()]).ToArray();

        public void Step(double[] gradient, double rate)
        {
            using var scope = NewDisposeScope();
            Weights.Gradient.copy_(tensor(gradient, ScalarType.Float64));
            fused.Step(rate);
        }

        public void Dispose()
        {
            fused.Dispose();
            State.Dispose();
            Weights.Dispose();
        }
    }
}
