using System.Globalization;
using System.Text.Json;

namespace Vae.Cli.Tests;

/// <summary>Every analysis command on every family of likelihoods, and what the files of answers hold.</summary>
public sealed class AnswerCommandTests : IDisposable
{
    private const int Rows = 60;

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    public static TheoryData<string> Families
    {
        get
        {
            string[] families = [
                "cross-entropy", "bernoulli", "squared-error", "normal", "normal:learned", "laplace", "continuous-bernoulli", "beta",
                "categorical:2", "discretized-logistic:2:2", "poisson", "negative-binomial", "zero-inflated",
                "columns:continuous,binary,categorical-3,count"];
            return [.. families, .. families.Select(family => $"masked:{family}"), "normal:optimal", "poisson:library"];
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void EveryCommandAnswersOrSaysWhyNot(string likelihood)
    {
        var isMasked = likelihood.StartsWith("masked:", StringComparison.Ordinal);
        var (data, run) = (Written("data.csv", likelihood, isMasked, 0), cli.Path("run"));
        Succeeds("train", "--data", data, "--likelihood", likelihood, "--latent", "2", "--epochs", "1", "--threads", "1", "--out", run);
        var (fresh, holes) = (Written("new.csv", likelihood, isMasked, 1), Written("holes.csv", likelihood, isMasked: true, 2));
        foreach (var more in new[] { Array.Empty<string>(), ["--data", fresh] })
        {
            Succeeds(["encode", run, "--sigma", "--out", cli.Path("codes.csv"), .. more]);
            Succeeds(["reconstruct", run, "--out", cli.Path("rows.csv"), .. more]);
            Succeeds(["anomaly", run, "--threshold", "0.1", "--explain", "--importance-samples", "3",
                "--out", cli.Path("scores.csv"), .. more]);
            Succeeds(["impute", run, "--mask", "random:0.3", "--rounds", "4", "--samples", "20", "--out", cli.Path("filled.csv"), .. more]);
            Succeeds(["evaluate", run, "--importance-samples", "2", "--threads", "1", .. more]);
            Succeeds(["doctor", run, "--threads", "1", .. more]);
            Succeeds(["neighbours", run, "--threads", "1", .. more]);
            Succeeds(["picture", run, "scatter", "--out", cli.Path("it.png"), "--threads", "1", .. more]);
            Assert.All(["codes.csv", "rows.csv", "scores.csv", "filled.csv"], name => Assert.True(IsFinite(cli.Path(name)), name));
        }
        Succeeds("impute", run, "--data", holes, "--rounds", "4", "--samples", "20", "--out", cli.Path("filled.csv"));
        Assert.Equal(Rows + 1, File.ReadLines(cli.Path("filled.csv")).Count());
        Succeeds("sample", run, "--count", "20", "--out", cli.Path("rows.csv"));
        Assert.True(IsFinite(cli.Path("rows.csv")) && File.ReadLines(cli.Path("rows.csv")).Count() == 21);
        Succeeds("sample", run, "--count", "20", "--mean", "--out", cli.Path("rows.npy"));
        Succeeds("compare", run, "--draws", "8", "--threads", "1", "--out", cli.Path("compared"));
        Answers("picture", run, "traversals", "--out", cli.Path("it.png"));
        Answers("picture", run, "manifold", "--out", cli.Path("it.png"));
        Answers("attributes", run, "--add", "1", "--count", "2");
    }

    [Fact]
    public void AFilledTableKeepsEveryCellThatHasAValue()
    {
        var table = cli.Path("table.csv");
        File.WriteAllText(table, "name,size,kind,number\n" + string.Concat(Enumerable.Range(0, 80).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"p{i},{(i % 7 == 0 ? "" : $"{1 + i % 5}.50")},{(i % 9 == 0 ? "NA" : i % 2 == 0 ? "red" : "green")},{i * i % 11}\n"))));
        var run = cli.Path("run");
        Succeeds("train", "--data", table, "--epochs", "2", "--threads", "1", "--out", run);
        Succeeds("impute", run, "--data", table, "--samples", "20", "--out", cli.Path("filled.csv"));
        string[][] before = Cells(table), after = Cells(cli.Path("filled.csv"));
        Assert.Equal(before.Length, after.Length);
        foreach (var (cells, filled) in before.Zip(after))
            for (var i = 0; i < cells.Length; i++)
                Assert.True(cells[i] is "" or "NA" ? filled[i] is not ("" or "NA") : cells[i] == filled[i]);
        Assert.Contains(Cells(cli.Path("filled.csv"))[1][2], new[] { "red", "green" });
        Succeeds("impute", run, "--data", table, "--samples", "20", "--draws", "3", "--out", cli.Path("several.csv"));
        var several = Cells(cli.Path("several.csv"));
        Assert.Equal(["imputation", .. before[0]], several[0]);
        Assert.Equal(["1", "2", "3"], several.Skip(1).Select(row => row[0]).Distinct());
        Assert.Equal(3 * (before.Length - 1), several.Length - 1);
        Assert.All(several.Skip(1), row => Assert.DoesNotContain("", row));
        Succeeds("impute", run, "--data", table, "--samples", "20", "--draws", "3", "--out", cli.Path("several.npy"));
        Assert.Contains("draws: must be with an --out", Cli.Call("impute", run, "--draws", "3").Error);
    }

