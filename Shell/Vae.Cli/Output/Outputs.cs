using Spectre.Console;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Ways to show a run, chosen by who looks.</summary>
internal static class Outputs
{
    /// <summary>Runs a training with its events as JSON lines.</summary>
    public static TrainResult Json(TextWriter output, Func<IProgress<TrainEvent>, TrainResult> train) => train(new JsonLines(output));

    /// <summary>Runs a training with its events drawn where there is a terminal, else as plain lines.</summary>
    public static TrainResult Show(IAnsiConsole console, Func<IProgress<TrainEvent>, TrainResult> train) => IsLive(console)
        ? console.Live(Text.Empty).Start(live => train(new LiveOutput(console, live)))
        : train(new PlainOutput(console.Profile.Out.Writer));

    /// <summary>Whether the console can redraw what it has shown; a file or a pipe cannot.</summary>
    public static bool IsLive(IAnsiConsole console) => console.Profile.Capabilities is { Ansi: true, Interactive: true };
}
