using Spectre.Console;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Ways to show a run: to programs, on a terminal or in a log.</summary>
internal static class Outputs
{
    /// <summary>Trains and writes events as JSON lines.</summary>
    public static T Json<T>(TextWriter output, Func<IProgress<TrainEvent>, T> train) => train(new JsonLines(output));

    /// <summary>Trains and shows events live on a terminal, or else as plain lines.</summary>
    public static T Show<T>(IAnsiConsole console, Func<IProgress<TrainEvent>, T> train) => IsLive(console)
        ? console.Live(Text.Empty).Start(live => train(new LiveOutput(console, live)))
        : train(new PlainOutput(console.Profile.Out.Writer));

    /// <summary>Whether the console can redraw lines; a file or a pipe cannot.</summary>
    public static bool IsLive(IAnsiConsole console) => console.Profile.Capabilities is { Ansi: true, Interactive: true };
}
