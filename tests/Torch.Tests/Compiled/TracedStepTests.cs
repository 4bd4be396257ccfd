using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using Vae.Tests;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>The recorded step against autograd, over every pair of parts that the tables allow.</summary>
public class TracedStepTests
{
    private const int Steps = 2;

    private static readonly Dictionary<string, IReadOnlyList<Pair>> Tables = new()
    {
        ["prior"] = Combinations.OfPosteriorsAndPriors,
        ["objective"] = Combinations.OfObjectivesAndPosteriors,
        ["data"] = Combinations.OfLikelihoodsAndData,
    };

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (table, row) in Tables.SelectMany(table => table.Value.Select(pair => (table.Key, pair.Row)).Distinct()))
                rows.Add(table, row);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void AgreesWithAutograd(string table, string row)
    {
        var problems = Tables[table]
            .Where(pair => pair.Row == row && pair.IsAllowed && TracedStep.Refusal(pair.Run.Model, pair.Run.Objective).Length == 0)
            .Select(pair => $"{pair.Column}: {Problem(pair)}").Where(text => !text.EndsWith(": ", StringComparison.Ordinal)).ToList();
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    // More specifications are checked by TRACED_SPECS=5000.
    private static readonly int Specs = int.Parse(Environment.GetEnvironmentVariable("TRACED_SPECS") ?? "60");

    [Fact]
    public void AgreesWithAutogradOnRandomSpecs()
    {
        var cases =
            from run in Generators.Experiment()
            where Vae.Specs.Problems(run.With(train: PairedRuns.Train(), data: new DataSpec("any", Binarizations.None))).Count == 0
                && TracedStep.Refusal(run.Model, run.Objective).Length == 0
            from batch in Gen.Choose(1, 5)
            select (run.Model, run.Objective, batch);
        Prop.ForAll(Arb.From(cases), c =>
        {
            var problem = Problem(c.Model, c.Objective, Samples.Inputs(c.Model, c.batch), Samples.Condition(c.Model, c.batch), 50);
            Assert.True(problem.Length == 0, $"{problem} in {c.Model} with {c.Objective}, batch {c.batch}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Specs).WithReplay(4711, 4713));
    }

    public static TheoryData<string> Special => [
        "own parts", "own layers", "no latents", "no latents, weighted", "images", "dropout in parts", "batch normalization", "vamp",
        "pixels", "points"];

    [Theory, MemberData(nameof(Special))]
    public void AgreesWithAutogradOnSpecialModels(string name)
    {
        var image = Shape.Image(1, 8, 8);
        var one = Schedules.Constant(1);
        var conv = Zoo.Conv(image);
        Network regular = new([Layers.Linear(5), Layers.Dropout(0.3), Layers.Tanh], Heads.Dense);
        var (model, objective) = name switch
        {
            "own parts" => (Vae.Tests.Parts.Run.Model, Vae.Tests.Parts.Run.Objective),
            "own layers" => (Zoo.Mlp(Shape.Vector(6)).With(decoder: new([Layers.Linear(7), Layers.Dropout(0.2),
                Layers.Residual([Layers.Linear(7), Layers.Custom(new Scaled(0.2)), Layers.Dropout(0.5), Layers.Tanh]), Layers.Dropout(0.1)],
                Heads.Dense)), Objectives.ImportanceWeighted(2)),
            "no latents" => (Zoo.QuadrantsBaseline(image, hidden: 7), Objectives.Beta(one, Capacities.FreeBits(1, perLatent: false))),
            "no latents, weighted" => (Zoo.QuadrantsBaseline(image, hidden: 7), Objectives.ImportanceWeighted(2)),
            "images" => (Zoo.Quadrants(image, latent: 3, hidden: 7).With(encoder: new([Layers.Conv2d(3, 3, 2, 1), Layers.Tanh,
                Layers.ConcatenateCondition(1), Layers.Conv2d(2, 3, 1, 1), Layers.Flatten], Heads.Dense)),
                Objectives.ImportanceWeighted(2, gradient: EncoderGradients.DoublyReparameterized)),
            "dropout in parts" => (Zoo.Mlp(image, 4, 8).With(
                posterior: Posteriors.Hierarchical(Hierarchies.BottomUp(Shape.Vector(2), [new(Shape.Vector(2), regular, regular)])),
                prior: Priors.Hierarchical(Hierarchies.BottomUp(Shape.Vector(2), [new(Shape.Vector(2), regular, regular)]))),
                Objectives.ImportanceWeighted(2)),
            "batch normalization" => (conv.With(prior: Priors.Mixture(2), encoder: new(
                [Layers.Conv2d(4, 3, 1, 1), Layers.BatchNorm(), Layers.Relu, Layers.Flatten], Heads.Dense)), Objectives.Elbo),
            "vamp" => (conv.With(prior: Priors.Vamp(3)), Objectives.InfoVae(0.5, 10)),
            "pixels" => (conv.With(likelihood: Likelihoods.DiscretizedLogistic(2), condition: Conditions.Label(3)),
                Objectives.TotalCorrelation(4)),
            _ => (conv.With(posterior: Posteriors.Point), Objectives.Code(0.1, DecoderPenalties.WeightDecay(0.01))),
        };
        var problem = Problem(model, objective, Samples.Inputs(model, 4), Samples.Condition(model, 4), 50);
        Assert.True(problem.Length == 0, problem);
    }

    private static string Problem(Pair pair)
    {
        using var source = new BatchSource(pair.Data.Train, pair.Run.Model.Condition, Binarizations.None, pair.Data.Train.Count, 1, CPU);
        using var scope = NewDisposeScope();
        var (x, condition) = source.At(0, Purpose.EvaluateBinarize, 0);
        return Problem(pair.Run.Model, pair.Run.Objective, x, condition, pair.Data.Train.Count);
    }

    private static string Problem(VaeSpec model, Objective objective, Tensor x, Tensor? condition, long examples)
    {
        using var reference = new VaeModel(model, 3, type: ScalarType.Float64);
        using var recorded = new VaeModel(model, 3, type: ScalarType.Float64);
        using OptimizerState a = new(reference.Weights), b = new(recorded.Weights);
        // Behind a normalization, gradients can be 0 but for rounding. Adam divides by their size: with its default epsilon, the difference
        // of two roundings, 1e-14, would become a difference of weights of 1e-9.
        var train = PairedRuns.Train((int)x.shape[0], Optimizers.Adam(epsilon: 1e-4));
        using var autograd = new AutogradStep(reference, a, objective, train, examples);
        using var step = new CompiledStep(recorded, b, objective, train, how: new(examples));
        // The β of an importance-weighted objective is part of its formula if it is always 1.
        var beta = objective is Objective.ImportanceWeighted or Objective.Custom ? Objectives.BetaAt(objective, 0) : 0.7;
        for (var i = 0; i < Steps; i++)
        {
            using var scope = NewDisposeScope();
            var given = (x.to(ScalarType.Float64), condition?.to(ScalarType.Float64));
            var at = new StepInputs(i, 1e-3, beta, 0.25 * (i + 1), Measured: i == 0);
            autograd.Run(given.Item1, given.Item2, at);
            step.Run(given.Item1, given.Item2, at);
            // What does not train at all has nothing to compare.
            if (!reference.Weights.Gradient.isfinite().all().ToBoolean())
                return "";
            if (Different(reference.Weights, recorded.Weights) is { Length: > 0 } different)
                return $"step {i}, {different}";
        }
        return Totals(autograd.Collect(), step.Collect());
    }

    private static string Different(Weights expected, Weights actual)
    {
        var scale = expected.Gradient.norm().ToDouble();
        foreach (var parameter in expected.Layout)
        {
            var (a, b) = parameter.Trained ? (expected.GradientOf(parameter.Name), actual.GradientOf(parameter.Name))
                : (expected[parameter.Name], actual[parameter.Name]);
            var (difference, size) = ((a - b).norm().ToDouble(), a.norm().ToDouble());
            if (!(difference <= 1e-8 * size + 1e-12 * (parameter.Trained ? scale : 1)))
                return $"{parameter.Name}: {difference:E2} of {size:E2}";
        }
        return "";
    }

    private static string Totals(StepTotals expected, StepTotals actual)
    {
        bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= 1e-9 * (1 + Math.Abs(a));
        return Close(expected.Loss, actual.Loss) && Close(expected.Reconstruction, actual.Reconstruction) && Close(expected.Kl, actual.Kl)
            && expected.Examples == actual.Examples ? "" : $"{expected} but {actual}";
    }
}
