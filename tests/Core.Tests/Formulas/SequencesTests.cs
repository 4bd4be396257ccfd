using FsCheck.Xunit;

namespace Vae.Tests;

public class SequencesTests
{
    private static double At(NdArray x, params int[] at) =>
        x.ToArray()[at.Select((place, axis) => place * x.Dims.Skip(axis + 1).Aggregate(1, (a, b) => a * b)).Sum()];

    [Property(MaxTest = 60, Replay = "11,3")]
    public void AConvolutionIsASumOverItsKernel(byte steps, byte kernel, byte stride, byte padding)
    {
        var (n, k, s, p) = (steps % 6 + 1, kernel % 3 + 1, stride % 3 + 1, padding % 3);
        if (n + 2 * p < k)
            return;
        NdArray x = Noise.Normal(1, 2, 3, 1, n), weight = Noise.Normal(2, 4, 3, k), bias = Noise.Normal(3, 4);
        var y = Sequences.Convolve(x, weight, bias, s, p);
        Assert.Equal(Shape(Layers.Conv1d(4, k, s, p), n), y.Dims.Skip(1));
        for (var o = 0; o < 4; o++)
            for (var t = 0; t < y.Dims[3]; t++)
            {
                var expected = At(bias, o) + Enumerable.Range(0, 3).Sum(c => Enumerable.Range(0, k).Sum(j =>
                    t * s + j - p is var place && place >= 0 && place < n ? At(weight, o, c, j) * At(x, 1, c, 0, place) : 0));
                Assert.Equal(expected, At(y, 1, o, 0, t), 1e-12);
            }
    }

    [Property(MaxTest = 60, Replay = "11,5")]
    public void TheTransposedConvolutionIsTheAdjoint(byte steps, byte kernel, byte stride, byte padding)
    {
        var (n, k, s, p) = (steps % 6 + 1, kernel % 3 + 1, stride % 3 + 1, padding % 2);
        if (n + 2 * p < k)
            return;
        NdArray x = Noise.Normal(1, 1, 3, 1, n), weight = Noise.Normal(2, 4, 3, k);
        var forth = Sequences.Convolve(x, weight, NdArray.Full(0, 4), s, p);
        var y = Noise.Normal(4, [.. forth.Dims]);
        var extra = (n + 2 * p - k) % s;
        var back = Sequences.ConvolveTransposed(y, weight, NdArray.Full(0, 3), s, p, extra);
        Assert.Equal(x.Dims, back.Dims);
        Assert.Equal(Shape(Layers.ConvTranspose1d(3, k, s, p, extra), forth.Dims[3], 4), back.Dims.Skip(1));
        Assert.Equal((forth * y).ToArray().Sum(), (x * back).ToArray().Sum(), 1e-10);
    }

    [Fact]
    public void AGruMeetsAHandComputedStep()
    {
        // One channel and one state: from h = 0 with x = 2, and then from there with x = −1.
        var weights = new GruWeights<NdArray>(Column(0.5, -0.25, 1), Row(0.1, 0.2, -0.3), Column(0.4, 0.3, -0.6), Row(0, -0.1, 0.05));
        var states = Sequences.Gru(NdArray.FromValues([2, -1], 1, 1, 1, 2), weights).ToArray();
        static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));
        double Next(double x, double h)
        {
            double r = Sigmoid(0.5 * x + 0.1 + 0.4 * h), z = Sigmoid(-0.25 * x + 0.2 + 0.3 * h - 0.1);
            var n = Math.Tanh(x - 0.3 + r * (-0.6 * h + 0.05));
            return (1 - z) * n + z * h;
        }

        Assert.Equal(Next(2, 0), states[0], 1e-14);
        Assert.Equal(Next(-1, Next(2, 0)), states[1], 1e-14);
    }

    [Property(MaxTest = 40, Replay = "11,7")]
    public void AShorterSequencePaddedWithAMaskHasTheSameStates(byte steps, byte padding)
    {
        var (n, more) = (steps % 5 + 1, padding % 4 + 1);
        var weights = Weights(3, 4);
        var observed = NdArray.Concat(Noise.Normal(5, 2, 2, 1, n), NdArray.Full(1, 2, 1, 1, n), 1);
        // What stands in steps that are not there does not matter, but for the mask.
        var absent = NdArray.Concat(Noise.Normal(6, 2, 2, 1, more), NdArray.Full(0, 2, 1, 1, more), 1);
        NdArray shorter = Sequences.Gru(observed, weights, 1), padded = Sequences.Gru(NdArray.Concat(observed, absent, 3), weights, 1);
        Assert.Equal(shorter.ToArray(), NdArray.Slice(padded, 3, 0, n).ToArray(), (a, b) => Math.Abs(a - b) < 1e-13);
        for (var t = n; t < n + more; t++)
            Assert.Equal(NdArray.Slice(padded, 3, n - 1, 1).ToArray(), NdArray.Slice(padded, 3, t, 1).ToArray());
        // A step in the middle is skipped as well.
        var gap = Sequences.Gru(NdArray.Concat(NdArray.Concat(observed, absent, 3), observed, 3), weights, 1);
        var without = Sequences.Gru(NdArray.Concat(observed, observed, 3), weights, 1);
        Assert.Equal(NdArray.Slice(without, 3, 2 * n - 1, 1).ToArray(), NdArray.Slice(gap, 3, 2 * n + more - 1, 1).ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void StatesStayWithinOne()
    {
        var states = Sequences.Gru(20.0 * Noise.Normal(8, 5, 3, 1, 30), Weights(3, 6)).ToArray();
        Assert.All(states, state => Assert.InRange(state, -1, 1));
    }

    private static GruWeights<NdArray> Weights(int channels, int width) => new(
        Noise.Normal(1, 3 * width, channels), Noise.Normal(2, 3 * width), Noise.Normal(3, 3 * width, width), Noise.Normal(4, 3 * width));

    private static NdArray Column(params double[] values) => NdArray.FromValues(values, values.Length, 1);

    private static NdArray Row(params double[] values) => NdArray.FromValues(values, values.Length);

    private static IEnumerable<int> Shape(Layer layer, int steps, int channels = 3) =>
        Shapes.Output(layer, Vae.Shape.Image(channels, 1, steps)).Match(shape => shape.Dims, problems => throw new Xunit.Sdk.XunitException($"{problems}"));
}
