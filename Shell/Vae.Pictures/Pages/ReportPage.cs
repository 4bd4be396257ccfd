using System.Globalization;
using System.Xml.Linq;

namespace Vae.Torch;

/// <summary>The content of a report.</summary>
/// <param name="Title">Heading; if empty, the kind of model and the data's name.</param>
/// <param name="Result">The result of the run.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="Figures">Pictures such as samples and reconstructions; the report adds the loss curves.</param>
internal sealed record ReportContent(string Title, TrainResult Result, Experiment Experiment, ValueList<Figure> Figures)
{
    /// <summary>The comparison of synthetic and real rows; null for data that are no table.</summary>
    public TableReport? Table { get; init; }

    /// <summary>The codes of a table's rows, coloured by each column; null if there are none.</summary>
    public Figure? Codes { get; init; }
}

/// <summary>A self-contained HTML page about a run and its results, without scripts or external resources.</summary>
internal static class ReportPage
{
    /// <summary>The page as HTML that is also well-formed XML; all text is escaped by construction.</summary>
    public static string Html(ReportContent content)
    {
        VaeException.ThrowIfAny(Specs.Problems(content.Experiment.Model));
        var title = content.Title.Length > 0 ? content.Title : $"{Name(content.Experiment.Model)} on {content.Experiment.Data.Source}";
        return Page(title,
            [Lead(content), Numbers(content), Figures(content),
            .. content.Table is { } table ? TableSections.Create(table, content.Experiment.Data.Schema, content.Codes) : [],
            Tag("h2", "Model"), ReportTables.Model(content.Experiment.Model),
            Details($"Epochs ({content.Result.History.Count})", ReportTables.History(content.Result.History)),
            Details("Experiment", new XElement("pre", new XElement("code", Clean(SpecJson.Write(content.Experiment)))))]);
    }

    /// <summary>Writes the page atomically: a reader sees the old file or the complete new one.</summary>
    public static void Save(ReportContent content, string path) => AtomicFile.WriteText(path, Html(content));

    /// <summary>A report with a link to the run's explorer page below its heading; null if it has one, or has no heading.</summary>
    public static string? WithExplorer(string html)
    {
        const string heading = "</h1>", address = $"href=\"{RunFolder.ExplorerName}\"";
        var end = html.IndexOf(heading, StringComparison.Ordinal) + heading.Length;
        return end < heading.Length || html.Contains(address, StringComparison.Ordinal) ? null : html.Insert(
            end, $"<p class=\"fine\"><a {address}>Explore the model</a>: move in its latent space and see what it decodes.</p>");
    }

