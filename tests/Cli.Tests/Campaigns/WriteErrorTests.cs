using Vae.Torch;
using Xunit.Abstractions;

namespace Vae.Cli.Tests;

/// <summary>
/// The disk fails at each operation in turn that a command changes it by. What was there stays, the message names the file, nothing
/// half-written is left, and a run goes on as if nothing had happened. Some of the operations are tried; all of them with
/// VAE_WRITE_ERRORS=100000, which is the most operations of a command.
/// </summary>
public sealed class WriteErrorTests(WriteErrorTests.Runs runs, ITestOutputHelper output) : IClassFixture<WriteErrorTests.Runs>, IDisposable
{
    private static readonly string[] Data = ["--data", TinyDigits.Folder, "--limit", "64", "--threads", "1", "--latent", "2"];
    private static readonly string[] Exactly = ["--binarize", "threshold", "--likelihood", "bernoulli"];

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    /// <summary>A run on digits and one on a table, which commands read.</summary>
    public sealed class Runs : IDisposable
    {
        private readonly Cli cli = new();

        public Runs()
        {
            File.WriteAllLines(Table, Enumerable.Range(0, 80).Select(i =>
                FormattableString.Invariant($"{i * 0.7 % 5:0.00},{(i % 9 == 4 ? "" : $"{i % 7}")},{"xyz"[i % 3]}")).Prepend("a,b,c"));
            Good(["train", .. Data, .. Exactly, "--epochs", "1", "--out", Digits]);
            Good(["train", Table, "--threads", "1", "--epochs", "1", "--out", Rows]);
        }

        public string Digits => cli.Path("digits");

        public string Rows => cli.Path("rows");

        public string Table => cli.Path("t.csv");

        public void Dispose() => cli.Dispose();
    }

    public static TheoryData<string> Trainings => ["train", "train, averaged and logged", "train a table", "resume", "sweep", "halving"];

    // What is written to, relative to a folder that begins as a copy of the run's.
    public static TheoryData<string, string> Answers => new()
    {
        { "digits", "card RUN" },
        { "digits", "export RUN --onnx --draws 2" },
        { "digits", "picture RUN manifold" },
        { "digits", "sample RUN --sampler mixture:2 --count 9" },
        { "digits", "sample RUN --count 9 --out RUN/samples.npy" },
        { "digits", "reconstruct RUN" },
        { "digits", "encode RUN" },
        { "digits", "encode RUN --out RUN/codes.npy" },
        { "digits", "compress RUN" },
        { "digits", "compare RUN RUN --out RUN/compared" },
        { "digits", "neighbours RUN" },
        { "rows", "encode RUN --out RUN/codes.parquet" },
        { "rows", "sample RUN --count 9 --out RUN/rows.tsv" },
        { "rows", "impute RUN --out RUN/filled.csv" },
        { "rows", "anomaly RUN --out RUN/scores.csv" },
    };

    [Theory, MemberData(nameof(Trainings))]
    public void ATrainingGoesOnWhereTheDiskFailed(string kind)
    {
        var (start, whole, place) = (cli.Path("start"), cli.Path("whole"), cli.Path("place"));
        if (kind == "resume")
            Good(["train", .. Data, "--epochs", "1", "--lr", "0.01", "--out", start]);
        var count = Operations(start, whole, Line(kind, whole));
        var wanted = Campaign.Computed(whole);
        var tried = 0;
        foreach (var first in Campaign.Spread(count, Campaign.Number("VAE_WRITE_ERRORS", 1)))
        {
            var (before, failed) = (Campaign.Content(start), Fail(start, place, Line(kind, place), first, lasts: ++tried % 2 == 0));
            var after = Campaign.Content(place);
            Assert.All(before.Keys, name => Assert.True(after.ContainsKey(name), $"{failed}: {name} is lost"));
            Loads(place, failed);
            var again = Cli.Call(Continued(kind, place));
            Assert.True(again.Code == 0, $"{failed}: {again.Error}");
            Same(wanted, Campaign.Computed(place), failed);
        }
        output.WriteLine($"{kind}: {tried} of {count} operations failed, no file was lost, each run went on");
    }

