using Spectre.Console;
using Spectre.Console.Rendering;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Shows events on a terminal: one line per epoch that stays, and below them a live display of the progress.</summary>
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
                foreach (var remark in started.Remarks)
                    Above(TextLines.Remark(remark), "yellow");
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
                    Above(OptionNames.Translate(ended.Result.Note), "default");
                live.UpdateTarget(new Rows(
                    LiveView.Render(ended.Result, reconstruction, Unicode), new Text($"run: {TextLines.Printable(ended.Result.Run)}")));
                return;
        }
        live.UpdateTarget(LiveView.Render(state, reconstruction, Unicode));
    }

    // Text above a live display is written over the display's old rows without clearing them: each row is padded to the full width, and
    // a long line is broken here, because the row that the terminal would continue it on could not be padded. Names of data are text,
    // never markup.
    private void Above(string text, string style)
    {
        var width = Math.Max(1, console.Profile.Width);
        foreach (var row in TextLines.Rows(TextLines.Printable(text), width))
        {
            var rest = new string(' ', Math.Max(0, width - new Segment(row).CellCount()));
            console.MarkupLine($"[{style}]{Markup.Escape(row)}{rest}[/]");
        }
    }
}
