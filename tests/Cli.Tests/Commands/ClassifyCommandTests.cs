namespace Vae.Cli.Tests;

public sealed class ClassifyCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    private static string[][] Cells(string path) => [.. File.ReadLines(path).Select(line => line.Split(','))];

    [Fact]
    public void TheErrorIsThatOfTheFile()
    {
        var run = cli.Trained("m2", "--condition", "label", "--objective", "m2:200", "--validation", "0.2");
        foreach (var more in new[] { Array.Empty<string>(), ["--best"] })
        {
            var called = Cli.Call(["classify", run, "--json", "--out", cli.Path("classes.csv"), .. more]);
            Assert.Equal((0, ""), (called.Code, called.Error));
            var cells = Cells(cli.Path("classes.csv"));
            Assert.Equal(["row", "class", "predicted", .. Enumerable.Range(0, 10).Select(label => $"p({label})")], cells[0]);
            var line = System.Text.Json.JsonDocument.Parse(called.Output.Split('\n')[0]).RootElement;
            Assert.Equal(cells.Length - 1, line.GetProperty("examples").GetInt32());
            Assert.Equal(cells.Skip(1).Count(row => row[1] != row[2]), line.GetProperty("wrong").GetInt32());
            Assert.All(cells.Skip(1), row =>
            {
                var probabilities = row.Skip(3).Select(float.Parse).ToList();
                Assert.Equal(1, probabilities.Sum(), 1e-5);
                Assert.Equal(row[2], $"{probabilities.IndexOf(probabilities.Max())}");
            });
        }
        Assert.Equal(0, Cli.Call("classify", run, "--out", cli.Path("classes.npy")).Code);
        Assert.Contains("are wrong, an error of", Cli.Call("classify", run).Output);
        Assert.True(File.Exists(Path.Combine(run, "classes.csv")));
    }

    [Fact]
    public void RowsOfATableNeedNoLabels()
    {
        string Row(int i, bool labelled) => $"{(i % 2 == 0 ? 1 : 9)}.{i % 7},{i % 5}.5{(labelled ? $",{(i % 2 == 0 ? "low" : "high")}" : "")}\n";
        void Write(string name, int from, bool labelled) => File.WriteAllText(cli.Path(name), $"size,other{(labelled ? ",kind" : "")}\n"
            + string.Concat(Enumerable.Range(from, 120).Select(i => Row(i, labelled))));
        Write("table.csv", 0, labelled: true);
        Write("new.csv", 1, labelled: false);
        var run = cli.Path("run");
        var trained = Cli.Call("train", "--data", cli.Path("table.csv"), "--columns", "kind=label", "--condition", "label", "--objective", "m2:20",
            "--epochs", "200", "--threads", "1", "--out", run);
        Assert.Equal((0, ""), (trained.Code, trained.Error));
        var called = Cli.Call("classify", run, "--data", cli.Path("new.csv"), "--out", cli.Path("classes.csv"));
        Assert.Equal((0, ""), (called.Code, called.Error));
        Assert.DoesNotContain("wrong", called.Output);
        var cells = Cells(cli.Path("classes.csv"));
        var predicted = Array.IndexOf(cells[0], "predicted");
        Assert.Equal(121, cells.Length);
        Assert.All(cells.Skip(1), (row, i) => Assert.Equal(i % 2 == 0 ? "high" : "low", row[predicted]));
    }

    [Fact]
    public void ARunWithoutAClassifierIsRefused()
    {
        var called = Cli.Call("classify", cli.Trained("plain"));
        Assert.Equal(2, called.Code);
        Assert.StartsWith("vae: objective: must be m2 for a label classifier, got elbo", called.Error);
    }
}
