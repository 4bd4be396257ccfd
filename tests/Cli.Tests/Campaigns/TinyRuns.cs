namespace Vae.Cli.Tests;

/// <summary>Commands that write, each on a run or for a run that takes a second.</summary>
public sealed class TinyRuns : IDisposable
{
    private static readonly string[] Data = ["--data", TinyDigits.Folder, "--limit", "64", "--threads", "1", "--latent", "2"];

    private readonly Cli cli = new();

    public TinyRuns()
    {
        File.WriteAllLines(cli.Path("t.csv"), Enumerable.Range(0, 80).Select(i =>
            FormattableString.Invariant($"{i * 0.7 % 5:0.00},{(i % 9 == 4 ? "" : $"{i % 7}")},{"xyz"[i % 3]}")).Prepend("a,b,c"));
        Good(["train", .. Data, "--epochs", "1", "--binarize", "threshold", "--likelihood", "bernoulli", "--out", cli.Path("digits")]);
        Good(["train", cli.Path("t.csv"), "--threads", "1", "--epochs", "1", "--out", cli.Path("rows")]);
        Good(["train", .. Data, "--epochs", "1", "--lr", "0.01", "--out", cli.Path("begun")]);
    }

    /// <summary>Commands that train: what they wrote is the start of what goes on.</summary>
    public static IEnumerable<string> Trainings => ["train", "train, averaged and logged", "train a table", "resume", "sweep", "halving"];

    /// <summary>Commands that write an answer into a run's folder, RUN.</summary>
    public static IEnumerable<string> Answers => [
        "card RUN", "export RUN --onnx --draws 2", "picture RUN manifold", "sample RUN --sampler mixture:2 --count 9",
        "sample RUN --count 9 --out RUN/samples.npy", "reconstruct RUN", "encode RUN", "encode RUN --out RUN/codes.npy", "compress RUN",
        "compare RUN RUN --out RUN/compared", "neighbours RUN", "encode RUN --out RUN/codes.parquet", "impute RUN --out RUN/filled.csv",
        "anomaly RUN --out RUN/scores.csv", "sample RUN --count 9 --out RUN/rows.tsv"];

    /// <summary>The folder that a command begins with; absent for a new run.</summary>
    public string Start(string command) => cli.Path(command switch
    {
        "resume" => "begun",
        _ when !command.Contains("RUN", StringComparison.Ordinal) => "none",
        _ when new[] { ".parquet", ".csv", ".tsv" }.Any(kind => command.Contains(kind, StringComparison.Ordinal)) => "rows",
        _ => "digits",
    });

    /// <summary>The words of a command on a folder.</summary>
    public string[] Line(string command, string folder) => command switch
    {
        "train" => ["train", .. Data, "--epochs", "2", "--out", folder],
        "train, averaged and logged" =>
            ["train", .. Data, "--epochs", "2", "--validation", "0.2", "--ema", "0.9", "--patience", "1", "--tensorboard", "--out", folder],
        "train a table" => ["train", cli.Path("t.csv"), "--threads", "1", "--epochs", "2", "--out", folder],
        "resume" => ["train", "--resume", folder, "--epochs", "2", "--threads", "1"],
        "sweep" => ["sweep", .. Data, "--epochs", "1", "--beta", "1,4", "--out", folder],
        "halving" =>
            ["sweep", .. Data, "--epochs", "2", "--beta", "1..4", "--search", "halving:2:2:1", "--validation", "0.2", "--out", folder],
        _ => [.. command.Split(' ').Select(word => word.Replace("RUN", folder, StringComparison.Ordinal))],
    };

    /// <summary>The words that go on after a failure: a run that has begun is resumed, all else is called again.</summary>
    public string[] Continued(string command, string folder) =>
        !command.StartsWith("train", StringComparison.Ordinal) || !File.Exists(Path.Combine(folder, "experiment.json"))
            ? Line(command, folder) : ["train", "--resume", folder, "--threads", "1"];

    /// <summary>Calls the command, which must succeed.</summary>
    public static void Good(string[] line)
    {
        var called = Cli.Call(line);
        Assert.True(called.Code == 0, $"{string.Join(' ', line)}: {called.Error}");
    }

    public void Dispose() => cli.Dispose();
}
