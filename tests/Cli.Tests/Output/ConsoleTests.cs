using Spectre.Console;

namespace Vae.Cli.Tests;

public class ConsoleTests
{
    private static string Shown(bool terminal, params ValueList<TrainEvent> events)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = terminal ? InteractionSupport.Yes : InteractionSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.TrueColor : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 120;
        Outputs.Show(console, Events.Playing(events));
        return output.ToString();
    }

    [Fact]
    public void WithoutATerminalThereAreNoControlCodes()
    {
        var text = Shown(terminal: false, Events.Run);
        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not '\n' and not '\r');
        Assert.True(text.All(char.IsAscii));
    }

    [Fact]
    public void WithoutATerminalEveryEpochIsALine()
    {
        var lines = Shown(terminal: false, Events.Run).Split(Environment.NewLine);
        Assert.Equal("digits: 10,000 images, 652,824 parameters, compiled, float32", lines[0]);
        Assert.Equal("epoch  -ELBO train        test   cross-entropy        KL   images/s", lines[1]);
        Assert.Equal("    1       114.75      114.63           90.13     24.50     24,002", lines[2]);
        Assert.Equal("completed: 3 epochs in 2:31, 24,002 images/s", lines[5]);
        Assert.Equal("test       112.63           88.13       24.50", lines[7]);
        Assert.Equal("run: runs/one", lines[9]);
    }

    [Fact]
    public void OnATerminalEpochsStayAndTheRestIsRedrawn()
    {
        var text = Shown(terminal: true, Events.Run);
        Assert.Contains("\u001b[", text, StringComparison.Ordinal);
        foreach (var part in new[] { "114.75", "113.75", "112.75", "epoch 2/3", "20,000 images/s", "cross-entropy 75.00", "KL 25.00",
            "nats per example", "runs/one" })
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    // The terminal does not clear what it writes over: a short line would keep the end of a longer one.
    [Fact]
    public void ALineThatStaysCoversTheLineItReplaces()
    {
        var text = Shown(terminal: true, Events.Run);
        Assert.Contains(TextLines.Format(Events.Entry(1)).PadRight(119), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NamesAreNeverMarkup(bool terminal) =>
        Assert.Contains("[red]data[/]", Shown(
            terminal, Events.Started(source: "[red]data[/]"), new TrainEvent.Ended(Events.Result("[bold"))), StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NamesDoNotSteerTheTerminal(bool terminal)
    {
        var text = Shown(terminal, Events.Started(source: "a\u001b]0;owned\u0007b"), new TrainEvent.Ended(Events.Result("c\nd\u001b[2J")));
        Assert.Contains("a?]0;owned?b", text, StringComparison.Ordinal);
        Assert.Contains("c?d?[2J", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ADivergedRunReportsItsStep(bool terminal) => Assert.Contains(
        "step 7: reconstruction must be finite, got NaN",
        Shown(terminal, Events.Started(), new TrainEvent.NotFinite(7, "reconstruction", double.NaN),
            new TrainEvent.Ended(Events.Result() with { Test = new(double.NaN, double.NaN, 1) })), StringComparison.Ordinal);

    [Fact]
    public void ADensityIsNamedReconstructionAndAValidationSetByItsName()
    {
        var header = Shown(terminal: false, Events.Started(validation: 0.1, likelihood: Likelihoods.Bernoulli))
            .Split(Environment.NewLine)[1];
        Assert.Contains("validation  reconstruction", header, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTimeLeftFollowsFromTheStepsAndTheSpeed()
    {
        var state = new[] { Events.Started(), Events.Progressed(150) }.Aggregate(LiveState.Nothing, (s, e) => s.After(e));
        Assert.Equal(0.5, state.Done, 12);
        Assert.Equal(2, state.Epoch);
        // Half of 3 · 10,000 images at 20,000 a second.
        Assert.Equal(0.75, state.SecondsLeft, 12);
        Assert.Equal(double.PositiveInfinity, LiveState.Nothing.After(Events.Started()).SecondsLeft);
    }

    [Fact]
    public void AResumedRunGoesOnWhereItStopped() =>
        Assert.Equal((3L, 2 / 3.0),
            (LiveState.Nothing.After(Events.Started(step: 200)).Epoch, LiveState.Nothing.After(Events.Started(step: 200)).Done));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1:00")]
    [InlineData(151.4, "2:31")]
    [InlineData(90061, "25:01:01")]
    [InlineData(double.PositiveInfinity, "unknown time")]
    [InlineData(double.NaN, "unknown time")]
    public void DurationsReadAsAClock(double seconds, string text) => Assert.Equal(text, TextLines.Duration(seconds));
}
