using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Renders the live display of training and the final results.</summary>
internal static class LiveView
{
    private const int BarWidth = 32;

    /// <summary>Two lines: the progress of the run, and the shares of reconstruction and KL in its loss.</summary>
    public static IRenderable Render(LiveState state, string reconstruction, bool unicode)
    {
        var (full, empty) = unicode ? ("━", "─") : ("=", "-");
        var (left, right) = unicode ? ("█", "▒") : ("#", "+");
        return new Rows(new Markup(Progress(state, full, empty)), new Markup(Split(state.Terms, reconstruction, left, right)));
    }

    /// <summary>A table of the final results.</summary>
    public static IRenderable Render(TrainResult result, string reconstruction, bool unicode)
    {
        var table = new Table { Border = unicode ? TableBorder.Rounded : TableBorder.Ascii, Title = new("nats per example") };
        table.AddColumn("");
        var none = unicode ? "—" : "-";
        foreach (var name in new[] { "-ELBO", reconstruction, "KL" })
            table.AddColumn(new Spectre.Console.TableColumn(name).RightAligned());
        foreach (var (name, terms) in new[] { ("test", result.Test), ("train", result.Train) })
            table.AddRow(name, TextLines.Nats(terms.NegElbo, none), TextLines.Nats(terms.Reconstruction), TextLines.Nats(terms.Kl, none));
        return table;
    }

    private static string Progress(LiveState state, string full, string empty)
    {
        var filled = (int)Math.Floor(state.Done * BarWidth);
        var bar = $"[deepskyblue3]{Repeated(full, filled)}[/][grey]{Repeated(empty, BarWidth - filled)}[/]";
        var speed = state.ImagesPerSecond > 0
            ? $"{TextLines.Whole(state.ImagesPerSecond)} examples/s, {TextLines.Duration(state.SecondsLeft)} left" : "starting";
        speed += state.Communication > 0 ? $", {TextLines.Communication(state.Communication)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"epoch {state.Epoch}/{state.Epochs} {bar} {100 * state.Done,3:0}%  {speed}");
    }

    private static string Split(Terms terms, string reconstruction, string left, string right)
    {
        if (!terms.AreFinite || terms.Criterion == 0)
            return " ";
        // The reconstruction of a continuous density can be negative; KL then fills the whole bar.
        var share = Math.Clamp(terms.Reconstruction / Math.Max(terms.Criterion, 1e-12), 0, 1);
        var filled = (int)Math.Round(share * BarWidth);
        var bar = $"[deepskyblue3]{Repeated(left, filled)}[/][darkorange3]{Repeated(right, BarWidth - filled)}[/]";
        var kl = terms.Kl is { } value ? $" + [darkorange3]KL {TextLines.Nats(value)}[/]" : "";
        return $"{TextLines.Nats(terms.Criterion),10} {bar} [deepskyblue3]{reconstruction} {TextLines.Nats(terms.Reconstruction)}[/]{kl}";
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
