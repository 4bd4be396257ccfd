namespace Vae.Torch.Tests;

public sealed class ModelCardsTests
{
    [Fact]
    public void ACardSaysWhatTheRunIs() => With(Samples.Tiny, (folder, model, data) =>
    {
        var text = ModelCards.Text(folder, model, data, new(Name: "a: \"quoted\" name", License: "MIT"));
        var (front, body) = Parts(text);
        Assert.Equal("license: mit", front[0]);
        Assert.Contains("- name: \"a: \\\"quoted\\\" name\"", front);
        Assert.Contains($"{data.Test.Count} test examples", body, StringComparison.Ordinal);
        Assert.Contains($"`{RowKeys.Digest([.. new[] { data.Train, data.Validation, data.Test }.SelectMany(RowKeys.Of)])}`", body);
        Assert.Contains(SpecJson.Write(folder.Experiment()), body, StringComparison.Ordinal);
        Assert.All(["# a: \"quoted\" name", "## Intended use", "## Data", "## Results", "## Limits", "## Specification"],
            heading => Assert.Contains($"{heading}\n", body, StringComparison.Ordinal));
    });

    [Fact]
    public void FiguresAreMeansWithTheirStandardErrors() => With(Samples.Tiny, (folder, model, data) =>
    {
        var each = new Evaluator(model, data.Test, Binarizations.None, folder.Experiment().Train.Seed).TermsOfEach();
        double[] values = [.. each.Select(term => term.NegElbo!.Value)];
        var deviation = Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));
        Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"| −ELBO | {values.Average():0.000} | {deviation / Math.Sqrt(values.Length):0.000} |"), ModelCards.Text(folder, model, data));
        Assert.Contains("bound on −ln p(x), 5 samples", ModelCards.Text(folder, model, data, new(ImportanceSamples: 5)));
    });

    [Fact]
    public void ACardIsWrittenAgainWithTheLicenceThatItHad() => With(Samples.Tiny, (folder, model, data) =>
    {
        Assert.StartsWith("---\nlicense: unknown\n", File.ReadAllText(ModelCards.Write(folder, model, data)));
        ModelCards.Write(folder, model, data, new(License: "apache-2.0"));
        Assert.StartsWith("---\nlicense: apache-2.0\n", File.ReadAllText(ModelCards.Write(folder, model, data)));
        Damage.Refused(() => ModelCards.Text(folder, model, data, new(License: "no licence")), "license: must be an identifier");
    });

    [Fact]
    public void AnAutoencodersCardPromisesNoSamples() => With(
        Samples.Tiny.With(model: Samples.Tiny.Model.With(posterior: Posteriors.Point), objective: Objectives.Reconstruction),
        (folder, model, data) =>
        {
            var text = ModelCards.Text(folder, model, data, new(ImportanceSamples: 5));
            Assert.DoesNotContain("**Generate**", text, StringComparison.Ordinal);
            Assert.DoesNotContain("negative-elbo", text, StringComparison.Ordinal);
            Assert.Contains("learns no distribution of its codes", text, StringComparison.Ordinal);
        });

    private static void With(Experiment experiment, Action<RunFolder, VaeModel, DataSplit> check)
    {
        using var temp = new TempFolder();
        var folder = RunFolder.Create(temp["run"], experiment);
        using var model = new VaeModel(experiment.Model, 1);
        check(folder, model, Samples.Data(experiment.Model));
    }

    // The front matter stands between two lines of hyphens.
    private static (string[] Front, string Body) Parts(string text)
    {
        var parts = text.Split("---\n");
        Assert.Equal("", parts[0]);
        return (parts[1].Split('\n'), string.Join("---\n", parts[2..]));
    }
}
