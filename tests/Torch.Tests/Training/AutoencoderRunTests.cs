using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vae.Torch.Tests;

/// <summary>
/// A plain autoencoder is trained, measured, shown and diagnosed like any model, and has no number that needs a distribution.
/// </summary>
public sealed class AutoencoderRunTests : IDisposable
{
    private static readonly Experiment Autoencoder =
        TinyRuns.Of(Zoo.Mlp(TinyRuns.Input, 4, 16).With(posterior: Posteriors.Point), Objectives.Reconstruction);

    private readonly TempFolder folder = new();
    private readonly DataSplit data = TinyRuns.Digits();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ItLearnsAndHasAReconstructionAndNoMore()
    {
        var result = TinyRuns.Train(Autoencoder.With(train: Autoencoder.Train.With(epochs: 6)), data, folder["run"]);
        Assert.True(result.History[^1].Validation.Reconstruction < result.History[0].Validation.Reconstruction);
        Assert.All(result.History.SelectMany(entry => new[] { entry.Train, entry.Validation }).Append(result.Test), terms =>
        {
            Assert.True(terms.AreFinite);
            Assert.Equal((null, null, terms.Reconstruction), (terms.NegElbo, terms.Kl, terms.Criterion));
        });
        Assert.Equal(result.History, RunFolder.Open(folder["run"]).History());
        var line = JsonDocument.Parse(File.ReadLines(Path.Combine(folder["run"], "history.jsonl")).First()).RootElement
            .GetProperty("validation");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (line.GetProperty("negElbo").ValueKind, line.GetProperty("kl").ValueKind));
    }

    [Fact]
    public void PatienceWatchesTheReconstruction()
    {
        var patient = Autoencoder.With(
            data: Autoencoder.Data.With(validation: 0.5),
            train: Autoencoder.Train.With(epochs: 4, stopping: Stoppings.Patience(1), learningRate: Schedules.Constant(0)));
        var result = TinyRuns.Train(patient, data with { Validation = data.Test }, folder["run"]);
        Assert.Equal((Outcome.StoppedEarly, 2), (result.Outcome, result.Epochs));
    }

    [Fact]
    public void EvaluationAndDiagnosisSayWhatThereIsNot()
    {
        using var model = new VaeModel(Autoencoder.Model, 3);
        var evaluator = new Evaluator(model, data.Test, Binarizations.None);
        var evaluation = evaluator.Evaluate(5, draws: 3);
        Assert.Equal((null, null, null, null), (evaluation.NegElbo, evaluation.Kl, evaluation.Nll, evaluation.PriorNll));
        Assert.Equal(evaluator.Terms().Reconstruction, evaluation.Reconstruction, 1e-4);
        Assert.StartsWith("model.posterior: must be a distribution for a bound on ln p(x)",
            Assert.Throws<VaeException>(() => evaluator.Nll(5)).Message);
        Assert.StartsWith("model.posterior: must be a distribution for a divergence",
            Assert.Throws<VaeException>(() => evaluator.KlPerLatent()).Message);
        var diagnosis = Diagnoses.Diagnose(new(model, data.Test, Binarizations.None), []);
        Assert.Equal((4, null, null), (diagnosis.Dimensions.Count, diagnosis.Gap, diagnosis.ConditionDrop));
        Assert.All(diagnosis.Dimensions, facts => Assert.Equal((null, null, null), (facts.Kl, facts.Gap, facts.Saturated)));
        Assert.Equal(diagnosis.Dimensions.OrderByDescending(facts => facts.MeanVariance), diagnosis.Dimensions);
    }

    [Fact]
    public void TheReportShowsReconstructionsAndStatesWhyThereAreNoSamples()
    {
        var result = TinyRuns.Train(Autoencoder, data, folder["run"]);
        RunReports.Write(RunFolder.Open(folder["run"]), result, data);
        var report = File.ReadAllText(Path.Combine(folder["run"], "report.html"));
        Assert.False(File.Exists(Path.Combine(folder["run"], "samples.png")));
        Assert.True(File.Exists(Path.Combine(folder["run"], "reconstructions.png")));
        Assert.Contains("no distribution of codes to draw samples from", report);
        Assert.Contains("<td class=\"number\">—</td>", report);
        Assert.DoesNotContain("NaN", Regex.Replace(report, "base64,[^\"]*", ""));
    }
}
