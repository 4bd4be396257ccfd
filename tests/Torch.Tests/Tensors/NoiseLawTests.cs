using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class NoiseLawTests
{
    private const int Draws = 20_000;

    // A Kolmogorov–Smirnov distance is beyond this one time in a million: √(ln(2 / 10⁻⁶) / 2n).
    private static readonly double Beyond = Math.Sqrt(Math.Log(2e6) / (2 * Draws));

    [Fact]
    public void AKeyDecidesTheDraw()
    {
        float[] once = Normal(1, Purpose.Posterior, 2, 100);
        Assert.Equal(once, Normal(1, Purpose.Posterior, 2, 100));
        Assert.NotEqual(once, Normal(2, Purpose.Posterior, 2, 100));
        Assert.NotEqual(once, Normal(1, Purpose.Prior, 2, 100));
        Assert.NotEqual(once, Normal(1, Purpose.Posterior, 3, 100));
    }

    [Fact]
    public void ADrawDoesNotDependOnThoseBefore()
    {
        using var scope = NewDisposeScope();
        using var noise = new KeyedNoise(1, CPU);
        Tensor first = empty(7), again = empty(7);
        noise.Normal(first, Purpose.Posterior, 5);
        noise.Uniform(empty(1000), 0, 1, Purpose.Dropout, 5);
        noise.Permutation(100, Purpose.Shuffle, 5);
        noise.Normal(empty(3), Purpose.Prior, 1);
        noise.Normal(again, Purpose.Posterior, 5);
        Assert.Equal(first.ToFloats(), again.ToFloats());
    }

    [Fact]
    public void KeysOfDifferentPlacesDiffer()
    {
        var keys = new HashSet<long>();
        var count = 0;
        foreach (var seed in new ulong[] { 0, 1, 2, ulong.MaxValue })
            foreach (var purpose in Enum.GetValues<Purpose>())
                for (var step = 0L; step < 500; step++, count++)
                    keys.Add(KeyedNoise.Key(seed, purpose, step));
        Assert.Equal(count, keys.Count);
        Assert.All(keys, key => Assert.True(key >= 0));
    }

    [Fact]
    public void NormalDrawsAreNormalWithinAndAcrossSteps()
    {
        Distribution(Normal(3, Purpose.Posterior, 0, Draws), Phi);
        Distribution([.. Enumerable.Range(0, Draws / 50).SelectMany(step => Normal(3, Purpose.Posterior, step, 50))], Phi);
        // torch draws fewer than sixteen in another way.
        Distribution([.. Enumerable.Range(0, Draws / 5).SelectMany(step => Normal(3, Purpose.Posterior, step, 5))], Phi);
    }

    [Fact]
    public void UniformDrawsAreUniform()
    {
        using var scope = NewDisposeScope();
        using var noise = new KeyedNoise(4, CPU);
        var into = empty(Draws);
        noise.Uniform(into, -1, 3, Purpose.Dropout, 0);
        Distribution(into.ToFloats(), x => Array.ConvertAll(x, v => (v + 1) / 4));
    }

    [Fact]
    public void APermutationHoldsEveryPlaceOnce()
    {
        using var scope = NewDisposeScope();
        using var noise = new KeyedNoise(5, CPU);
        long[] one = noise.Permutation(1000, Purpose.Shuffle, 0).data<long>().ToArray(),
            other = noise.Permutation(1000, Purpose.Shuffle, 1).data<long>().ToArray();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), one.Order());
        Assert.NotEqual(one, other);
    }

    private static float[] Normal(ulong seed, Purpose purpose, long step, int count)
    {
        using var noise = new KeyedNoise(seed, CPU);
        using var into = empty(count);
        noise.Normal(into, purpose, step);
        return into.ToFloats();
    }

    private static double[] Phi(double[] x)
    {
        using var scope = NewDisposeScope();
        return Array.ConvertAll(tensor(Array.ConvertAll(x, v => v / Math.Sqrt(2)), ScalarType.Float64).erf().ToDoubles(), e => (1 + e) / 2);
    }

    private static void Distribution(float[] draws, Func<double[], double[]> cumulative)
    {
        var expected = cumulative([.. draws.Select(d => (double)d).Order()]);
        var distance =
            expected.Select((p, i) => Math.Max(Math.Abs(p - i / (double)draws.Length), Math.Abs(p - (i + 1) / (double)draws.Length))).Max();
        Assert.InRange(distance, 0, Beyond);
    }
}
