using System.Text.Json;
using System.Text.Json.Nodes;
using Vae.Torch;

namespace Vae.Cli.Tests;

public sealed class ClaimCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vae-claims-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Claims => Path.Combine(folder, "claims");

    private static Claim Tiny(string name, double? published, Better better, double? seconds = null, params ulong[] seeds) => new(
        name, "nowhere", "nats", "none", ClaimTier.Short, published, better, 1, "negElbo", ValueList.From(seeds.Select(seed =>
            TrainRecipes.Default(Zoo.Mlp(Shape.Image(1, 28, 28), 2, 4), "digits", epochs: 1, seed: seed)
                .With(data: new("digits", Binarizations.None, Limit: 200)))),
        [], "", null, null, null, seconds, null);

    private async Task<(int Code, string Output, string Error)> Vae(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = await VaeCommand.Run(
            ["claim", .. args, "--claims", Claims, "--out", Path.Combine(folder, "runs"), "--threads", "1"], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private IEnumerable<string?> Trained() => Directory.EnumerateDirectories(Path.Combine(folder, "runs"))
        .Select(Path.GetFileName).Where(name => !name!.StartsWith('.')).Order();

    private static string[] Measured(string output) => [.. output.Trim().Split('\n').Select(line => JsonNode.Parse(line)!)
        .Where(line => (string?)line["event"] == "measured").Select(line => (string)line["name"]!)];

    private void Write(params Claim[] claims)
    {
        Directory.CreateDirectory(Claims);
        foreach (var claim in claims)
            ClaimFiles.Write(Claims, claim);
    }

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        var claim = Tiny("some", 105.6, Better.Higher, 3, 1, 2)
            with
        { Measured = 3.25, MeasuredOn = "2026-01-31", Commit = "0123456789ab", Note = "n" };
        Write(claim);
        Assert.Equal([claim], ClaimFiles.ReadAll(Claims));
    }

    [Fact]
    public async Task OursStandsBesideTheirsAndInTheFileWhereItIsWanted()
    {
        Write(Tiny("met", 1000, Better.Lower, null, 1), Tiny("missed", 1000, Better.Higher, null, 1));
        var (code, output, _) = await Vae("met", "--json", "--write");
        Assert.Equal(0, code);
        var line = JsonNode.Parse(output.Trim().Split('\n')[^1])!;
        Assert.True((bool)line["isMet"]!);
        var kept = ClaimFiles.Read(Path.Combine(Claims, "met.json"));
        Assert.Equal((double)line["reproduced"]!, kept.Measured!.Value, 1e-4);
        Assert.NotNull(kept.MeasuredOn);
        Assert.Equal(1, (await Vae("missed")).Code);
    }

    [Fact]
    public async Task TheFigureOfTwoRunsIsTheirDifference()
    {
        Write(Tiny("same", null, Better.Lower, null, 1, 1), Tiny("other", null, Better.Lower, null, 1, 2));
        var (_, output, _) = await Vae("same", "--json");
        Assert.Equal(0, (double)JsonNode.Parse(output.Trim().Split('\n')[^1])!["reproduced"]!);
        Assert.NotEqual(0, (double)JsonNode.Parse((await Vae("other", "--json")).Output.Trim().Split('\n')[^1])!["reproduced"]!);
    }

    [Fact]
    public async Task TheFigureOfManyRunsIsThatOfTheSecondHalfLessThatOfTheFirst()
    {
        Write(Tiny("one", 0, Better.Higher, null, 1), Tiny("two", 0, Better.Higher, null, 2),
            Tiny("many", null, Better.Lower, null, 1, 1, 2, 2));
        async Task<double> Figure(string name) =>
            (double)JsonNode.Parse((await Vae(name, "--json")).Output.Trim().Split('\n')[^1])!["reproduced"]!;
        Assert.Equal(await Figure("two") - await Figure("one"), await Figure("many"), 1e-9);
        // The runs of the other claims are those of this one.
        Assert.Equal(["one", "two"], Trained());
    }

    [Fact]
    public async Task WhatDoesNotFitIsNamed()
    {
        Write(Tiny("quick", 1000, Better.Lower, 1, 1), Tiny("slow", 1000, Better.Lower, 100_000, 2));
        var (code, output, _) = await Vae("--all", "--budget", "1m");
        Assert.Equal(0, code);
        Assert.EndsWith($"not run: slow (short), which took 100000 seconds{Environment.NewLine}", output);
        Assert.Equal(
            "leftOut", (string?)JsonNode.Parse((await Vae("--all", "--budget", "1m", "--json")).Output.Trim().Split('\n')[^1])!["event"]);
    }

    [Fact]
    public async Task ANameIsNotBrokenInAFile()
    {
        var name = string.Join('-', Enumerable.Repeat("burda", 20));
        Write(Tiny(name, 1, Better.Lower, 1, 1));
        Assert.Contains(name, (await Vae()).Output);
    }

    [Fact]
    public void TheQuickestComeFirst() => Assert.Equal(["new", "a", "b", "c"],
        ClaimRuns.QuickestFirst([Tiny("c", 1, Better.Lower, 300, 1), Tiny("a", 1, Better.Lower, 50, 1),
            Tiny("new", 1, Better.Lower, null, 1), Tiny("b", 1, Better.Lower, 100, 1)]).Select(claim => claim.Name));

    // Recorded: 100 seconds for the next claim. The claim before it took as long as recorded, three times or a third of it.
    [Theory]
    [InlineData(60, 60, 160, true), InlineData(60, 60, 159, false)]
    [InlineData(60, 180, 480, true), InlineData(60, 180, 479, false)]
    [InlineData(60, 20, 54, true), InlineData(60, 20, 53, false)]
    [InlineData(0, 20, 120, true), InlineData(0, 20, 119, false)]
    public void ABudgetReckonsWithThePaceOfThisMachine(double recorded, double took, double budget, bool fits)
    {
        var before = new ClaimResult(Tiny("a", 1, Better.Lower, recorded == 0 ? null : recorded, 1), 1, null, took, true);
        Assert.Equal(fits, ClaimRuns.Fits(Tiny("b", 1, Better.Lower, 100, 2), [before], took, budget));
    }

    [Fact]
    public void TheSlowestClaimSoFarDecides()
    {
        ClaimResult Result(double recorded, double took) => new(Tiny("a", 1, Better.Lower, recorded, 1), 1, null, took, true);
        ClaimResult[] results = [Result(10, 5), Result(10, 30), Result(100, 10)];
        Assert.True(ClaimRuns.Fits(Tiny("b", 1, Better.Lower, 100, 2), results, 45, 345));
        Assert.False(ClaimRuns.Fits(Tiny("b", 1, Better.Lower, 100, 2), results, 45, 344));
    }

    [Fact]
    public void WithoutResultsOnlyTheRecordCounts()
    {
        Assert.True(ClaimRuns.Fits(Tiny("a", 1, Better.Lower, 100, 1), [], 0, 100));
        Assert.False(ClaimRuns.Fits(Tiny("a", 1, Better.Lower, 100, 1), [], 1, 100));
    }

    [Fact]
    public async Task EpochsAndEachResultAreShownAsTheyCome()
    {
        Write(Tiny("quick", 1000, Better.Lower, 1, 1), Tiny("second", 1000, Better.Higher, 2, 2));
        var (code, output, _) = await Vae("--all");
        Assert.Equal(1, code);
        int At(string text) => Assert.IsType<int>(output.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at ? at : text);
        Assert.InRange(At("run: "), 0, At("quick: met, "));
        Assert.InRange(At("second: nats"), 0, At("second: not met, "));
        Assert.All(new[] { "quick: met, ", "second: not met, " }, result => Assert.InRange(At(result), 0, At("reproduced metrics")));
        var events = (await Vae("--all", "--json")).Output.Trim().Split('\n').Select(line => (string?)JsonNode.Parse(line)!["event"]);
        Assert.Equal(["measured", "measured"], events);
    }

    [Fact]
    public async Task WhatIsMeasuredIsNotMeasuredAgain()
    {
        Write(Tiny("some", 1000, Better.Lower, null, 1));
        var first = JsonNode.Parse((await Vae("some", "--json")).Output.Trim().Split('\n')[^1])!;
        Directory.Delete(Path.Combine(folder, "runs", "some"), recursive: true);
        var again = await Vae("some", "--json");
        Assert.Equal(first.ToJsonString(), again.Output.Trim());
        Assert.Empty(Trained());
        Write(Tiny("some", 1000, Better.Lower, null, 2));
        Assert.Equal(0, (await Vae("some")).Code);
        Assert.Equal(["some"], Trained());
    }

    [Fact]
    public async Task WhatAnotherProcessRunsIsLeftToIt()
    {
        Write(Tiny("quick", 1000, Better.Lower, 1, 1), Tiny("second", 1000, Better.Lower, 2, 2));
        using (new FolderLocks(Path.Combine(folder, "runs")).TryTake("quick"))
        {
            var (code, output, _) = await Vae("--all");
            Assert.Equal(0, code);
            Assert.EndsWith($"run by another process: quick (short){Environment.NewLine}", output);
            Assert.Equal(["second"], Trained());
            var (refused, _, error) = await Vae("quick");
            Assert.Equal(2, refused);
            Assert.StartsWith("vae: claim: must not be run by two processes in one folder, got quick", error);
        }
        Assert.Equal(["quick", "second"], Measured((await Vae("--all", "--json")).Output).Order());
    }

    // Two claims have one experiment, whose run one of the two trains while the other waits.
    [Fact]
    public async Task ProcessesShareTheWork()
    {
        Write(Tiny("a", 1000, Better.Lower, 1, 1), Tiny("b", 1000, Better.Lower, 2, 1), Tiny("c", 1000, Better.Lower, 3, 2));
        var both = await Task.WhenAll(Task.Run(() => Vae("--all", "--json")), Task.Run(() => Vae("--all", "--json")));
        Assert.All(both, end => Assert.Equal((0, ""), (end.Code, end.Error)));
        Assert.Contains(both, end => Measured(end.Output).Order().SequenceEqual(["a", "b", "c"]));
        Assert.Equal(3, Directory.EnumerateFiles(Path.Combine(folder, "runs", ".results"), "*.json", SearchOption.AllDirectories).Count());
    }

    [Theory]
    [InlineData("claim: must be one of some, got other", "other")]
    [InlineData("claim: must be a name, or --all with or without --budget, got both", "some", "--all")]
    [InlineData("budget: must be a time such as 90s, 30m or 2h, got 30", "--all", "--budget", "30")]
    [InlineData("budget: must be a time such as 90s, 30m or 2h, got -1m", "--all", "--budget=-1m")]
    public async Task NonsenseIsRefused(string message, params string[] args)
    {
        Write(Tiny("some", 1, Better.Lower, null, 1));
        var (code, _, error) = await Vae(args);
        Assert.Equal(2, code);
        Assert.StartsWith($"vae: {message}{Environment.NewLine}", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task AFolderWithoutClaimsIsRefused()
    {
        Write();
        var (code, _, error) = await Vae();
        Assert.Equal((2, $"vae: claims: must be a folder of .json files, got {Claims}{Environment.NewLine}"), (code, error));
    }

    [Theory]
    [InlineData("\"better\": \"lower\"", "\"better\": \"larger\"", "better: must be lower or higher, got larger")]
    [InlineData("\"measure\": \"negElbo\"", "\"measure\": \"beauty\"", "measure: must be one of")]
    [InlineData("\"source\": \"nowhere\"", "\"from\": \"nowhere\"", "source: must be given, got none")]
    [InlineData("\"preprocessing\": \"none\"", "\"preprocessing\": \"dynamic binarization\"",
        "preprocessing: must be that of the experiments, none, got dynamic binarization")]
    [InlineData("\"tier\": \"short\"", "\"tier\": \"tall\"", "tier: must be short, long or gpu, got tall")]
    [InlineData("\"seeds\": []", "\"seeds\": [1, 1]", "seeds: must be left out with several experiments, and different, got [1, 1]")]
    [InlineData("\"batch\": 64", "\"batch\": 0", "experiments[0].train.batch: must be at least 1, got 0")]
    [InlineData("\"experiments\": [", "\"experiments\": [], \"runs\": [", "experiments: must be a list of one or an even number, got 0")]
    [InlineData("\"published\": 1", "\"published\": 1,,", "must be a claim as JSON")]
    public async Task ABrokenFileIsNamed(string from, string to, string message)
    {
        Write(Tiny("some", 1, Better.Lower, null, 1));
        var file = Path.Combine(Claims, "some.json");
        var text = File.ReadAllText(file);
        Assert.Contains(from, text);
        File.WriteAllText(file, text.Replace(from, to));
        var (code, _, error) = await Vae("some");
        Assert.Equal(2, code);
        Assert.Contains(file, error);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task TheFigureOfSeveralSeedsIsTheirMeanWithItsDeviation()
    {
        Write(Tiny("one", 0, Better.Higher, null, 1), Tiny("two", 0, Better.Higher, null, 2),
            Tiny("both", 0, Better.Higher, null, 1) with { Seeds = [1, 2] });
        async Task<JsonNode> Line(string name) => JsonNode.Parse((await Vae(name, "--json")).Output.Trim().Split('\n')[^1])!;
        double one = (double)(await Line("one"))["reproduced"]!, two = (double)(await Line("two"))["reproduced"]!;
        var both = await Line("both");
        Assert.Equal((one + two) / 2, (double)both["reproduced"]!, 1e-9);
        Assert.Equal(Math.Abs(one - two) / Math.Sqrt(2), (double)both["deviation"]!, 1e-9);
    }

    [Fact]
    public async Task AllAreThoseOfATier()
    {
        Write(Tiny("quick", 1000, Better.Lower, 1, 1), Tiny("hard", 1000, Better.Lower, 1, 2) with { Tier = ClaimTier.Long });
        Assert.EndsWith($"not run: hard (long), which took 1 seconds{Environment.NewLine}", (await Vae("--all")).Output);
        Assert.EndsWith(
            $"not run: quick (short), which took 1 seconds{Environment.NewLine}", (await Vae("--all", "--tier", "long")).Output);
    }

    [Theory]
    [InlineData(null, "not run"), InlineData(87.0, "met"), InlineData(87.1, "not met")]
    public void TheStatusSaysWhatWasReached(double? measured, string status) => Assert.Equal(
        status, (Tiny("some", 86.7, Better.Lower, null, 1) with { Tolerance = 0.3, Measured = measured }).StatusText);

    [Fact]
    public async Task TheToolBringsTheClaimsOfTheRepository()
    {
        var brought = ClaimFiles.ReadAll(ClaimCommand.OfTheTool);
        Assert.Equal(ClaimFiles.ReadAll(Path.Combine(Repository(), "tests", "Claims")), brought);
        using StringWriter output = new(), error = new();
        Assert.Equal(0, await VaeCommand.Run(["claim", "--json"], output, error));
        Assert.Equal(brought.Count, output.ToString().Trim().Split('\n').Length);
        Assert.Equal(2, await VaeCommand.Run(["claim", brought[0].Name, "--write"], output, error));
        Assert.Contains("write: needs --claims", error.ToString());
    }

    // A claim may be unmet or not run; what it may not do is hide that behind a tolerance.
    [Fact]
    public void EveryClaimOfTheRepositoryKeepsTheRuleOfTheTolerance()
    {
        var claims = ClaimFiles.ReadAll(Path.Combine(Repository(), "tests", "Claims"));
        Assert.NotEmpty(claims);
        Assert.All(claims, claim =>
        {
            Assert.InRange(claim.Tolerance, 0, claim.MaxTolerance);
            Assert.Equal(claim.Measured is null, claim.MeasuredOn is null);
            Assert.Equal(claim.Measured is null, claim.Seconds is null);
        });
    }

    [Fact]
    public void EveryFileOfTheRepositoryHasItsMembers() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Repository(), "tests", "Claims"), "*.json"), file =>
        {
            var claim = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            Assert.Equal(Path.GetFileNameWithoutExtension(file), (string?)claim["name"]);
            Assert.All(new[] { "source", "figure", "preprocessing", "tier", "published", "better", "tolerance", "measured", "deviation",
                "seeds",
                "measuredOn", "seconds", "commit", "note" }, member => Assert.True(claim.ContainsKey(member), member));
        });

    [Fact]
    public void TheTableIsThatOfTheFiles()
    {
        var folder = Path.Combine(Repository(), "tests", "Claims");
        var file = Path.Combine(folder, "README.md");
        var actual = ClaimTable.Text(ClaimFiles.ReadAll(folder));
        if (Environment.GetEnvironmentVariable("UPDATE_TABLES") == "1")
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == actual,
            "tests/Claims/README.md is not the table of the files beside it. Run the tests once with UPDATE_TABLES=1 and commit it.");
    }

    private static string Repository()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Vae.sln")))
            at = Path.GetDirectoryName(at)!;
        return at;
    }
}
