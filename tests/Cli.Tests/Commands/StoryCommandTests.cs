using System.Text.Json;
using Vae.Torch;

namespace Vae.Cli.Tests;

/// <summary>Comparison, anomalies, neighbours, attributes and imputation from the command line.</summary>
public sealed class StoryCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    private static Called Good(params string[] args)
    {
        var called = Cli.Call(args);
        Assert.Equal((0, ""), (called.Code, called.Error));
        return called;
    }

    private static List<JsonElement> Lines(Called called) =>
        [.. called.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    [Fact]
    public void TheTwoKindsAreTrainedOnceAndCompared()
    {
        string[] line = ["compare", "--ae-vae", .. Cli.Tiny, "--latent", "2", "--seeds", "2", "--draws", "20", "--out",
            cli.Path("both"), "--json"];
        var first = Lines(Good(line));
        Assert.Equal(["autoencoder, seed 1", "autoencoder, seed 2", "variational autoencoder, seed 1", "variational autoencoder, seed 2"],
            first.Take(4).Select(of => of.GetProperty("name").GetString()));
        Assert.All(first.Take(4), of => Assert.True(of.GetProperty("seconds").ValueKind == JsonValueKind.Number));
        var comparison = first[4];
        Assert.Equal(["autoencoder", "variational autoencoder"],
            comparison.GetProperty("groups").EnumerateArray().Select(of => of.GetString()));
        Assert.Equal(4, comparison.GetProperty("models").GetArrayLength());
        var reconstruction = comparison.GetProperty("metrics")[0];
        double Mean(int group) => reconstruction.GetProperty("groups")[group].GetProperty("mean").GetDouble();
        var difference = reconstruction.GetProperty("difference");
        Assert.Equal(2, difference.GetProperty("count").GetInt32());
        Assert.Equal(Mean(1) - Mean(0), difference.GetProperty("mean").GetDouble(), 1e-9);
        // An autoencoder has no bound.
        Assert.Equal(JsonValueKind.Null, comparison.GetProperty("metrics")[1].GetProperty("difference").ValueKind);
        foreach (var file in new[] { "compare.html", "compare.json", "compare-1.png", "compare-5.png", "autoencoder-2/report.html",
            "vae-1/model.safetensors" })
            Assert.True(File.Exists(Path.Combine(cli.Path("both"), file)), file);
        var model = RunFolder.Open(Path.Combine(cli.Path("both"), "autoencoder-1")).Experiment();
        Assert.Equal((Posteriors.Point, Objectives.Reconstruction), (model.Model.Posterior, model.Objective));

        var second = Lines(Good(line));
        Assert.All(second.Take(4), of => Assert.Equal(JsonValueKind.Null, of.GetProperty("seconds").ValueKind));
        Assert.Equal(comparison.ToString(), second[4].ToString());

        var other = Cli.Call([.. line, "--beta", "2"]);
        Assert.Equal(VaeCommand.BadInput, other.Code);
        Assert.StartsWith("vae: out: must be new or hold runs of the same experiments", other.Error);
    }

    [Fact]
    public void RunsThatDifferInTheirSeedAreOfOneKind()
    {
        var (a, b, c) = (cli.Trained("a"), cli.Trained("b", "--seed", "2"), cli.Trained("c", "--condition", "label"));
        var comparison = Lines(Good("compare", c, a, b, "--draws", "20", "--out", cli.Path("page"), "--json"))[0];
        Assert.Equal(["conditional VAE c", "VAE a"], comparison.GetProperty("groups").EnumerateArray().Select(of => of.GetString()));
        Assert.Contains("± ", Good("compare", a, b, "--draws", "20", "--out", cli.Path("page")).Output);
        Assert.True(File.Exists(Path.Combine(cli.Path("page"), "compare.html")));
    }

    [Fact]
    public void EachClassIsLeftOutOnceAndScored()
    {
        string[] line = ["anomaly", "--leave-one-class-out", .. Cli.Tiny, "--importance-samples", "1", "--out", cli.Path("each"), "--json"];
        var lines = Lines(Good(line));
        Assert.Equal(20, lines.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), lines.Skip(10).Select(of => of.GetProperty("class").GetString()));
        Assert.All(lines.Skip(10), of => Assert.InRange(of.GetProperty("nll").GetDouble(), 0, 1));
        var run = Path.Combine(cli.Path("each"), "without-3");
        Assert.Equal(["3"], RunFolder.Open(run).Experiment().Data.ExcludedClasses);
        Assert.All(Lines(Good(line)).Take(10), of => Assert.Equal(JsonValueKind.Null, of.GetProperty("seconds").ValueKind));

        var one = Lines(Good("anomaly", run, "--importance-samples", "1", "--json", "--out", cli.Path("worst.png")));
        Assert.Equal(TinyDigits.TestCount, one.Count(of => of.TryGetProperty("index", out _)));
        Assert.Equal(lines[13].ToString(), one[TinyDigits.TestCount].ToString());
        Assert.True(File.Exists(cli.Path("worst.png")));
    }

    [Fact]
    public void AnAutoencoderReportsWhatItCannotDo()
    {
        var run = cli.Trained("run", "--posterior", "point", "--without", "3");
        Assert.Contains("an autoencoder has no KL and no bound on log p(x)", Good("anomaly", run, "--top", "2").Output);
        Assert.Contains("—", Good("compare", run, "--draws", "10", "--out", cli.Path("page")).Output);
        Assert.Equal(1, Lines(Good("impute", run, "--count", "5", "--rounds", "2", "--json"))[0].GetProperty("accepted").GetDouble());
        Assert.StartsWith("vae: model.posterior: must be a distribution", Cli.Call("impute", run, "--method", "metropolis").Error);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("label")]
    public void NeighboursAttributesAndImputationLeaveAPictureEach(string condition)
    {
        var run = cli.Trained("run", "--condition", condition);
        var neighbours = Lines(Good("neighbours", run, "--index", "3", "--count", "4", "--json"));
        Assert.Equal(5, neighbours.Count);
        Assert.All(neighbours.Take(4), of => Assert.NotEqual(3, of.GetProperty("index").GetInt32()));
        Assert.Equal(20, Lines(Good("attributes", run, "--add", "3", "--subtract", "8", "--json"))[0].GetProperty("direction")
            .GetArrayLength());
        foreach (var mask in new[] { "left", "upper", "random:0.3", "quadrants:2" })
            Assert.InRange(Lines(Good("impute", run, "--mask", mask, "--count", "6", "--rounds", "3", "--json"))[0].GetProperty("error")
                .GetDouble(), 0, 1);
        foreach (var file in new[] { "neighbours.png", "attributes.png", "imputed.png" })
            Assert.True(new FileInfo(Path.Combine(run, file)).Length > 100);
    }

    [Fact]
    public void NonsenseIsExplained()
    {
        var run = cli.Trained("run");
        foreach (var (line, sentence) in new[]
        {
            ("compare", "runs: must be folders of runs, or left out with --ae-vae, got neither"),
            ($"compare {run} --ae-vae", "runs: must be folders of runs, or left out with --ae-vae, got both"),
            ("compare nowhere", "run: must be the folder of a run"),
            ($"compare {run} --epochs 3", "epochs: must be left out for runs that are trained already"),
            ($"compare {run} --draws 1 --out {cli.Path("none")}", "draws: must be at least 2, got 1"),
            ($"compare --ae-vae --limit 100 --seeds 0 --out {cli.Path("none")}", "seeds: must be at least 1, got 0"),
            ($"compare --ae-vae --limit 100 --posterior point --out {cli.Path("none")}", "posterior: must be left out with --ae-vae"),
            ($"compare --ae-vae --data nowhere --out {cli.Path("none")}", "data: must be digits"),
            ("anomaly", "run: must be the folder of a run, or left out with --leave-one-class-out, got neither"),
            ($"anomaly {run} --leave-one-class-out", "run: must be the folder of a run, or left out with --leave-one-class-out, got both"),
            ($"anomaly {run} --importance-samples 0", "importance-samples: must be at least 1, got 0"),
            ($"anomaly {run} --top 0", "top: must be at least 1, got 0"),
            ($"anomaly {run} --latent 3", "latent: must be left out for a run that is trained already"),
            ($"anomaly --leave-one-class-out --limit 100 --exclude 3 --out {cli.Path("none")}",
                "exclude: must be left out with --leave-one-class-out"),
            ($"train --limit 100 --without 12 --out {cli.Path("none")}",
                "data.excludedClasses: must name classes of digits, which are 0, 1"),
            ($"train --limit 100 --without 3 3 --out {cli.Path("none")}",
                "data.excludedClasses[1]: must be the name of a class, given once"),
            ($"neighbours {run} --index 200", "index: must be 0 to 199, got 200"),
            ($"neighbours {run} --count 0", "count: must be at least 1, got 0"),
            ($"attributes {run}", "attribute: must be given to add or to subtract"),
            ($"attributes {run} --add smile", "attribute: must be the name of a class"),
            ($"attributes {run} --add c0=1", "attribute: must name one of the 0 condition values"),
            ($"attributes {run} --add 3 --subtract 3", "attribute: must be such that some test example has all subtracted attributes"),
            ($"attributes {run} --add 3 --strengths much", "strengths: must be numbers separated by commas, got much"),
            ($"attributes {run} --add 3 --count 0", "count: must be at least 1, got 0"),
            ($"impute {run} --mask half", "mask: must be left, right, upper or lower"),
            ($"impute {run} --mask random:2", "mask: must be left, right, upper or lower"),
            ($"impute {run} --mask quadrants:4", "mask: must be left, right, upper or lower"),
            ($"impute {run} --rounds 0", "rounds: must be at least 1, got 0"),
            ($"impute {run} --count 0", "count: must be at least 1, got 0"),
            ($"impute {run} --method guess", "method: must be pseudo-gibbs or metropolis, got guess"),
        })
        {
            var called = Cli.Call(line.Split(' '));
            Assert.True(called.Code == VaeCommand.BadInput && called.Error.Contains(sentence, StringComparison.Ordinal),
                $"{line}: {called.Code} {called.Error}");
            Assert.DoesNotContain("   at ", called.Error);
            Assert.False(Directory.Exists(cli.Path("none")));
        }
    }

    [Theory]
    [InlineData("compare")]
    [InlineData("anomaly")]
    [InlineData("neighbours")]
    [InlineData("attributes")]
    [InlineData("impute")]
    public void EveryCommandHelps(string command) => Assert.Contains("--out", Cli.Call(command, "--help").Output);
}
