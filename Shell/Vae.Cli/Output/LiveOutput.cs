using Spectre.Console;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Events drawn on a terminal: a line for each epoch, and below them what goes on now.</summary>
internal sealed class LiveOutput(IAnsiConsole console, LiveDisplayContext live) : IProgress<TrainEvent>
{
    private LiveState state = LiveState.Nothing;
    private string reconstruction = "reconstruction";

    private bool Unicode => console.Profile.Capabilities.Unicode;

    public void Report(TrainEvent value)
    {
        state = state.After(value);
        switch (value)
        {
            case TrainEvent.Started started:
                reconstruction = TextLines.Reconstruction(started.Experiment.Model.Likelihood);
                Above(TextLines.Format(started), "bold");
                Above(TextLines.Header(started.Experiment), "grey");
                break;
            case TrainEvent.EpochEnded ended:
                Above(TextLines.Format(ended.Entry), "default");
                break;
            case TrainEvent.NotFinite notFinite:
                Above(TextLines.Format(notFinite), "red");
                break;
            case TrainEvent.Ended ended:
                Above(TextLines.Format(ended.Result), "bold");
                if (ended.Result.Note.Length > 0)
                    Above(ended.Result.Note, "default");
                live.UpdateTarget(new Rows(LiveView.Render(ended.Result, reconstruction, Unicode), new Text($"run: {TextLines.Printable(ended.Result.Run)}")));
                return;
        }
        live.UpdateTarget(LiveView.Render(state, reconstruction, Unicode));
    }

    // What is written while a live display stands goes above it and stays; padded, for it is written over the display's old
    // lines without clearing them. Data's names are text, never markup.
    private void Above(string text, string style) =>
        console.MarkupLine($"[{style}]{Markup.Escape(TextLines.Printable(text).PadRight(Math.Max(0, console.Profile.Width - 1)))}[/]");
}
