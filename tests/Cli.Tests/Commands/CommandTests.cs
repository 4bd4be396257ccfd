using System.Text.Json;
using Vae.Torch;

namespace Vae.Cli.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void TrainingLeavesAFolderThatExplainsItself()
    {
        var run = cli.Trained("run");
        var files = Directory.GetFiles(run).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(
            ["README.md", "curves.png", "experiment.json", "history.jsonl", "interpolation.png", "latents.png",
                "model.safetensors", "optimizer.safetensors", "reconstructions.png", "report.html", "samples.png", "traversals.png"],
            files);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(run, "history.jsonl")).Length);
    }

    [Fact]
    public void TheLastJsonLineIsTheWholeResult()
    {
        var last = Cli.Call(["train", .. Cli.Tiny, "--out", cli.Path("run"), "--json"]).LastLine;
        Assert.Equal("completed", last.GetProperty("event").GetString());
        Assert.Equal(cli.Path("run"), last.GetProperty("run").GetString());
        Assert.Equal(2, last.GetProperty("epochs").GetInt32());
        foreach (var part in new[] { "train", "test" })
        {
            var terms = last.GetProperty(part);
            Assert.Equal(
                terms.GetProperty("negElbo").GetDouble(),
                terms.GetProperty("reconstruction").GetDouble() + terms.GetProperty("kl").GetDouble(), 1e-9);
        }
    }

    [Fact]
    public void EvaluationGivesItsFiguresAsOneLine()
    {
        var run = cli.Trained("run", "--binarize", "threshold");
        var figures = Cli.Call("evaluate", run, "--importance-samples", "3", "--threads", "1", "--json").LastLine;
        Assert.Equal(
            ["negElbo", "reconstruction", "kl", "nll", "priorNll", "draws", "importanceSamples", "activeUnits"],
            figures.EnumerateObject().Select(p => p.Name));
        Assert.Equal(3, figures.GetProperty("importanceSamples").GetInt32());
        Assert.True(figures.GetProperty("nll").GetDouble() < figures.GetProperty("negElbo").GetDouble());
    }

    [Fact]
    public void TheSameSeedGivesTheSameWeightsAndAnotherSeedOthers()
    {
        byte[] Weights(string name, string seed) => File.ReadAllBytes(Path.Combine(cli.Trained(name, "--seed", seed), "model.safetensors"));
        var first = Weights("a", "7");
        Assert.Equal(first, Weights("b", "7"));
        Assert.NotEqual(first, Weights("c", "8"));
    }

    [Fact]
    public void AResumedRunEqualsOneOfAllEpochs()
    {
        var whole = cli.Path("whole");
        Assert.Equal(0, Cli.Call("train", "--data", TinyDigits.Folder, "--limit", "256", "--threads", "1", "--lr", "1e-3", "--epochs", "4",
            "--out", whole, "--json").Code);
        var parts = cli.Trained("parts", "--lr", "1e-3");
        Assert.Equal(0, Cli.Call("train", "--resume", parts, "--epochs", "4", "--threads", "1", "--json").Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "model.safetensors")),
            File.ReadAllBytes(Path.Combine(parts, "model.safetensors")));
        Assert.Equal(4, RunFolder.Open(parts).History().Count);
    }

    [Fact]
    public void TheBestEpochOfARunIsEvaluated()
    {
        var run = cli.Trained("run", "--validation", "0.2", "--lr", "restarts:0.01:0:1", "--skip", "1e6", "--patience", "1",
            "--reduce", "0.5:3");
        double Evaluated(params string[] more) =>
            Cli.Call(["evaluate", run, "--importance-samples", "1", "--threads", "1", "--json", .. more])
                .LastLine.GetProperty("negElbo").GetDouble();
        // With patience the weights that are kept are those of the best epoch.
        Assert.Equal(Evaluated(), Evaluated("--best"));
        Assert.True(File.Exists(Path.Combine(run, "best.safetensors")));
    }

    [Fact]
    public void ASweepTrainsEveryCombinationOnceAndComparesThem()
    {
        string[] line = ["sweep", "--data", TinyDigits.Folder, "--limit", "256", "--epochs", "1", "--threads", "1", "--beta", "0.5,4",
            "--latent", "2,5", "--seeds", "1", "--out", cli.Path("sweep"), "--json"];
        var called = Cli.Call(line);
        Assert.Equal((0, ""), (called.Code, called.Error));
        var runs = called.LastLine.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(["beta-0.5_latent-2", "beta-0.5_latent-5", "beta-4_latent-2", "beta-4_latent-5"],
            runs.Select(run => run.GetProperty("run").GetString()));
        Assert.Equal(5, RunFolder.Open(Path.Combine(cli.Path("sweep"), "beta-4_latent-5")).Experiment().Model.Latent);
        byte[] Weights() => File.ReadAllBytes(Path.Combine(cli.Path("sweep"), "beta-4_latent-2", "model.safetensors"));
        var before = Weights();
        var again = Cli.Call(line);
        Assert.Equal(0, again.Code);
        Assert.DoesNotContain("\"event\":\"epoch\"", again.Output);
        Assert.Equal(before, Weights());
        Assert.Contains("* on the Pareto front", Cli.Call([.. line.SkipLast(1)]).Output);
    }

    [Fact]
    public void MoreMeasuresAreALineEach()
    {
        var run = cli.Trained("run", "--binarize", "threshold", "--latent", "2");
        string[] line = ["evaluate", run, "--importance-samples", "1", "--threads", "1", "--metrics", "information,ais", "--ais-examples",
            "2", "--ais-temperatures", "3", "--ais-chains", "1"];
        var called = Cli.Call([.. line, "--json"]);
        Assert.Equal((0, ""), (called.Code, called.Error));
        var lines = called.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => JsonDocument.Parse(text).RootElement).ToList();
        Assert.Equal(["information", "ais"], lines.Skip(1).Select(l => l.GetProperty("metrics").GetString()));
        Assert.Equal(lines[0].GetProperty("kl").GetDouble(), lines[1].GetProperty("value").GetProperty("rate").GetDouble());
        Assert.Equal(2, lines[2].GetProperty("value").GetProperty("examples").GetInt32());
        Assert.Contains("importance sampled nll", Cli.Call([.. line.Select(word => word == "information,ais" ? "ais" : word)]).Output);
    }

    [Fact]
    public void AMeasureThatARunCannotHaveIsRefusedByName()
    {
        var run = cli.Trained("run", "--latent", "2");
        foreach (var (metrics, sentence) in new[] { ("beauty", "metrics: must be information, samples, ais, gaps, disentanglement or all"),
            ("disentanglement", "metrics: disentanglement needs data with known factors") })
        {
            var called = Cli.Call("evaluate", run, "--importance-samples", "1", "--metrics", metrics);
            Assert.Equal(VaeCommand.BadInput, called.Code);
            Assert.Contains(sentence, called.Error);
        }
    }

    [Fact]
    public void AConditionalRunDrawsTheRequestedClass()
    {
        var run = cli.Trained("run", "--condition", "label");
        Assert.Equal(0, Cli.Call("sample", run, "--label", "3", "--count", "4", "--out", cli.Path("three.png")).Code);
        Assert.Equal(0, Cli.Call("reconstruct", run, "--count", "4", "--out", cli.Path("pairs.png")).Code);
        Assert.True(new FileInfo(cli.Path("three.png")).Length > 100 && new FileInfo(cli.Path("pairs.png")).Length > 100);
    }

    [Fact]
    public void AModelIsWrittenAsJsonAndTrainedFromIt()
    {
        var json = Cli.Call("spec", "mlp", "--latent", "3", "--json").Output;
        File.WriteAllText(cli.Path("mine.json"), json.Replace("\"width\": 400", "\"width\": 31"));
        var run = cli.Trained("run", "--model", cli.Path("mine.json"));
        var model = RunFolder.Open(run).Experiment().Model;
        Assert.Equal((3, (Layer)new Layer.Linear(31)), (model.Latent, model.Encoder.Layers[1]));
    }

    [Fact]
    public void AModelIsShownWithTheMemoryOfAStep() => Assert.EndsWith(
        "a step of 128 examples: 12.5 MiB of weights, their average, gradient and optimizer, about 2.0 MiB of activations",
        Cli.Call("spec", "mlp", "--batch", "128").Output.TrimEnd(), StringComparison.Ordinal);

    [Fact]
    public void TheProgramOfAStepNamesEachLayerTwiceWithItsShapes()
    {
        var program = Cli.Call("spec", "mlp", "--program", "--batch", "32").Output;
        Assert.StartsWith("def step(", program, StringComparison.Ordinal);
        foreach (var line in new[] {
            "x: Tensor,  # [32, 1, 28, 28]", "encoder_1_weight: Tensor,  # [400, 784]", "decoder_2: Tensor,  # [32, 784]",
            "# encoder.1: linear 400, 784 → 400", "# encoder.1, backward", "# decoder.2: linear 784, 400 → 784", "# decoder.2, backward",
            "_fused_adam_" })
            Assert.Contains(line, program, StringComparison.Ordinal);
    }

    [Fact]
    public void TheProgramFollowsObjectiveAndPrecision()
    {
        string Program(params string[] more) => Cli.Call(["spec", "burda", "--program", .. more]).Output;
        Assert.Contains("# [35, 50]", Program("--objective", "iwae:5", "--batch", "7"), StringComparison.Ordinal);
        Assert.Contains("[400, 784] bfloat16", Cli.Call("spec", "mlp", "--program", "--precision", "bf16").Output,
            StringComparison.Ordinal);
        Assert.NotEqual(Program("--objective", "iwae:5"), Program());
    }

    [Fact]
    public void TheSchemaAndTheDoctorSpeakJson()
    {
        Assert.Equal("object", JsonDocument.Parse(Cli.Call("spec", "--schema").Output).RootElement.GetProperty("type").GetString());
        Assert.StartsWith("TorchSharp", Cli.Call("doctor", "--json").LastLine.GetProperty("torch").GetString());
        var diagnosis = Cli.Call("doctor", cli.Trained("run", "--latent", "2"), "--json").LastLine;
        Assert.Equal(2, diagnosis.GetProperty("dimensions").GetArrayLength());
    }

    [Fact]
    public void TheDoctorSaysWhatAStartIsWorth()
    {
        var run = cli.Trained("run", "--model", "burda", "--init", "he+data-bias");
        var starts = Cli.Call("doctor", run, "--starts", "--threads", "1", "--json").Output.Split('\n')
            .Where(line => line.StartsWith("{\"initialization\"", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(start => start.GetProperty("initialization").GetString()!);
        IEnumerable<string> Marked(string by) => starts.Where(start => start.Value.GetProperty(by).GetBoolean()).Select(start => start.Key);
        Assert.Equal(["he+data-bias"], Marked("ofRun"));
        Assert.Equal(["glorot+data-bias"], Marked("isDefault"));
        // A tiny run ends where it begins: at E[x|z] = ½ without the data's bias, and near the mean image with it.
        double Bound(string start) => starts[start].GetProperty("negElbo").GetDouble();
        Assert.InRange(Bound("glorot+data-bias"), 0, 0.8 * Bound("glorot"));
        // The run's own start is that of the run: the same model, data and seed.
        var evaluated = Cli.Call("evaluate", run, "--threads", "1", "--importance-samples", "1", "--json").LastLine;
        Assert.Equal(evaluated.GetProperty("negElbo").GetDouble(), Bound("he+data-bias"), 1e-3);
        Assert.Equal(VaeCommand.BadInput, Cli.Call("doctor", "--starts").Code);
    }

    [Fact]
    public void ARunWhoseLossIsNoNumberDivergesAndKeepsItsLastCheckpoint()
    {
        var called = Cli.Call(["train", .. Cli.Tiny, "--out", cli.Path("run"), "--lr", "1e12", "--likelihood", "squared-error", "--json"]);
        Assert.Equal((VaeCommand.Diverged, "diverged"), (called.Code, called.LastLine.GetProperty("outcome").GetString()));
        Assert.Contains("\"event\":\"diverged\"", called.Output);
        Assert.Equal(0, Cli.Call("evaluate", cli.Path("run"), "--importance-samples", "1", "--json").Code);
    }

    [Fact]
    public void EveryPictureIsACommandAndStandsInTheRunFolder()
    {
        var run = cli.Trained("run", "--latent", "2", "--condition", "label");
        foreach (var kind in new[] { "class-sheet", "manifold", "traversals", "interpolation", "scatter", "curves" })
        {
            Assert.True(File.Exists(Path.Combine(run, $"{kind}.png")), kind);
            Assert.Equal(0, Cli.Call("picture", run, kind, "--out", cli.Path("it.png"), "--label", "0", "--threads", "1").Code);
            Assert.True(File.ReadAllBytes(Path.Combine(run, $"{kind}.png")).AsSpan()
                .SequenceEqual(File.ReadAllBytes(cli.Path("it.png"))), kind);
        }
    }
}
