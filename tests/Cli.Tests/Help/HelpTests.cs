using System.CommandLine;

namespace Vae.Cli.Tests;

/// <summary>What every help page has.</summary>
public sealed class HelpTests
{
    private static readonly RootCommand Root = VaeCommand.Root(TextWriter.Null);

    public static TheoryData<string> Commands => [.. Root.Subcommands.Select(command => command.Name)];

    [Fact]
    public void EveryCommandIsInOneGroup() =>
        Assert.Equal(Root.Subcommands.Select(command => command.Name).Order(), CommandGroups.All.SelectMany(group => group.Names).Order());

    [Fact]
    public void TheCommandListsItsCommandsInGroupsWithExamples()
    {
        var output = Cli.Call("--help").Output;
        Assert.All(CommandGroups.All.Select(group => group.Title), title => Assert.Contains($"\n{title}:", output));
        Assert.Equal(3, CommandExamples.Find("vae").Count);
        Assert.All(CommandExamples.Find("vae"), example => Assert.Contains(example.Line, output));
    }

    [Fact]
    public void OptionsOfTrainAreInGroups() =>
        Assert.Equal(["Data", "Model", "Objective", "Training", "Run"], OptionGroups.Name(Command("train")).Select(group => group.Title));

    [Theory]
    [MemberData(nameof(Commands))]
    public void APageHasEveryOptionAndAnExample(string name)
    {
        var called = Cli.Call(name, "--help");
        Assert.Equal((0, ""), (called.Code, called.Error));
        var command = Command(name);
        Assert.All(command.Options.Where(option => !option.Hidden), option =>
            Assert.Contains($"{option.Name} ", called.Output.Replace("\n", " \n")));
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.NotEmpty(CommandExamples.Find(name));
        Assert.All(CommandExamples.Find(name), example => Assert.StartsWith($"vae {name}", example.Line));
        Assert.All(called.Output.Split('\n'), line => Assert.True(line.Length <= 102, line));
        Assert.DoesNotContain("--dry-run", called.Output);
    }

    [Theory]
    [InlineData("train -d nowhere", "data: must be digits")]
    [InlineData("train -e ten", "epochs: must be a whole number in range, got ten")]
    [InlineData("train -b 0 --limit 9 -o none", "train.batch: must be at least 1, got 0")]
    [InlineData("train -m alexnet", "model: must be one of mlp")]
    [InlineData("train -s x", "seed: must be a whole number in range, got x")]
    [InlineData("sample run -n many", "count: must be a whole number in range, got many")]
    [InlineData("sweep -b 0,1 --limit 9 -o none", "train.batch: must be at least 1, got 0")]
    public void CommonOptionsHaveAShortForm(string line, string sentence) => Assert.Contains(sentence, Cli.Call(line.Split(' ')).Error);

    [Theory]
    [InlineData("train --limit 100 --average 0.9")]
    [InlineData("train --limit 100 --without 3")]
    [InlineData("train --limit 100 --products default")]
    [InlineData("train --limit 100 --values given")]
    [InlineData("anomaly --limit 100 --leave-out-each")]
    public void OlderSpellingsStillWork(string line) => Assert.Equal(new(0, "", ""), Cli.Call([.. line.Split(' '), "--dry-run"]));

    [Theory]
    [InlineData("train --limit 100 --prior vamp:5 --posterior flow:iaf:2", "model.prior: must not be vamp")]
    [InlineData("sweep --limit 100 --prior vamp:5 --posterior diagonal-normal,flow:iaf:2", "model.prior: must not be vamp")]
    [InlineData("compare --ae-vae --limit 100 --epochs 0", "train.epochs: must be at least 1")]
    [InlineData("impute run --method best", "method: must be pseudo-gibbs or metropolis")]
    [InlineData("evaluate run --metrics beauty", "metrics: must be information")]
    [InlineData("claim --all --budget long", "budget: must be a time")]
    public void ADryRunFindsWhatARunWouldRefuse(string line, string sentence)
    {
        var called = Cli.Call([.. line.Split(' '), "--dry-run"]);
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains(sentence, called.Error);
    }

    private static Command Command(string name) => Root.Subcommands.First(command => command.Name == name);
}