    [Fact]
    public void ATableIsDrawnFromAMixtureCheckedAndReported()
    {
        var (run, data) = (cli.Path("run"), Written("data.csv", "columns:count", false, 0));
        Succeeds("train", data, "--columns", "label=categorical", "--epochs", "2", "--threads", "1", "--out", run);
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "table.json")));
        Assert.StartsWith("a mixture of ", report.RootElement.GetProperty("sampler").GetString());
        Assert.Equal(5, report.RootElement.GetProperty("columns").GetArrayLength());
        Assert.InRange(report.RootElement.GetProperty("twoSample").GetProperty("best").GetDouble(), 0, 1);
        Assert.Contains("Synthetic rows against real ones", File.ReadAllText(Path.Combine(run, "report.html")));
        Assert.Contains("distributions of test rows", Cli.Call("doctor", run, "--threads", "1").Output);
        Assert.Contains("\"pValue\":", Cli.Call("doctor", run, "--threads", "1", "--json").Output);
        Succeeds("picture", run, "columns", "--out", cli.Path("columns.png"));
        File.Move(data, cli.Path("moved.csv"));
        Assert.Contains("--sampler prior needs none", Cli.Call("sample", run, "--out", cli.Path("rows.csv")).Error);
        Succeeds("sample", run, "--sampler", "prior", "--out", cli.Path("rows.csv"));
    }

    [Fact]
    public void TheSharesOfARowSumToItsScore()
    {
        var run = cli.Path("run");
        Succeeds("train", "--data", Written("data.csv", "columns:continuous,binary,categorical-3,count", false, 0),
            "--epochs", "1", "--threads", "1",
            "--out", run);
        Succeeds("anomaly", run, "--data", Written("new.csv", "columns:count", false, 1), "--explain", "--out", cli.Path("scores.csv"));
        var rows = Cells(cli.Path("scores.csv"));
        var (score, first) = (Array.IndexOf(rows[0], "score"),
            Array.FindIndex(rows[0], name => name.StartsWith("share of ", StringComparison.Ordinal)));
        Assert.Equal(Rows, rows.Length - 1);
        Assert.All(rows.Skip(1), row => Assert.Equal(Number(row[score]), row.Skip(first).Sum(Number), 1e-3));
    }

    [Fact]
    public void RowsMeetTheConditionsThatAreGiven()
    {
        var (run, data) = (cli.Path("run"), Written("data.csv", "columns:count", false, 0));
        Succeeds("train", "--data", data, "--columns", "c=categorical,label=categorical", "--epochs", "1", "--threads", "1", "--out", run);
        Succeeds("sample", run, "--count", "30", "--given", "c=2,d>=1", "--out", cli.Path("rows.csv"));
        var rows = Cells(cli.Path("rows.csv"));
        Assert.Equal(30, rows.Length - 1);
        int c = Array.IndexOf(rows[0], "c"), d = Array.IndexOf(rows[0], "d");
        Assert.All(rows.Skip(1), row => Assert.True(row[c] == "2" && Number(row[d]) >= 1));
        foreach (var (given, sentence) in new[] {
            ("e=1", "given: must name a column that the model sees, one of "),
            ("c=9", "given: must be one of"), ("c", "given: must be conditions such as"),
            ("d>100000", "with an effective sample size of") })
        {
            var called = Cli.Call("sample", run, "--given", given, "--out", cli.Path("none.csv"));
            Assert.Equal(VaeCommand.BadInput, called.Code);
            Assert.Contains(sentence, called.Error);
            Assert.False(File.Exists(cli.Path("none.csv")));
        }
    }

    [Fact]
    public void AnotherColumnOrderGivesTheSameCodes()
    {
        var (run, data) = (cli.Path("run"), Written("data.csv", "columns:count", false, 0));
        Succeeds("train", "--data", data, "--epochs", "1", "--threads", "1", "--out", run);
        File.WriteAllLines(cli.Path("turned.csv"), Cells(data).Select(row => string.Join(',', row.Reverse())));
        Succeeds("encode", run, "--data", data, "--out", cli.Path("codes.csv"));
        Succeeds("encode", run, "--data", cli.Path("turned.csv"), "--out", cli.Path("turned-codes.csv"));
        static IEnumerable<string> Codes(string path) => Cells(path).Select(row => string.Join(',', row.Where((_, i) => i > 0)));
        Assert.Equal(Codes(cli.Path("codes.csv")).Skip(1), Codes(cli.Path("turned-codes.csv")).Skip(1));
    }

    [Theory]
    [InlineData("encode", "codes.txt", "out: must be a file that ends with .csv, .tsv, .parquet or .npy, got")]
    [InlineData("reconstruct", "rows", "out: must be a file that ends with .csv, .tsv, .parquet or .npy or .png, got")]
    [InlineData("impute", "rows.arrow", "out: must be a file that ends with .csv, .tsv, .parquet or .npy or .png, got")]
    public void AFileOfAnotherKindIsRefused(string command, string file, string sentence)
    {
        var called = Cli.Call(command, cli.Path("run"), "--out", cli.Path(file));
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains(sentence, called.Error);
    }

    private static void Succeeds(params string[] args)
    {
        var called = Cli.Call(args);
        Assert.True(called.Code == 0, $"vae {string.Join(' ', args)}: {called.Error}");
    }

    private static void Answers(params string[] args)
    {
        var called = Cli.Call(args);
        Assert.True(called.Code == 0 || called.Code == VaeCommand.BadInput && called.Error.StartsWith("vae: ", StringComparison.Ordinal),
            $"vae {string.Join(' ', args)}: {called.Error}");
    }

    private static bool IsFinite(string path) => !File.ReadLines(path).Skip(1).Any(line =>
        line.Contains("NaN", StringComparison.Ordinal) || line.Contains('∞') || line.Contains("Infinity", StringComparison.Ordinal));

    private static string[][] Cells(string path) => [.. File.ReadLines(path).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // Values in the support of the family; the same for the families that masks are put on.
    private string Written(string name, string likelihood, bool isMasked, int offset)
    {
        string Cell(int row, int column) => isMasked && (row + 3 * column + offset) % 6 == 0 ? ""
            : likelihood.Contains("columns") || likelihood.Contains("poisson")
                || likelihood.Contains("binomial") || likelihood.Contains("zero")
                ? column switch { 0 => $"{row % 7}", 1 => $"{row % 2}", 2 => $"{row % 3}", _ => $"{row * row % 11}" }
            : likelihood.Contains("bernoulli") && !likelihood.Contains("continuous") || likelihood.Contains(":2") ? $"{(row + column) % 2}"
            : string.Create(CultureInfo.InvariantCulture, $"{(1 + (row + 5 * column) % 14) / 16.0}");
        File.WriteAllText(cli.Path(name), "a,b,c,d,label\n" + string.Concat(Enumerable.Range(offset, Rows).Select(row =>
            string.Join(',', Enumerable.Range(0, 4).Select(column => Cell(row, column)).Append($"{row % 2}")) + "\n")));
        return cli.Path(name);
    }
}
