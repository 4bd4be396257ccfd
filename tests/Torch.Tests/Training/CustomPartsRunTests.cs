using Vae.Tests;

namespace Vae.Torch.Tests;

/// <summary>A model all of whose parts are an application's is trained, kept, resumed, measured and pictured as any other.</summary>
public class CustomPartsRunTests
{
    private static readonly Experiment Run = Vae.Tests.Parts.Run.With(train: Vae.Tests.Parts.Run.Train.With(epochs: 6, batch: 8));
    private static readonly CustomComponents Known = Vae.Tests.Parts.All;

    private static DataSplit Data(VaeSpec spec) => Samples.Data(spec, train: 64, validation: 8, test: 16);

    private static TrainResult Train(Experiment run, string to, bool resume = false) =>
        Trainer.Train(run, Data(run.Model), new(to, resume, Threads: 1));

    [Fact]
    public void TheLossFallsAndEveryTensorOfAPartIsTrained()
    {
        using var folder = new TemporaryFolder();
        var result = Train(Run, folder.Run());
        Assert.Equal(Outcome.Completed, result.Outcome);
        Assert.True(result.History[^1].Validation.NegElbo < result.History[0].Validation.NegElbo,
            $"{result.History[0].Validation} {result.History[^1].Validation}");
        using var model = RunFolder.Open(folder.Run(), Known).LoadModel();
        foreach (var (name, start) in new[] { ("likelihood.logScale", Math.Log(0.5)), ("prior.place", 0.5), ("encoder.1.factor", 0.1),
            ("decoder.1.body.0.factor", 0.0) })
            Assert.All(model.Weights[name].ToDoubles(), value => Assert.True(Math.Abs(value - start) > 1e-4, $"{name} {value}"));
    }

    [Fact]
    public void ARunReadsBackByTheNamesOfItsParts()
    {
        using var folder = new TemporaryFolder();
        Train(Run, folder.Run());
        Assert.Equal(Run, RunFolder.Open(folder.Run(), Known).Experiment());
        using var model = RunFolder.Open(folder.Run(), CustomComponents.Collect(Run)).LoadModel();
        using var again = RunFolder.Open(folder.Run(), Known).LoadModel();
        Assert.Equal(model.Weights.Flat.ToDoubles(), again.Weights.Flat.ToDoubles());
        Assert.Equal(
            new Evaluator(model, Data(Run.Model).Test, Binarizations.None).Terms(),
            new Evaluator(again, Data(Run.Model).Test, Binarizations.None).Terms());
    }

    [Fact]
    public void ARunThatIsResumedEqualsOneThatWasNotStopped()
    {
        using var folder = new TemporaryFolder();
        Train(Run, folder.Run("whole"));
        Train(Run.With(train: Run.Train.With(epochs: 2)), folder.Run("parts"));
        Train(Run, folder.Run("parts"), resume: true);
        Assert.Equal(File.ReadAllBytes(RunFolder.Open(folder.Run("whole")).ModelFile),
            File.ReadAllBytes(RunFolder.Open(folder.Run("parts")).ModelFile));
    }

    [Fact]
    public void ARunWhosePartIsUnknownIsRefusedByTheNameOfThePart()
    {
        using var folder = new TemporaryFolder();
        Train(Run.With(train: Run.Train.With(epochs: 1)), folder.Run());
        var error = Assert.Throws<VaeException>(() => RunFolder.Open(folder.Run()).LoadModel());
        Assert.EndsWith(
            "definition: must be one of the components passed with the file (none), got 'scaled'",
            error.Message, StringComparison.Ordinal);
        error = Assert.Throws<VaeException>(() => RunFolder.Open(folder.Run(), Known.With(likelihoodParts: [])).Experiment());
        Assert.Contains(
            "$.model.likelihood.definition: must be one of the components passed with the file (none), got 'cauchy'",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ItIsMeasuredAndDiagnosed()
    {
        using var folder = new TemporaryFolder();
        var history = Train(Run, folder.Run()).History;
        using var model = RunFolder.Open(folder.Run(), Known).LoadModel();
        var evaluation = new Evaluator(model, Data(Run.Model).Test, Binarizations.None).Evaluate(20, draws: 5);
        Assert.Equal(evaluation.NegElbo!.Value, evaluation.Reconstruction + evaluation.Kl!.Value, 9);
        // 20 draws bound ln p(x) more tightly than one, up to chance that 16 examples cannot turn.
        Assert.True(evaluation.Nll < evaluation.NegElbo, $"{evaluation}");
        var diagnosis = Diagnoses.Diagnose(new(model, Data(Run.Model).Test, Binarizations.None), history);
        Assert.Equal(2, diagnosis.Dimensions.Count);
        Assert.All(diagnosis.Dimensions, dimension => Assert.Null(dimension.Kl));
    }

    [Fact]
    public void ItsImagesArePictured()
    {
        using var folder = new TemporaryFolder();
        var run = Run.With(model: Run.Model
            .With(input: Shape.Image(1, 6, 4), encoder: Run.Model.Encoder.With(layers: [Layers.Flatten, .. Run.Model.Encoder.Layers])));
        var result = Train(run.With(train: run.Train.With(epochs: 1)), folder.Run());
        using var model = RunFolder.Open(folder.Run(), Known).LoadModel();
        Assert.True(RunPictures.Samples(model, 4, 1).Width > 0);
        RunReports.Write(RunFolder.Open(folder.Run(), Known), result, Data(run.Model), "cpu");
        Assert.Contains("cauchy", File.ReadAllText(RunFolder.Open(folder.Run()).File("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void OnePartOfAnApplicationGoesWithAllOthersOfTheLibrary()
    {
        using var folder = new TemporaryFolder();
        var plain = Samples.Tiny.Model;
        VaeSpec[] models = [
            plain.With(likelihood: Run.Model.Likelihood), plain.With(posterior: Run.Model.Posterior), plain.With(prior: Run.Model.Prior),
            plain.With(encoder: Run.Model.Encoder),
            plain.With(condition: Conditions.Label(3), posterior: Run.Model.Posterior,
                prior: Priors.Conditional(new([Layers.Custom(new Scaled(0))], Heads.Dense)))];
        foreach (var (model, i) in models.Select((model, i) => (model, i)))
            Assert.True(Train(Samples.Tiny.With(model: model), folder.Run($"{i}")).Test.AreFinite, $"{model}");
        Assert.True(Train(Samples.Tiny.With(objective: Run.Objective), folder.Run("objective")).Test.AreFinite);
    }
}