    /// <summary>A complete page of a heading and a body.</summary>
    internal static string Page(string title, params XElement?[] body)
    {
        var html = new XElement("html", new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement(
                    "meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                Tag("title", title),
                new XElement("style", ReportStyle.Css)),
            new XElement("body", new XElement("main", Tag("h1", title), body)));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>An element with text. It is never self-closing, which HTML would read as unclosed.</summary>
    internal static XElement Tag(string name, string text, string kind = "") =>
        new(name, kind.Length == 0 ? null : new XAttribute("class", kind), Clean(text));

    // XML forbids a few control characters, even escaped.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value is >= 0x20 and not 0x7F and not 0xFFFE and not 0xFFFF or '\n' or '\t' ? rune.ToString() : "\uFFFD"));

    private static XElement Lead(ReportContent content)
    {
        var (result, model) = (content.Result, content.Experiment.Model);
        var outcome = result.Outcome == Outcome.StoppedEarly ? "Stopped early" : $"{result.Outcome}";
        var effort = string.Create(CultureInfo.InvariantCulture,
            $"{result.Epochs} {(result.Epochs == 1 ? "epoch" : "epochs")} in {Duration(result.Seconds)} "
            + $"at {result.ImagesPerSecond:N0} examples per second; {Vae.Parameters.Count(model):N0} parameters, "
            + $"{model.Latent} latent {(model.Latent == 1 ? "dimension" : "dimensions")}.");
        return new XElement("div",
            new XElement("p", Tag("span", outcome, $"outcome {result.Outcome.ToString().ToLowerInvariant()}"), " ", Clean(effort)),
            result.Note.Length == 0 ? null : Tag("p", result.Note, "note"));
    }

    private static string Duration(double seconds) => seconds < 120
        ? seconds.ToString("0.0 's'", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {seconds % 60:0} s");

    private static XElement Numbers(ReportContent content)
    {
        var model = content.Experiment.Model;
        ValueList<string> notes = [
            "Nats per example. Test: the test set, with the kept weights. Train: the last epoch, with the weights of each step.",
            DensityNotes.Text(model.Likelihood),
            RunPictures.CanShow(model) || content.Table is not null ? ""
                : "Examples are not images with intensities in [0, 1], so there are no pictures of them.",
            Posteriors.HasDensity(model.Posterior) ? "" : "The posterior is a point, as in a plain autoencoder: there is no KL, "
                + "no bound on ln p(x), and no distribution of codes to draw samples from."];
        return new XElement("section",
            new XElement("div", new XAttribute("class", "scroll"), ReportTables.Terms(content.Result, model.Likelihood)),
            Tag("p", string.Join(' ', notes.Where(note => note.Length > 0)), "fine"));
    }

    private static string Name(VaeSpec spec) =>
        !Posteriors.HasDensity(spec.Posterior) ? "Autoencoder"
        : spec.Latent == 0 ? "Model without a latent"
        : spec.Condition is Condition.None ? "Variational autoencoder" : "Conditional variational autoencoder";

    private static XElement Figures(ReportContent content)
    {
        var caption = "Loss terms over epochs."
            + (content.Experiment.Data.Validation > 0 ? "" : " There is no validation set: validation values are those of the test set.");
        ValueList<Figure> curves = content.Result.History.Count == 0
            ? [] : [new("Training", caption, Pictures.Curves(content.Result.History))
            {
                Narrow = Pictures.Curves(content.Result.History, ReportStyle.NarrowChart),
            }];
        return Shown(curves.Append(content.Figures));
    }

    /// <summary>A section of pictures with their titles and captions.</summary>
    internal static XElement Shown(ValueList<Figure> figures) => new("section", Tag("h2", "Pictures"), figures.Select(Shown));

    /// <summary>A picture with its title and caption.</summary>
    internal static XElement Shown(Figure figure) => new("figure",
        Tag("h3", figure.Title),
        new XElement("div", new XAttribute("class", "scroll paper"), Image(figure), Narrow(figure)),
        figure.Caption.Length == 0 ? null : Tag("figcaption", figure.Caption));

    private static XElement Image(Figure figure) => new("img",
        new XAttribute("alt", Clean(figure.Title)),
        Size(figure.Picture),
        // Unscaled pictures keep sharp pixels; a picture that must shrink is smoothed.
        figure.Picture.Density > 1 ? new XAttribute("class", figure.Narrow is null ? "chart" : "chart wide")
            : figure.Picture.Width <= ReportStyle.PaperWidth ? new XAttribute("class", "pixels") : null,
        new XAttribute("src", Source(figure.Picture)));

    // As a background, so that the page has each figure as one image.
    private static XElement? Narrow(Figure figure) => figure.Narrow is not { } narrow ? null : new("div",
        new XAttribute("class", "narrow chart"), new XAttribute("role", "img"), new XAttribute("aria-label", Clean(figure.Title)),
        new XAttribute("style", string.Create(CultureInfo.InvariantCulture,
            $"background-image:url({Source(narrow)});aspect-ratio:{narrow.Width}/{narrow.Height};"
            + $"max-width:{narrow.Width / narrow.Density}px")),
        " ");

    private static XAttribute[] Size(Picture picture) =>
        [new("width", (int)(picture.Width / picture.Density)), new("height", (int)(picture.Height / picture.Density))];

    private static string Source(Picture picture) => "data:image/png;base64," + Convert.ToBase64String(picture.ToPng());

    internal static XElement Details(string summary, XElement body) =>
        new("details", Tag("summary", summary), new XElement("div", new XAttribute("class", "scroll"), body));
}
