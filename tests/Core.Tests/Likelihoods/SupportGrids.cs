namespace Vae.Tests;

/// <summary>Points and weights of an integral, or the values of a sum with weight 1.</summary>
public sealed record Grid(double[] Points, double[] Weights);

/// <summary>The support of each family of single values, as points to integrate or sum over.</summary>
public static class SupportGrids
{
    public static TheoryData<string, string> Supports => new()
    {
        { "normal:0.3", "reals" }, { "normal:learned", "reals" }, { "normal:shared", "reals" }, { "normal:optimal", "reals" },
        { "laplace", "reals" }, { "laplace:learned", "reals" }, { "laplace:shared", "reals" }, { "laplace:optimal", "reals" },
        { "student-t:1:9", "heavy" }, { "student-t:learned:12", "heavy" }, { "student-t:shared:learned", "heavy" },
        { "columns:continuous", "reals" }, { "beta", "beta" }, { "continuous-bernoulli", "unit" }, { "bernoulli", "2" },
        { "categorical:2", "2" }, { "categorical:7", "7" }, { "categorical", "256" },
        { "discretized-logistic:1:2", "2" }, { "discretized-logistic:1:7", "7" }, { "discretized-logistic", "256" },
        { "discretized-logistic:4", "256" },
        { "poisson", "counts" }, { "negative-binomial", "counts" }, { "zero-inflated", "counts" },
        { "columns:count", "counts" }, { "columns:binary", "2" }, { "columns:categorical-5", "classes" },
    };

    /// <summary>Random outputs of the decoder for one value, [1, P].</summary>
    public static NdArray Outputs(Likelihood likelihood, string support, ulong seed)
    {
        var outputs = Noise.Normal(seed, 1, likelihood.Formulas().Outputs(Shape.Vector(1)).Channels);
        // A beta density with poles is for other rules of integration.
        return support == "beta" ? NdArray.Abs(outputs) : outputs;
    }

    public static PartState<NdArray> State { get; } = new(name => name switch
    {
        "logScale" => NdArray.Full(0.4, 1),
        "spread" => NdArray.FromValues([0.6, 0.5], 2),
        "logFreedom" => NdArray.Full(2.5, 1),
        _ => NdArray.Full(-0.3, 1),
    });

    public static Likelihood Find(string text) =>
        SpecText.Likelihood(text).Match(found => found, problems => throw new ArgumentException($"{problems}"));

    public static double[] Densities(Likelihood likelihood, NdArray outputs, double[] x) => NdArray.Exp(-Likelihoods.NegLogDensity(
        likelihood, NdArray.Full(1, x.Length, 1) * outputs, NdArray.FromValues(x, x.Length, 1), State)).ToArray();

    public static Grid Of(string support, double mean)
    {
        const double margin = 1.0 / 512;
        return support switch
        {
            "reals" => Joined(Between(mean - 400, mean), Between(mean, mean + 400)),
            // Powers die out slowly.
            "heavy" => Joined(Between(mean - 1e4, mean), Between(mean, mean + 1e4)),
            "beta" => Between(-margin / (1 - 2 * margin), 1 + margin / (1 - 2 * margin)),
            "unit" => Between(0, 1),
            "counts" => Sum(4000, 1),
            "classes" => Sum(5, 1),
            _ => int.Parse(support) is var levels ? Sum(levels, 1 / (levels - 1.0)) : throw new ArgumentException(support),
        };
    }

    private static Grid Sum(int count, double step) =>
        new([.. Enumerable.Range(0, count).Select(k => k * step)], [.. Enumerable.Repeat(1.0, count)]);

    private static Grid Joined(Grid a, Grid b) => new([.. a.Points, .. b.Points], [.. a.Weights, .. b.Weights]);

    // Takahasi & Mori 1974: points crowd at both ends, so kinks and narrow peaks there do no harm.
    private static Grid Between(double low, double high)
    {
        double[] t = [.. Enumerable.Range(-384, 769).Select(i => i / 128.0)];
        double Inner(double s) => Math.PI / 2 * Math.Sinh(s);
        return new(
            [.. t.Select(s => s < 0 ? low + (high - low) / (1 + Math.Exp(-2 * Inner(s)))
                : high - (high - low) / (1 + Math.Exp(2 * Inner(s))))],
            [.. t.Select(s => (high - low) / 2 * Math.PI / 2 * Math.Cosh(s) / Math.Pow(Math.Cosh(Inner(s)), 2) / 128)]);
    }
}
