using TorchSharp;
using Vae.Tests;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Models of several levels, as they are trained.</summary>
public class HierarchyLawTests
{
    private const int Batch = 6;

    private static readonly VaeSpec Tiny = Samples.Tiny.Model;
    private static readonly Network Small = new([Layers.Linear(3), Layers.Tanh], Heads.Dense), Line = new([], Heads.Dense);

    private static readonly Dictionary<string, Objective> Goals = new()
    {
        ["elbo"] = Objectives.Elbo,
        ["iwae"] = Objectives.ImportanceWeighted(3),
        ["stl"] = Objectives.Beta(Schedules.Constant(1), gradient: EncoderGradients.StickingTheLanding),
        ["free bits"] = Objectives.Beta(Schedules.Constant(1), Capacities.FreeBits(0.1)),
    };

    private static VaeSpec Hierarchical(VaeSpec spec, Hierarchy levels) =>
        spec.With(latent: Hierarchies.Latent(levels), posterior: Posteriors.Hierarchical(levels), prior: Priors.Hierarchical(levels));

    public static TheoryData<string, string> OneLevel
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var kind in new[] { "plain", "ladder", "top-down" })
                foreach (var goal in Goals.Keys)
                    rows.Add(kind, goal);
            return rows;
        }
    }

    [Theory, MemberData(nameof(OneLevel))]
    public void OneLevelHasTheLossAndTheGradientOfTheOrdinaryModel(string kind, string goal)
    {
        using var scope = NewDisposeScope();
        var ordinary = kind == "top-down" ? Tiny.With(
            encoder: Tiny.Encoder.With(layers: [.. Tiny.Encoder.Layers, Layers.Linear(3)]),
            decoder: Tiny.Decoder.With(layers: [Layers.Linear(4), .. Tiny.Decoder.Layers])) : Tiny;
        var levels = kind == "plain" ? Hierarchies.BottomUp(Shape.Vector(2), [])
            : kind == "ladder" ? Hierarchies.Ladder(Shape.Vector(2), [])
            : Hierarchies.TopDown(Shape.Vector(3), Shape.Vector(4), [], new(Shape.Vector(2), [], Line, Line, []));
        using var one = new VaeModel(Hierarchical(Tiny, levels), 3, type: ScalarType.Float64);
        using var other = new VaeModel(ordinary, 5, type: ScalarType.Float64);
        var pairs = Pairs(one.Weights, other.Weights, kind).ToList();
        using (no_grad())
        {
            foreach (var (mine, theirs) in pairs)
                theirs(other.Weights, false).copy_(mine(one.Weights, false));
        }
        Assert.Equal(Loss(other, Goals[goal]), Loss(one, Goals[goal]), (a, b) => Math.Abs(a - b) < 1e-12 * (1 + Math.Abs(a)));
        foreach (var (mine, theirs) in pairs)
            Assert.Equal(theirs(other.Weights, true).ToDoubles(), mine(one.Weights, true).ToDoubles(),
                (a, b) => Math.Abs(a - b) < 1e-12 * (1 + Math.Abs(a)));
    }

    private delegate Tensor Place(Weights weights, bool gradient);

    // The same tensors by their names in either; the start of a top-down model is 0 at first, so what multiplies it does not matter.
    private static IEnumerable<(Place Mine, Place Theirs)> Pairs(Weights mine, Weights theirs, string kind)
    {
        Place At(string name) => (weights, gradient) => gradient ? weights.GradientOf(name) : weights[name];
        if (kind != "top-down")
            return theirs.Layout.Select(parameter => (At(parameter.Name), At(parameter.Name)));
        Place seen = (weights, gradient) => At("posterior.infer.1.0.weight")(weights, gradient).narrow(1, 4, 3);
        return [
            .. mine.Layout.Where(p => p.Name.StartsWith("encoder.", StringComparison.Ordinal)).Select(p => (At(p.Name), At(p.Name))),
            (seen, At("encoder.3.weight")), (At("posterior.infer.1.0.bias"), At("encoder.3.bias")),
            (At("prior.project.1.0.weight"), At("decoder.0.weight")), (At("prior.project.1.0.bias"), At("decoder.0.bias")),
            .. mine.Layout.Where(p => p.Name.StartsWith("decoder.", StringComparison.Ordinal)).Select(p =>
                (At(p.Name), At($"decoder.{int.Parse(p.Name.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture) + 1}"
                    + $".{p.Name.Split('.')[2]}")))];
    }

    private static double[] Loss(VaeModel model, Objective objective, long step = 0)
    {
        using var noise = new KeyedNoise(1, CPU);
        using var scope = NewDisposeScope();
        model.Weights.Gradient.zero_();
        var (x, condition) = (Samples.Inputs(model.Spec, Batch).to(ScalarType.Float64),
            Samples.Condition(model.Spec, Batch)?.to(ScalarType.Float64));
        var loss = Losses.Compute(new(model, noise), objective, x, condition, Samples.At(step)).Loss;
        loss.mean().backward();
        return loss.ToDoubles();
    }

    public static TheoryData<string> Kinds => [.. HierarchySamples.Two.Keys];

    private static Network Dropping => new([Layers.Linear(6), Layers.Dropout(0.5), Layers.Tanh], Heads.Dense);

    private static Hierarchy WithDropout(string kind) => kind switch
    {
        "plain" => Hierarchies.BottomUp(Shape.Vector(2), [new(Shape.Vector(1), Dropping, Dropping)]),
        "ladder" => Hierarchies.Ladder(Shape.Vector(2), [new(Shape.Vector(1), 3, Dropping, Dropping)]),
        _ => Hierarchies.TopDown(Shape.Vector(2), Shape.Vector(3),
            [new(Dropping, new(Shape.Vector(2), [Layers.Dropout(0.5)], Dropping, Line, [Layers.Dropout(0.5)]))],
            new(Shape.Vector(1), [], Dropping, Line, [])),
    };

    [Theory, MemberData(nameof(Kinds))]
    public void WhatIsRememberedOfADrawIsWhatWouldBeComputedAgainDropoutIncluded(string kind)
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(Hierarchical(Tiny, WithDropout(kind)), 3, type: ScalarType.Float64);
        var (q, p, spec) = (model.Spec.Posterior.Formulas(), model.Spec.Prior.Formulas(), model.Spec);
        TorchTensor outputs = model.Encode(Samples.Inputs(spec, Batch).to(ScalarType.Float64), null, training: true, 4);
        TorchTensor noise = Samples.Draws(2, Purpose.Posterior, Batch, 3).to(ScalarType.Float64);
        double[] All(StepMemory? memory)
        {
            var (qs, ps) = (model.PosteriorState(new(null, true, 4, Memory: memory)),
                model.PriorState(Batch, new(null, true, 4, Memory: memory)));
            var draw = q.Draw(qs, outputs, noise);
            var density = q.LogDensity(qs, outputs, draw.Z)!.Value;
            Assert.Equal(draw.LogDensity.Tensor.ToDoubles(), density.Tensor.ToDoubles(),
                (a, b) => Math.Abs(a - b) < 1e-12 * (1 + Math.Abs(a)));
            var kl = Divergences.KlAt(spec.Posterior, spec.Prior, outputs, draw, qs, ps);
            return [.. density.Tensor.ToDoubles(), .. kl.Tensor.ToDoubles(), .. p.LogDensity(ps, draw.Z).Tensor.ToDoubles(),
                .. p.ForDecoder(ps, draw.Z).Tensor.ToDoubles()];
        }
        Assert.Equal(All(null), All(new()), (a, b) => Math.Abs(a - b) < 1e-12 * (1 + Math.Abs(a)));
        // Each step drops others.
        Assert.NotEqual(
            q.LogDensity(model.PosteriorState(new(null, true, 4)), outputs, noise)!.Value.Tensor.ToDoubles(),
            q.LogDensity(model.PosteriorState(new(null, true, 5)), outputs, noise)!.Value.Tensor.ToDoubles());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void ThroughTheDrawsAloneTheGradientIsTheSameOnAverage(string kind)
    {
        const int draws = 300;
        using var model = new VaeModel(Hierarchical(Tiny, HierarchySamples.Two[kind]), 3, type: ScalarType.Float64);
        var along = Noise.Normal(1, (int)model.Weights.Flat.shape[0]).ToArray();
        double[] Slopes(Objective objective) => [.. Enumerable.Range(0, draws).Select(step =>
        {
            Loss(model, objective, step);
            return model.Weights.Gradient.ToDoubles().Zip(along, (a, b) => a * b).Sum();
        })];
        Noise.AssertMean(0, [.. Slopes(Goals["elbo"]).Zip(Slopes(Goals["stl"]), (a, b) => a - b)]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void LevelsSeeTheConditionWhereALayerJoinsIt(string kind)
    {
        using var scope = NewDisposeScope();
        var joined = new Network([Layers.ConcatenateCondition(2), Layers.Linear(3), Layers.Tanh], Heads.Dense);
        var levels = kind switch
        {
            "plain" => Hierarchies.BottomUp(Shape.Vector(2), [new(Shape.Vector(1), joined, joined)]),
            "ladder" => Hierarchies.Ladder(Shape.Vector(2), [new(Shape.Vector(1), 3, joined, joined)]),
            _ => Hierarchies.TopDown(Shape.Vector(2), Shape.Vector(3), [new(joined, new(Shape.Vector(2), [], joined, Line, []))],
                new(Shape.Vector(1), [], joined, Line, [])),
        };
        using var model = new VaeModel(Hierarchical(Tiny.With(condition: Conditions.Label(2)), levels), 3, type: ScalarType.Float64);
        Tensor classes = eye(2, 2, ScalarType.Float64), z = Samples.Draws(2, Purpose.Prior, 2, 3).to(ScalarType.Float64);
        double[] Density(Tensor condition) =>
            Priors.LogDensity<TorchTensor>(model.Spec.Prior, z, model.PriorState(2, new(condition))).Tensor.ToDoubles();
        Assert.All(Density(classes).Zip(Density(classes.flip(0)), (a, b) => Math.Abs(a - b)), gap => Assert.True(gap > 1e-6));
        // Draws of each example have its condition.
        var outputs = model.Encode(Samples.Inputs(model.Spec, 2).to(ScalarType.Float64), classes);
        var q = model.PosteriorState(new(classes));
        var twice = Posteriors.LogDensity<TorchTensor>(
            model.Spec.Posterior, TensorExtensions.Repeat(outputs, 2), TensorExtensions.Repeat(z, 2), q)!.Value.Tensor.ToDoubles();
        var once = Posteriors.LogDensity<TorchTensor>(model.Spec.Posterior, outputs, z, q)!.Value.Tensor.ToDoubles();
        Assert.Equal([.. once, .. once], twice, (a, b) => Math.Abs(a - b) < 1e-12 * (1 + Math.Abs(a)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void TheLevelsOfTheDivergenceAreItsParts(string kind)
    {
        using var model = new VaeModel(Hierarchical(Tiny, HierarchySamples.Two[kind]), 3);
        var evaluator = new Evaluator(model, Samples.Data(Tiny, test: 40).Test, Binarizations.None);
        var levels = evaluator.KlPerLayer();
        Assert.Equal(2, levels.Count);
        var perLatent = evaluator.KlPerLatent();
        if (kind == "plain")
            Assert.Empty(perLatent);
        var same = kind == "plain" ? levels.Sum() : perLatent.Sum();
        Assert.Equal(evaluator.Terms().Kl!.Value, same, 1e-5);
        Assert.Empty(new Evaluator(new VaeModel(Tiny, 3), Samples.Data(Tiny).Test, Binarizations.None).KlPerLayer());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void RedrawingKeepsTheTopAndRepeatsWithTheSeed(string kind)
    {
        using var scope = NewDisposeScope();
        using var model = new VaeModel(Hierarchical(Tiny, HierarchySamples.Two[kind]), 3, type: ScalarType.Float64);
        var z = Samples.Draws(2, Purpose.Prior, Batch, 3).to(ScalarType.Float64);
        double[] Of(Tensor codes, int from, int size) => codes.narrow(1, from, size).contiguous().ToDoubles();
        var redrawn = model.Redraw(z, kept: 1, seed: 5);
        Assert.Equal(Of(z, 2, 1), Of(redrawn, 2, 1));
        Assert.NotEqual(Of(z, 0, 2), Of(redrawn, 0, 2));
        Assert.Equal(redrawn.ToDoubles(), model.Redraw(redrawn, kept: 1, seed: 5).ToDoubles());
        Assert.NotEqual(redrawn.ToDoubles(), model.Redraw(z, kept: 1, seed: 6).ToDoubles());
        Assert.Equal(z.ToDoubles(), model.Redraw(z, kept: 2, seed: 5).ToDoubles());
    }

    [Fact]
    public void OnlyStochasticLayersThatExistAreRedrawn()
    {
        using VaeModel plain = new(Tiny, 3), layered = new(Hierarchical(Tiny, HierarchySamples.Two["ladder"]), 3);
        using var z = zeros(1, 3);
        Assert.Equal("model.prior: must be hierarchical to redraw stochastic layers, got standard normal",
            Assert.Throws<VaeException>(() => plain.Redraw(z, 1, 1)).Message);
        Assert.Equal("kept: must be 1 to 2, got 0", Assert.Throws<VaeException>(() => layered.Redraw(z, 0, 1)).Message);
        Assert.Equal("kept: must be 1 to 2, got 3", Assert.Throws<VaeException>(() => layered.Redraw(z, 3, 1)).Message);
        Assert.StartsWith("z: must be Float32 [B, 3]", Assert.Throws<VaeException>(() => layered.Redraw(zeros(1, 2), 1, 1)).Message,
            StringComparison.Ordinal);
    }

    [Theory, InlineData("burda2"), InlineData("ladder"), InlineData("top-down")]
    public void TheNamedOnesAreTrainedWithAConditionMeasuredAndDrawnFrom(string name)
    {
        var input = Shape.Image(1, 9, 8);
        var spec = (name == "top-down" ? Zoo.TopDown(input, 2) : name == "ladder" ? Zoo.Ladder(input, 7, 8) : Zoo.Burda2(input, 6, 8))
            .With(condition: Conditions.Label(2));
        using var model = new VaeModel(spec, 3);
        using var state = new OptimizerState(model.Weights);
        using var step = new AutogradStep(model, state, Objectives.ImportanceWeighted(2), Samples.Tiny.Train);
        var data = Samples.Data(spec, train: 20).Train;
        using var source = new BatchSource(data, spec.Condition, Binarizations.None, 20, 1, CPU);
        using var scope = NewDisposeScope();
        var (x, condition) = source.At(0, Purpose.EvaluateBinarize, 0);
        var losses = Enumerable.Range(0, 10).Select(i =>
        {
            step.Run(x, condition, Samples.At(i));
            return step.Collect().Loss;
        }).ToList();
        Assert.True(losses[^1] < losses[0], $"{losses[0]} {losses[^1]}");
        var evaluation = new Evaluator(model, data, Binarizations.None).Evaluate(5);
        Assert.True(double.IsFinite(evaluation.Nll!.Value) && double.IsFinite(evaluation.PriorNll!.Value));
        Assert.Equal([2, 1, 9, 8], model.Sample(2, 3, eye(2)).shape);
        Assert.Equal(x.shape, model.Reconstruct(x, condition).shape);
    }

    [Fact]
    public void ALevelThatIsNotUsedIsFound()
    {
        using var model = new VaeModel(Hierarchical(Tiny, HierarchySamples.Two["ladder"]), 3);
        using (no_grad())
        {
            // The top posterior is made the prior.
            model.Weights["posterior.up.2.2.weight"].zero_();
            model.Weights["posterior.up.2.2.bias"].zero_();
        }
        var diagnosis = Diagnoses.Diagnose(new(model, Samples.Data(Tiny, test: 40).Test, Binarizations.None), []);
        Assert.Equal(0, diagnosis.LayerKl[1], 1e-6);
        Assert.Contains(
            diagnosis.Findings, finding => finding.StartsWith("stochastic layer 2 of 2 is hardly used", StringComparison.Ordinal));
    }
}
