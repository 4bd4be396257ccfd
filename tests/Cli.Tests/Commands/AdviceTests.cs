using System.Text.RegularExpressions;

namespace Vae.Cli.Tests;

/// <summary>What an error advises is followed, and helps.</summary>
public sealed partial class AdviceTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    private string Table(string name, Func<int, string> row, string header = "a,b,c,d,e,f")
    {
        File.WriteAllLines(cli.Path(name), Enumerable.Range(0, 80).Select(row).Prepend(header));
        return cli.Path(name);
    }

    private string[] Line(string data, params string[] more) =>
        ["train", "--data", data, "--epochs", "2", "--latent", "2", "--threads", "1", "--out", cli.Path($"run-{Guid.NewGuid():N}"), .. more];

    private static string Numbers(int i) => FormattableString.Invariant($"{i * 0.7 % 5:0.00},{i * 0.3 % 2 - 1:0.00},{i % 7},{i * 1.1 % 3:0.00},2.5,{i * 0.9 % 4:0.00}");

    [Fact]
    public void NumbersOutsideIntensitiesAreTakenRaw()
    {
        var data = Table("t.csv", Numbers);
        var refused = Cli.Call(Line(data, "--likelihood", "normal:learned", "--values", "intensities"));
        Assert.Equal(VaeCommand.BadInput, refused.Code);
        Assert.Contains("(--values raw takes numbers as they are)", refused.Error);
        Assert.Equal(0, Cli.Call(Line(data, "--likelihood", "normal:learned", "--values", "raw")).Code);
    }

    [Fact]
    public void MissingValuesAreMasked()
    {
        var data = Table("t.csv", i => i == 7 ? ",0,1,2,3,4" : Numbers(i));
        var refused = Cli.Call(Line(data, "--likelihood", "normal:learned", "--values", "raw"));
        Assert.Equal(VaeCommand.BadInput, refused.Code);
        Assert.Contains("(missing values need --likelihood masked:…)", refused.Error);
        Assert.Equal(0, Cli.Call(Line(data, "--likelihood", "masked:normal:learned", "--values", "raw")).Code);
    }

    [Fact]
    public void ColumnsThatAreNotScaledAreNamedAndTheNamedLikelihoodScalesThem()
    {
        var data = Table("t.csv", i => i % 10 == 7 ? "1000,0,1,2,3,4" : Numbers(i));
        var noted = Cli.Call(Line(data, "--likelihood", "normal:learned", "--values", "raw"));
        Assert.Equal(0, noted.Code);
        Assert.Contains("note: column 1 (a) reaches 1000", noted.Output);
        var followed = Cli.Call(Line(data, "--likelihood", Likelihood().Match(noted.Output).Groups[1].Value));
        Assert.Equal(0, followed.Code);
        Assert.DoesNotContain("reaches", followed.Output);
    }

    [Fact]
    public void AnotherRateIsGivenAsTheMessageOfADivergedRunSays()
    {
        string[] wild = ["--likelihood", "normal:0.1", "--values", "raw", "--optimizer", "sgd"];
        var (data, rate) = (Table("t.csv", Numbers), "100");
        for (var tries = 0; ; tries++)
        {
            var called = Cli.Call(Line(data, [.. wild, "--lr", rate]));
            if (called.Code == 0)
            {
                Assert.InRange(tries, 1, 9);
                return;
            }
            Assert.Equal(VaeCommand.Diverged, called.Code);
            rate = Rate().Match(called.Output).Groups[1].Value;
        }
    }

    [Fact]
    public void AFinishedRunGoesOnAndLearns()
    {
        var run = cli.Trained("run");
        byte[] Weights() => File.ReadAllBytes(Path.Combine(run, "model.safetensors"));
        var before = Weights();
        Assert.Equal(0, Cli.Call("train", "--resume", run, "--epochs", "3", "--threads", "1", "--json").Code);
        Assert.NotEqual(before, Weights());
        // A custom schedule that has ended is refused, and the message's way out works.
        var own = cli.Trained("own", "--lr", "cosine:0.001:0:2");
        var refused = Cli.Call("train", "--resume", own, "--epochs", "3", "--threads", "1", "--json");
        Assert.Equal(VaeCommand.BadInput, refused.Code);
        Assert.Contains("train.learningRate: must be above 0 after epoch 2", refused.Error);
        Assert.Equal(0, Cli.Call("train", "--resume", own, "--epochs", "3", "--lr", Rate().Match(refused.Error).Groups[1].Value,
            "--threads", "1", "--json").Code);
    }

    [Fact]
    public void ARunWithoutABestEpochIsTrainedWithAValidationPart()
    {
        var refused = Cli.Call("evaluate", cli.Trained("run"), "--best");
        Assert.Contains("(in vae train: --validation)", refused.Error);
        Assert.Equal(0, Cli.Call("evaluate", cli.Trained("best", "--validation", "0.2"), "--best", "--importance-samples", "1", "--threads", "1").Code);
    }

    [Fact]
    public void ATableIsDividedAsItsColumnSays()
    {
        var data = Table("t.csv", i => $"{Numbers(i)},{(i % 4 == 0 ? "test" : "train")},h{i % 9}", "a,b,c,d,e,f,part,house");
        var run = cli.Path("divided");
        Assert.Equal(0, Cli.Call("train", data, "--split", "given:part", "--validation", "0", "--epochs", "1", "--threads", "1", "--out", run).Code);
        var first = Cli.Call("evaluate", run, "--importance-samples", "1", "--threads", "1", "--json");
        // In another order, the same rows are tested.
        File.WriteAllLines(data, [.. File.ReadLines(data).Take(1), .. File.ReadLines(data).Skip(1).Reverse().ToList()]);
        Assert.Equal(0, Cli.Call("evaluate", run, "--importance-samples", "1", "--threads", "1", "--json").Code);
        Assert.Equal(0, first.Code);
        Assert.Equal(0, Cli.Call("train", data, "--split", "grouped:house", "--epochs", "1", "--threads", "1", "--out", cli.Path("grouped")).Code);
        Assert.Contains("data.split: must name a column", Cli.Call("train", data, "--split", "given:nowhere", "--out", cli.Path("no")).Error);
    }

    [GeneratedRegex(@"--likelihood (\S+)")]
    private static partial Regex Likelihood();

    [GeneratedRegex(@"--lr ([^\s;,)]+)")]
    private static partial Regex Rate();
}
