using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public sealed class ConditionalRunTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly DataSplit data = TinyRuns.Digits();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Conditional =>
        ["label", "labels", "vector", "quadrants", "label, learned prior", "quadrants, learned prior"];

    private static VaeSpec Spec(string name)
    {
        var small = Zoo.Mlp(TinyRuns.Input, 4, 16);
        return name switch
        {
            "label" => small.With(condition: Conditions.Label(10)),
            "labels" => small.With(condition: Conditions.Labels([10, 2])),
            "vector" => small.With(condition: Conditions.Vector(2)),
            "quadrants" => small.With(condition: Conditions.Quadrants(2)),
            "label, learned prior" => small.With(condition: Conditions.Label(10), prior: Zoo.ConditionalPrior(8)),
            _ => small.With(condition: Conditions.Quadrants(2), prior: Zoo.ConditionalPrior(8)),
        };
    }

    // The digit, and whether it is even: as two labels or as a vector.
    private static Dataset WithConditions(Dataset part) =>
        part.WithConditions(part.Labels.ToArray().SelectMany(label => new float[] { label, label % 2 }).ToArray(), 2);

    private DataSplit AllConditioned => new(WithConditions(data.Train), data.Validation, WithConditions(data.Test));

    [Theory, MemberData(nameof(Conditional))]
    public void EveryConditionIsTrainedMeasuredAndShown(string name)
    {
        var split = AllConditioned;
        var result = TinyRuns.Train(TinyRuns.Of(Spec(name), epochs: 4), split, folder["run"]);
        Assert.Equal(Outcome.Completed, result.Outcome);
        Assert.True(result.History[^1].Validation.NegElbo < result.History[0].Validation.NegElbo);
        RunReports.Write(RunFolder.Open(folder["run"]), result, split);
        foreach (var file in new[] { "samples.png", "reconstructions.png", "latents.png", "report.html" })
            Assert.True(File.Exists(Path.Combine(folder["run"], file)), file);
        using var model = RunFolder.Open(folder["run"]).LoadModel();
        var evaluation = new Evaluator(model, split.Test, Binarizations.None).Evaluate(4, draws: 2);
        Assert.True(evaluation is { NegElbo: > 0, Kl: > 0, Nll: > 0, PriorNll: > 0 });
    }

    [Fact]
    public void ALearnedPriorIsLearned()
    {
        var experiment = TinyRuns.Of(Spec("label, learned prior"), epochs: 1);
        TinyRuns.Train(experiment, data, folder["run"]);
        using var start = new VaeModel(experiment.Model, experiment.Train.Seed);
        using var end = RunFolder.Open(folder["run"]).LoadModel();
        Assert.All(end.Weights.Layout.Where(p => p.Name.StartsWith("prior.", StringComparison.Ordinal)), p =>
        {
            using var scope = NewDisposeScope();
            Assert.True((start.Weights[p.Name] - end.Weights[p.Name]).abs().max().ToDouble() > 1e-5, p.Name);
        });
    }

    [Fact]
    public void AnInformativeConditionIsUsed()
    {
        // A latent of 1 cannot tell the digit as the label does.
        var experiment = TinyRuns.Of(Zoo.Mlp(TinyRuns.Input, 1, 32).With(condition: Conditions.Label(10)), epochs: 12);
        TinyRuns.Train(experiment, TinyRuns.Digits(1024), folder["run"]);
        using var model = RunFolder.Open(folder["run"]).LoadModel();
        var diagnosis = Diagnoses.Diagnose(new(model, data.Test, Binarizations.None), []);
        Assert.True(diagnosis.ConditionDrop > 1, $"{diagnosis.ConditionDrop}");
        Assert.DoesNotContain(diagnosis.Findings, finding => finding.Contains("condition"));
    }

    [Fact]
    public void AConditionWithoutWeightIsNotUsed()
    {
        using var noGrad = no_grad();
        using var model = new VaeModel(Spec("label"), 1);
        model.Weights["encoder.1.weight"].narrow(1, 784, 10).zero_();
        model.Weights["decoder.0.weight"].narrow(1, 4, 10).zero_();
        var diagnosis = Diagnoses.Diagnose(new(model, data.Test, Binarizations.None), []);
        Assert.Equal(0, diagnosis.ConditionDrop);
        Assert.Contains(diagnosis.Findings, finding => finding.StartsWith("the condition is hardly used"));
        using var plain = new VaeModel(Zoo.Mlp(TinyRuns.Input, 4, 16));
        Assert.Equal("model.condition: must exist to be shuffled, got none",
            Assert.Throws<VaeException>(() => new Evaluator(plain, data.Test, Binarizations.None).ConditionDrop()).Message);
    }

    [Fact]
    public void AResumedRunOfALearnedPriorEqualsOneOfAllEpochs()
    {
        var experiment = TinyRuns.Of(Spec("quadrants, learned prior"), epochs: 3, binarization: Binarizations.Stochastic);
        experiment = experiment.With(train: experiment.Train.With(learningRate: Schedules.Constant(1e-3)));
        TinyRuns.Train(experiment, data, folder["whole"]);
        TinyRuns.Train(experiment.With(train: experiment.Train.With(epochs: 1)), data, folder["parts"]);
        Trainer.Train(experiment, data, new(folder["parts"], Resume: true, Threads: 1));
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["whole"], "model.safetensors")),
            File.ReadAllBytes(Path.Combine(folder["parts"], "model.safetensors")));
    }

    [Fact]
    public void WhatTheCompiledStepDoesNotCoverIsTrainedByAutograd()
    {
        var spec = Zoo.Mlp(TinyRuns.Input, 4, 16);
        foreach (var (other, objective, reason) in new[]
        {
            (spec, Objectives.Factor(2), "does not cover objectives that train a network of their own, got factor 2"),
            (spec, Objectives.VaeGan(1), "does not cover objectives that train a network of their own, got vae-gan"),
            (spec, Objectives.Code(1, DecoderPenalties.GradientPenalty(1)),
                "does not cover the gradient penalty, which differentiates the decoder twice"),
            (spec.With(encoder: new([Layers.Flatten, Layers.Linear(9), Layers.BatchNorm(), Layers.Tanh], Heads.Dense)),
                Objectives.ImportanceWeighted(2, gradient: EncoderGradients.DoublyReparameterized),
                "does not cover batch normalization with an objective that has a loss of its own for the encoder, got importance-weighted"),
        })
            Assert.Contains(reason, Assert.Throws<VaeException>(
                () => TinyRuns.Train(TinyRuns.Of(other, objective), data, folder[$"{Guid.NewGuid()}"], StepRoute.Compiled)).Message);
        Assert.Equal(
            Outcome.Completed, TinyRuns.Train(TinyRuns.Of(spec, Objectives.Factor(2), epochs: 1), data, folder["auto"]).Outcome);
    }

    [Fact]
    public void ConditionsThatDoNotFitAreRefusedBeforeTheRunBegins()
    {
        void Refused(string message, VaeSpec spec, DataSplit split)
        {
            Assert.Contains(message, Assert.Throws<VaeException>(() => TinyRuns.Train(TinyRuns.Of(spec), split, folder["run"])).Message);
            Assert.False(Directory.Exists(folder["run"]));
        }
        var received = AllConditioned;
        Refused("needs data with condition values", Spec("vector"), data);
        Refused("model.condition.width: must be the 2 condition values of the data, got 3",
            Spec("vector").With(condition: Conditions.Vector(3)), received);
        Refused(".conditions[", Spec("labels").With(condition: Conditions.Labels([5, 2])), received);
        Refused("must be a whole number in 0 … 4, got ", Spec("labels").With(condition: Conditions.Labels([5, 2])), received);
        Refused("digits.conditions: must be 2 values for each example, as the model's condition has, got none", Spec("vector"),
            received with { Test = data.Test });
        var halves = data.Train.WithConditions(Enumerable.Repeat(0.5f, 2 * data.Train.Count).ToArray(), 2);
        Refused("must be a whole number in 0 … 9, got 0.5", Spec("labels"), received with { Train = halves });
    }
}
