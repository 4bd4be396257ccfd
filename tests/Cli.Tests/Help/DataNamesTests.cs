using Vae.Torch;

namespace Vae.Cli.Tests;

public class DataNamesTests
{
    [Theory]
    [InlineData("train")]
    [InlineData("sweep")]
    [InlineData("data")]
    public void HelpNamesEveryDataSet(string command)
    {
        var help = Cli.Call(command, "--help").Output;
        Assert.All(DataSources.Names.Select(name => name.Split(':')[^1]).Where(name => name != "balanced"),
            name => Assert.Contains(name, help, StringComparison.Ordinal));
    }

    [Fact]
    public void AnUnknownNameIsAnsweredWithAllNames()
    {
        var called = Cli.Call("data", "emnist:nothing");
        Assert.Equal(2, called.Code);
        Assert.All(DataSources.Names, name => Assert.Contains(name, called.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("emnist:letters", "emnist-letters")]
    [InlineData("cifar-10", "cifar-10")]
    [InlineData("data/cells.csv", "cells")]
    public void AFolderIsNamedAfterTheData(string source, string name) => Assert.Equal(name, DataChoice.FolderName(source));
}