    [Theory, MemberData(nameof(Answers))]
    public void AnAnswerIsWholeOrAsItWas(string run, string command)
    {
        // One place for all, since pages and pictures may show its name.
        var (start, place) = (cli.Path("start"), cli.Path("place"));
        Campaign.Copy(run == "digits" ? runs.Digits : runs.Rows, start);
        string[] Line(string folder) => [.. command.Replace("RUN", folder, StringComparison.Ordinal).Split(' ')];
        var count = Operations(start, place, Line(place));
        var made = Campaign.Content(place);
        // What is written has been there before, as something else.
        foreach (var (name, _) in made.Where(file => !Campaign.Content(start).TryGetValue(file.Key, out var old) || !old.SequenceEqual(file.Value)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(start, name))!);
            File.WriteAllText(Path.Combine(start, name), "old");
        }
        var (before, tried) = (Campaign.Content(start), 0);
        foreach (var first in Campaign.Spread(count, Campaign.Number("VAE_WRITE_ERRORS", 1)))
        {
            var failed = Fail(start, place, Line(place), first, lasts: ++tried % 2 == 0);
            var after = Campaign.Content(place);
            Assert.Equal(before.Keys, after.Keys);
            // Of several files, those before the one that failed are new.
            Assert.All(after, file => Assert.True(file.Value.SequenceEqual(before[file.Key])
                || failed.Path != Path.Combine(place, file.Key) && file.Value.SequenceEqual(made[file.Key]), $"{failed.Failed}: {file.Key}"));
        }
        output.WriteLine($"{command}: {tried} of {count} operations failed, no file was lost");
    }

    private static string[] Line(string kind, string folder) => kind switch
    {
        "train" => ["train", .. Data, "--epochs", "2", "--out", folder],
        "train, averaged and logged" =>
            ["train", .. Data, "--epochs", "2", "--validation", "0.2", "--ema", "0.9", "--patience", "1", "--tensorboard", "--out", folder],
        "train a table" => ["train", MadeTable(folder), "--threads", "1", "--epochs", "2", "--out", folder],
        "resume" => ["train", "--resume", folder, "--epochs", "2", "--threads", "1"],
        "sweep" => ["sweep", .. Data, "--epochs", "1", "--beta", "1,4", "--out", folder],
        _ => ["sweep", .. Data, "--epochs", "2", "--beta", "1..4", "--search", "halving:2:2:1", "--validation", "0.2", "--out", folder],
    };

    private static string MadeTable(string folder)
    {
        var path = Path.Combine(Path.GetDirectoryName(folder)!, "table.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 60).Select(i => $"{i * 7 % 11},{"xyz"[i * 5 % 3]}").Prepend("a,b"));
        return path;
    }

    // A run that has begun is resumed; a sweep, or a folder without a run, is begun by the same line.
    private static string[] Continued(string kind, string folder) =>
        kind is "sweep" or "halving" || !File.Exists(Path.Combine(folder, "experiment.json")) ? Line(kind, folder)
        : ["train", "--resume", folder, "--threads", "1", .. kind == "resume" ? new[] { "--epochs", "2" } : []];

    private static int Operations(string start, string folder, string[] line)
    {
        Campaign.Copy(start, folder);
        using var disk = new FailingDisk(folder);
        Good(line);
        return disk.Count;
    }

    private FailingDisk Fail(string start, string folder, string[] line, int first, bool lasts)
    {
        Campaign.Copy(start, folder);
        using var disk = new FailingDisk(folder, first, lasts);
        var called = Cli.Call(line);
        Assert.True(called.Code == VaeCommand.BadInput, $"{disk.Failed}: {called.Code} {called.Output}");
        Assert.Contains(disk.Path, called.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", called.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Campaign.Content(cli.Path("")), file => file.Key.EndsWith(".tmp", StringComparison.Ordinal));
        return disk;
    }

    // Each run of a folder: its own, or those of a sweep.
    private static void Loads(string folder, FailingDisk failed)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "experiment.json", SearchOption.AllDirectories))
        {
            var run = RunFolder.Open(Path.GetDirectoryName(file)!);
            Assert.Empty(Specs.Problems(run.Experiment()));
            Assert.True(run.History().Count <= run.Experiment().Train.Epochs, failed.Failed);
            if (File.Exists(run.ModelFile))
                run.LoadModel().Dispose();
        }
    }

    private static void Same(SortedDictionary<string, byte[]> wanted, SortedDictionary<string, byte[]> got, FailingDisk failed)
    {
        Assert.Equal(wanted.Keys, got.Keys);
        Assert.All(wanted, file => Assert.True(file.Value.SequenceEqual(got[file.Key]), $"{failed.Failed}: {file.Key} differs"));
    }

    private static void Good(string[] line)
    {
        var called = Cli.Call(line);
        Assert.True(called.Code == 0, $"{string.Join(' ', line)}: {called.Error}");
    }
}
