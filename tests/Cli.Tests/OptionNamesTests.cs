using System.CommandLine;

namespace Vae.Cli.Tests;

/// <summary>A user of the command reads options where a user of the library reads properties.</summary>
public class OptionNamesTests
{
    private static readonly Command Train = TrainCommand.Make(TextWriter.Null), Sample = SampleCommand.Make(TextWriter.Null);

    [Theory]
    [InlineData("x: must be 1 (data.rawValues=true takes numbers as they are)", "x: must be 1 (--values raw takes numbers as they are)")]
    [InlineData("missing values need data.masked=true", "missing values need --likelihood masked:…")]
    [InlineData("train with a lower learning rate, as train.learningRate=0.0004; kept", "train with a lower learning rate, as --lr 0.0004; kept")]
    [InlineData("stop earlier with data.validation and train.stopping, or", "stop earlier with --validation and --patience, or")]
    [InlineData("as model.likelihood=columns:continuous*6 does", "as --likelihood columns:continuous*6 does")]
    [InlineData("like the first image (or set data.height and data.width)", "like the first image (or set --image-size)")]
    [InlineData("the objective elbo", "the objective elbo")]
    [InlineData("runs/train.batch/x.json: no", "runs/train.batch/x.json: no")]
    public void PathsInSentencesBecomeOptions(string message, string translated)
    {
        Assert.Equal(translated, OptionNames.Translate(message));
        Assert.Equal(translated, OptionNames.Translate(message, Train));
    }

    [Theory]
    [InlineData("train.epochs: must be at least 1, got 0", "train.epochs: must be at least 1, got 0 (--epochs)")]
    [InlineData("model.likelihood.scale.sigma: must be greater than 0, got 0", "model.likelihood.scale.sigma: must be greater than 0, got 0 (--likelihood)")]
    [InlineData("a\ntrain.clipping.above: must be 1, got 0", "a\ntrain.clipping.above: must be 1, got 0 (--skip)")]
    public void WhatALineIsAboutKeepsItsPath(string message, string translated) =>
        Assert.Equal(translated, OptionNames.Translate(message, Train));

    [Fact]
    public void AnOptionThatACommandLacksIsThatOfTraining()
    {
        Assert.Equal("train with data.validation above 0 (in vae train: --validation)",
            OptionNames.Translate("train with data.validation above 0", Sample));
        Assert.Equal("train.epochs: must be 1, got 0", OptionNames.Translate("train.epochs: must be 1, got 0", Sample));
    }

    [Fact]
    public void AdviceAboutMemoryNamesOptionsThatTheCommandHas()
    {
        var message = NativeErrors.Explain(new OutOfMemoryException())!.Message;
        Assert.Contains("use a lower --count", OptionNames.Translate(message, Sample), StringComparison.Ordinal);
        Assert.DoesNotContain("--batch", OptionNames.Translate(message, Sample), StringComparison.Ordinal);
        Assert.Contains("use a lower --batch or --limit", OptionNames.Translate(message, Train), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOptionThatAMessageMayNameIsOneOfACommand() => Assert.Empty(OptionNames.All.Except(
        VaeCommand.Root(TextWriter.Null).Subcommands.SelectMany(command => command.Options).Select(option => option.Name)));
}
