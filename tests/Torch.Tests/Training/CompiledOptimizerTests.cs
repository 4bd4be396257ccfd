using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Tests;

/// <summary>The optimizers against their formulas in plain doubles, fed the gradients that the program left.</summary>
public class CompiledOptimizerTests
{
    private const double Rate = 1e-2;

    public static TheoryData<string> Names => new("adam", "adamW", "sgd", "momentum");

    [Theory]
    [MemberData(nameof(Names))]
    public void FollowsItsFormula(string name)
    {
        var (optimizer, update) = Find(name);
        using var runs = new PairedRuns(Zoo.Mlp(Shape.Vector(7), latent: 2, hidden: 5), Objectives.Elbo,
            PairedRuns.Train(optimizer: optimizer, averaging: Averagings.Exponential(0.8)));
        double[] weights = runs.Compiled.Flat.ToDoubles(), average = [.. weights];
        double[] first = new double[weights.Length], second = new double[weights.Length];
        for (var step = 1; step <= 12; step++)
        {
            runs.Step(step - 1);
            var gradient = runs.Compiled.Gradient.ToDoubles();
            var decay = Math.Min(0.8, (1.0 + step) / (10.0 + step));
            for (var i = 0; i < weights.Length; i++)
            {
                (weights[i], first[i], second[i]) = update(weights[i], gradient[i], first[i], second[i], step);
                average[i] = decay * average[i] + (1 - decay) * weights[i];
            }
        }
        Assert.Equal(weights, runs.Compiled.Flat.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-9);
        // The decay of the average is computed in float32.
        Assert.Equal(average, runs.CompiledState.Average.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(12f, runs.CompiledState.Steps.ToSingle());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LeavesTheStateThatAutogradLeaves(string name)
    {
        using var runs = new PairedRuns(Zoo.Burda(Shape.Vector(7), latent: 2, hidden: 5), Objectives.ImportanceWeighted(3),
            PairedRuns.Train(optimizer: Find(name).Optimizer, clipping: Clippings.Norm(0.5), averaging: Averagings.Exponential(0.99)));
        for (var step = 0; step < 5; step++)
            runs.Step(step);
        Assert.InRange(PairedRuns.Distance(runs.Reference.Flat, runs.Compiled.Flat), 0, 1e-9);
        foreach (var of in new Func<OptimizerState, Tensor>[] { s => s.First, s => s.Second, s => s.Average, s => s.Steps })
            Assert.InRange(PairedRuns.Distance(of(runs.ReferenceState), of(runs.CompiledState)), 0, 1e-9);
    }

    [Fact]
    public void ClippingShortensAGradientAndKeepsItsDirection()
    {
        var spec = Zoo.Mlp(Shape.Vector(7), latent: 2, hidden: 5);
        using var free = new PairedRuns(spec, Objectives.Elbo, PairedRuns.Train());
        using var clipped = new PairedRuns(spec, Objectives.Elbo, PairedRuns.Train(clipping: Clippings.Norm(0.25)));
        free.Step(0);
        clipped.Step(0);
        var scale = 0.25 / free.Compiled.Gradient.norm().ToDouble();
        Assert.True(scale < 1);
        Assert.Equal(free.Compiled.Gradient.ToDoubles().Select(g => g * scale), clipped.Compiled.Gradient.ToDoubles(),
            (a, b) => Math.Abs(a - b) < 1e-9);
    }

    private delegate (double Weight, double First, double Second) Update(
        double weight, double gradient, double first, double second, int step);

    private static (Optimizer Optimizer, Update Update) Find(string name) => name switch
    {
        "adam" => (Optimizers.Adam(0.8, 0.95, 1e-6), (w, g, m, v, t) => Adam(w, g, m, v, t, 0)),
        "adamW" => (Optimizers.AdamW(0.1, 0.8, 0.95, 1e-6), (w, g, m, v, t) => Adam(w, g, m, v, t, 0.1)),
        "sgd" => (Optimizers.Sgd(), (w, g, _, _, _) => (w - Rate * g, 0, 0)),
        _ => (Optimizers.Sgd(0.9), (w, g, m, _, _) => (w - Rate * (0.9 * m + g), 0.9 * m + g, 0)),
    };

    // Kingma & Ba 2015, algorithm 1, with the decay of Loshchilov & Hutter 2019, algorithm 2.
    private static (double, double, double) Adam(double w, double g, double m, double v, int t, double decay)
    {
        (m, v) = (0.8 * m + 0.2 * g, 0.95 * v + 0.05 * g * g);
        var direction = m / (1 - Math.Pow(0.8, t)) / (Math.Sqrt(v / (1 - Math.Pow(0.95, t))) + 1e-6);
        return (w - Rate * decay * w - Rate * direction, m, v);
    }
}
