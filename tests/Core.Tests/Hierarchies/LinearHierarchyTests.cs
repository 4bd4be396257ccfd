namespace Vae.Tests;

/// <summary>
/// z₂ ~ N(0, 1), z₁ ~ N(a z₂, s₁²), x ~ N(b z₁, s²): everything is known in closed form, and each kind of hierarchy can have the
/// true posterior, with which every draw weighs p(x).
/// </summary>
public class LinearHierarchyTests
{
    private const double A = 0.8, S1 = 0.6, B = 1.4, S = 0.5, X = 0.9;

    private static readonly double Evidence = LogNormal(X, 0, B * B * (A * A + S1 * S1) + S * S);

    public static TheoryData<string> Kinds => ["plain", "ladder", "top-down"];

    private static double LogNormal(double x, double mean, double variance) =>
        -0.5 * ((x - mean) * (x - mean) / variance + Math.Log(2 * Math.PI * variance));

    /// <summary>A hierarchy, what its encoder gives for x, and its numbers.</summary>
    private static (Hierarchy Levels, double[] Outputs, Dictionary<string, double[]> Numbers) Exact(string kind)
    {
        var line = HierarchySamples.Narrow;
        // Of z₂ given x, and of z₁ given z₂ and x.
        double v2 = 1 / (1 + B * B * A * A / (B * B * S1 * S1 + S * S)), m2 = v2 * A * B * X / (B * B * S1 * S1 + S * S),
            v1 = 1 / (1 / (S1 * S1) + B * B / (S * S));
        var p = new Dictionary<string, double[]> { ["prior.down.1.0.weight"] = [A, 0], ["prior.down.1.0.bias"] = [0, Math.Log(S1 * S1)] };
        switch (kind)
        {
            case "plain":
                double w1 = A * A + S1 * S1, q1 = 1 / (1 / w1 + B * B / (S * S)), q2 = 1 / (1 + A * A / (S1 * S1));
                p["posterior.up.2.0.weight"] = [q2 * A / (S1 * S1), 0];
                p["posterior.up.2.0.bias"] = [0, Math.Log(q2)];
                return (Hierarchies.BottomUp(Shape.Vector(1), [new(Shape.Vector(1), line, line)]), [q1 * B * X / (S * S), Math.Log(q1)], p);
            case "ladder":
                p["posterior.up.2.0.weight"] = [m2 / X, 0];
                p["posterior.up.2.0.bias"] = [0, Math.Log(v2)];
                return (Hierarchies.Ladder(Shape.Vector(1), [new(Shape.Vector(1), 1, line, line)]),
                    [X / B, Math.Log(S * S / (B * B)), X], p);
            default:
                // h = (z₂, z₁), each put in its place; the posterior's networks see it before x.
                TopDownStage stage = new(Shape.Vector(1), [], line, line, []);
                return (Hierarchies.TopDown(Shape.Vector(1), Shape.Vector(2), [new(line, stage)], stage), [X], new()
                {
                    ["prior.start"] = [0, 0],
                    ["prior.project.2.0.weight"] = [1, 0],
                    ["prior.project.2.0.bias"] = [0, 0],
                    ["prior.project.1.0.weight"] = [0, 1],
                    ["prior.project.1.0.bias"] = [0, 0],
                    ["prior.prior.1.0.weight"] = [A, 0, 0, 0],
                    ["prior.prior.1.0.bias"] = [0, Math.Log(S1 * S1)],
                    ["posterior.infer.2.0.weight"] = [0, 0, m2 / X, 0, 0, 0],
                    ["posterior.infer.2.0.bias"] = [0, Math.Log(v2)],
                    ["posterior.infer.1.0.weight"] = [v1 * A / (S1 * S1), 0, v1 * B / (S * S), 0, 0, 0],
                    ["posterior.infer.1.0.bias"] = [0, Math.Log(v1)],
                });
        }
    }

    private static double[] LogWeights(string kind, int draws, double moved, ulong seed = 5)
    {
        var (levels, outputs, numbers) = Exact(kind);
        var (q, p) = (Posteriors.Hierarchical(levels), Priors.Hierarchical(levels));
        var (qs, ps) = HierarchySamples.States(NdArray.Full(0, 1), q, p, 2, given: numbers);
        outputs[0] += moved;
        var draw = Posteriors.Draw(q, NdArray.FromValues(outputs, 1, outputs.Length) + NdArray.Full(0, draws, 1),
            Noise.Normal(seed, draws, 2), qs);
        var seen = p.Formulas().ForDecoder(ps, draw.Z);
        var z1 = NdArray.Slice(seen, 1, seen.Dims[1] - 1, 1);
        Assert.Equal(NdArray.Slice(draw.Z, 1, 0, 1).ToArray(), z1.ToArray());
        var likelihood = -Likelihoods.NegLogDensity(Likelihoods.Normal(S), B * z1, NdArray.Full(X, 1, 1));
        return (likelihood - Divergences.MonteCarloKl(p, draw, ps)).ToArray();
    }

    [Theory, MemberData(nameof(Kinds))]
    public void WithTheTruePosteriorEveryDrawWeighsTheEvidence(string kind) =>
        Assert.All(LogWeights(kind, 50, 0), weight => Assert.Equal(Evidence, weight, 1e-10));

    [Theory, MemberData(nameof(Kinds))]
    public void WithAnotherTheBoundIsLowerAndTheWeightsAverageToTheEvidence(string kind)
    {
        var weights = LogWeights(kind, 20_000, 0.3);
        var (mean, error) = Noise.Mean(weights);
        Assert.True(mean + 6 * error < Evidence, $"{mean} ± {error} against {Evidence}");
        Noise.AssertMean(1, [.. weights.Select(weight => Math.Exp(weight - Evidence))]);
        // In expectation the bound of k draws rises with k.
        var bounds = new[] { 1, 2, 10 }.Select(k => weights.Chunk(k).Average(of => Math.Log(of.Average(Math.Exp)))).ToArray();
        Assert.True(bounds[0] < bounds[1] && bounds[1] < bounds[2] && bounds[2] < Evidence, string.Join(", ", bounds));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void DrawsFromThePriorHaveItsMoments(string kind)
    {
        const int draws = 20_000;
        var (levels, _, numbers) = Exact(kind);
        var p = Priors.Hierarchical(levels);
        var (_, state) = HierarchySamples.States(NdArray.Full(0, 1), Posteriors.Hierarchical(levels), p, 2, given: numbers);
        var z = Priors.Sample(p, Noise.Normal(9, draws, p.Formulas().Noise(2)), state).ToArray().Chunk(2).ToArray();
        Noise.AssertMean(0, [.. z.Select(pair => pair[0])]);
        Noise.AssertMean(A * A + S1 * S1, [.. z.Select(pair => pair[0] * pair[0])]);
        Noise.AssertMean(A, [.. z.Select(pair => pair[0] * pair[1])]);
        Noise.AssertMean(1, [.. z.Select(pair => pair[1] * pair[1])]);
    }
}
