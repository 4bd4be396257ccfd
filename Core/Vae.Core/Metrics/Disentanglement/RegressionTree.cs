namespace Vae;

/// <summary>
/// A regression tree for several targets on binned inputs, split where the sum of squares decreases most. For targets of 0 and 1, one
/// for each class, that sum is the Gini impurity; Breiman et al. 1984.
/// </summary>
internal sealed class RegressionTree
{
    public const int Bins = 32;
    private const int Depth = 10, MinExamples = 5;

    private readonly byte[][] inputs;
    private readonly double[][] targets;
    private readonly int first;
    private readonly Node root;

    /// <summary>Fits a tree to examples; of equally good inputs it splits on the next from <paramref name="first"/> on.</summary>
    public RegressionTree(byte[][] inputs, double[][] targets, int[] examples, int first)
    {
        (this.inputs, this.targets, this.first) = (inputs, targets, first);
        Gains = new double[inputs.Length];
        root = Grow(examples, Depth);
    }

    /// <summary>The total decrease of the sum of squares by splits on each input; D values ≥ 0.</summary>
    public double[] Gains { get; }

    /// <summary>The means of the targets in the leaf of an example.</summary>
    public double[] Predict(int example)
    {
        var at = root;
        while (at is { Below: { } below, Above: { } above })
            at = inputs[at.Input][example] <= at.Bin ? below : above;
        return at.Means;
    }

    private sealed record Node(double[] Means, int Input = 0, int Bin = 0, Node? Below = null, Node? Above = null);

    private Node Grow(int[] examples, int depth)
    {
        var means = Array.ConvertAll(targets, target => examples.Average(n => target[n]));
        if (depth == 0 || examples.Length < 2 * MinExamples)
            return new(means);
        var (gain, input, bin) = Best(examples, means);
        if (gain <= 1e-12 * examples.Length)
            return new(means);
        Gains[input] += gain;
        return new(means, input, bin,
            Grow([.. examples.Where(n => inputs[input][n] <= bin)], depth - 1),
            Grow([.. examples.Where(n => inputs[input][n] > bin)], depth - 1));
    }

    private (double Gain, int Input, int Bin) Best(int[] examples, double[] means)
    {
        var best = (Gain: 0.0, Input: 0, Bin: 0);
        for (var i = 0; i < inputs.Length; i++)
        {
            var input = (first + i) % inputs.Length;
            var (gain, bin) = Best(inputs[input], examples, means);
            // Gains that differ by rounding only are equal.
            if (gain > best.Gain * (1 + 1e-9))
                best = (gain, input, bin);
        }
        return best;
    }

    // The sum of squares decreases by n₁ n₂ / n · (mean₁ − mean₂)² = s² / n₁ + s² / n₂, where s is the sum of deviations on one side.
    private (double Gain, int Bin) Best(byte[] input, int[] examples, double[] means)
    {
        var counts = new int[Bins];
        var sums = new double[Bins * targets.Length];
        foreach (var n in examples)
        {
            counts[input[n]]++;
            for (var t = 0; t < targets.Length; t++)
                sums[input[n] * targets.Length + t] += targets[t][n] - means[t];
        }
        var (best, below, running) = ((Gain: 0.0, Bin: 0), 0, new double[targets.Length]);
        for (var bin = 0; bin < Bins - 1; bin++)
        {
            below += counts[bin];
            var square = 0.0;
            for (var t = 0; t < targets.Length; t++)
                square += (running[t] += sums[bin * targets.Length + t]) * running[t];
            var above = examples.Length - below;
            if (below >= MinExamples && above >= MinExamples && square / below + square / above is var gain && gain > best.Gain)
                best = (gain, bin);
        }
        return best;
    }
}
