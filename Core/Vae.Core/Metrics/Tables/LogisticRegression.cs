namespace Vae;

/// <summary>
/// A linear classifier of two classes with a ridge penalty, fitted by Newton's method; deterministic; Hastie et al. 2009, section 4.4.
/// </summary>
internal sealed class LogisticRegression
{
    private const int MaxSteps = 25;
    private const double Ridge = 1, Enough = 1e-6;

    private readonly double[] weights;

    private LogisticRegression(double[] weights) => this.weights = weights;

    /// <summary>Fits a classifier to rows, N of D numbers of about unit variance, and labels of 0 and 1.</summary>
    public static LogisticRegression Fit(double[][] rows, double[] labels)
    {
        var weights = new double[rows[0].Length + 1];
        for (var step = 0; step < MaxSteps; step++)
        {
            var (gradient, hessian) = Derivatives(rows, labels, weights);
            var change = Solve(hessian, gradient);
            for (var d = 0; d < weights.Length; d++)
                weights[d] += change[d];
            if (change.Max(Math.Abs) < Enough)
                break;
        }
        return new(weights);
    }

    /// <summary>The log-odds of the class 1.</summary>
    public double Score(double[] row) => Score(weights, row);

    private static (double[] Gradient, double[] Hessian) Derivatives(double[][] rows, double[] labels, double[] weights)
    {
        var size = weights.Length;
        double[] gradient = [.. weights.Select((weight, d) => d == size - 1 ? 0 : -Ridge * weight)], hessian = new double[size * size];
        for (var d = 0; d < size; d++)
            hessian[d * size + d] = d == size - 1 ? 1e-9 : Ridge;
        var x = new double[size];
        x[^1] = 1;
        for (var n = 0; n < rows.Length; n++)
        {
            rows[n].CopyTo(x, 0);
            var p = 1 / (1 + Math.Exp(-Score(weights, rows[n])));
            for (var i = 0; i < size; i++)
            {
                gradient[i] += (labels[n] - p) * x[i];
                var pull = p * (1 - p) * x[i];
                for (var j = 0; j <= i; j++)
                    hessian[i * size + j] += pull * x[j];
            }
        }
        return (gradient, hessian);
    }

    // The Hessian is positive definite by the ridge; only its lower half is filled.
    private static double[] Solve(double[] hessian, double[] gradient)
    {
        var size = gradient.Length;
        var lower = SymmetricMatrices.Cholesky(NdArray.FromValues(hessian, size, size))!.Value.ToArray();
        var solved = (double[])gradient.Clone();
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
                solved[i] -= lower[i * size + j] * solved[j];
            solved[i] /= lower[i * size + i];
        }
        for (var i = size - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < size; j++)
                solved[i] -= lower[j * size + i] * solved[j];
            solved[i] /= lower[i * size + i];
        }
        return solved;
    }

    private static double Score(double[] weights, double[] row)
    {
        var sum = weights[^1];
        for (var d = 0; d < row.Length; d++)
            sum += weights[d] * row[d];
        return sum;
    }
}
