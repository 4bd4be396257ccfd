namespace Vae;

/// <summary>
/// A linear classifier: the softmax of a matrix times the standardized input, fitted by gradient descent from 0; deterministic.
/// </summary>
internal sealed class MultinomialRegression
{
    private const int Steps = 400;
    private const double Rate = 1, Momentum = 0.9, Decay = 1e-4;

    private readonly double[] mean;
    private readonly double[] deviation;
    private readonly double[][] weights;

    private MultinomialRegression(double[] mean, double[] deviation, int classes) =>
        (this.mean, this.deviation, weights) =
        (mean, deviation, [.. Enumerable.Range(0, classes).Select(_ => new double[mean.Length + 1])]);

    /// <summary>Fits a classifier to rows, N of D values, with labels 0 … classes − 1.</summary>
    public static MultinomialRegression Fit(double[][] rows, int[] labels, int classes)
    {
        var size = rows[0].Length;
        double[] mean = [.. Enumerable.Range(0, size).Select(d => rows.Average(row => row[d]))];
        double[] deviation = [.. mean.Select((m, d) => Math.Sqrt(rows.Average(row => (row[d] - m) * (row[d] - m))))];
        var fitted = new MultinomialRegression(mean, deviation, classes);
        var inputs = Array.ConvertAll(rows, fitted.Input);
        var speed = Array.ConvertAll(fitted.weights, row => new double[row.Length]);
        for (var step = 0; step < Steps; step++)
            fitted.Descend(inputs, labels, speed);
        return fitted;
    }

    public int Predict(double[] row) =>
        Input(row) is var input ? Enumerable.Range(0, weights.Length).MaxBy(c => Dot(weights[c], input)) : 0;

    private void Descend(double[][] inputs, int[] labels, double[][] speed)
    {
        var gradient = Array.ConvertAll(weights, row => Array.ConvertAll(row, weight => -Decay * weight));
        for (var n = 0; n < inputs.Length; n++)
        {
            var scores = Array.ConvertAll(weights, row => Dot(row, inputs[n]));
            var max = scores.Max();
            var sum = scores.Sum(score => Math.Exp(score - max));
            for (var c = 0; c < weights.Length; c++)
            {
                var pull = ((c == labels[n] ? 1 : 0) - Math.Exp(scores[c] - max) / sum) / inputs.Length;
                for (var d = 0; d < gradient[c].Length; d++)
                    gradient[c][d] += pull * inputs[n][d];
            }
        }
        for (var c = 0; c < weights.Length; c++)
            for (var d = 0; d < weights[c].Length; d++)
                weights[c][d] += speed[c][d] = Momentum * speed[c][d] + Rate * gradient[c][d];
    }

    // The last input is the constant 1.
    private double[] Input(double[] row) =>
        [.. row.Select((value, d) => deviation[d] > 0 ? (value - mean[d]) / deviation[d] : 0), 1];

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
