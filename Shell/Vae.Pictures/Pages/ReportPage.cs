using System.Globalization;
using System.Xml.Linq;

namespace Vae.Torch;

/// <summary>What a report tells.</summary>
/// <param name="Title">Its heading; where empty, the data's name.</param>
/// <param name="Result">How the run went.</param>
/// <param name="Experiment">What was run.</param>
/// <param name="Figures">Samples, reconstructions and the like, after the loss curves, which it draws itself.</param>
internal sealed record ReportContent(string Title, TrainResult Result, Experiment Experiment, ValueList<Figure> Figures);

/// <summary>One page that says what a run was and what came of it, complete in itself: no script, nothing to be fetched.</summary>
internal static class ReportPage
{
    /// <summary>The page as HTML that is XML too; every text is escaped by construction.</summary>
    public static string Html(ReportContent content)
    {
        VaeException.ThrowIfAny(Specs.Problems(content.Experiment.Model));
        var title = content.Title.Length > 0 ? content.Title : $"{Name(content.Experiment.Model)} on {content.Experiment.Data.Source}";
        return Page(title,
            Lead(content), Numbers(content), Figures(content),
            Tag("h2", "Model"), ReportTables.Model(content.Experiment.Model),
            Details($"Epochs ({content.Result.History.Count})", ReportTables.History(content.Result.History)),
            Details("Experiment", new XElement("pre", new XElement("code", Clean(SpecJson.Write(content.Experiment))))));
    }

    /// <summary>Writes the page; a reader sees the old file or the whole new one.</summary>
    public static void Save(ReportContent content, string path) => AtomicFile.WriteText(path, Html(content));

    /// <summary>A whole page with a heading and what stands below it.</summary>
    internal static string Page(string title, params XElement?[] body)
    {
        var html = new XElement("html", new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                Tag("title", title),
                new XElement("style", ReportStyle.Css)),
            new XElement("body", new XElement("main", Tag("h1", title), body)));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>An element with text. Never self-closing, which HTML would read as left open.</summary>
    internal static XElement Tag(string name, string text, string kind = "") =>
        new(name, kind.Length == 0 ? null : new XAttribute("class", kind), Clean(text));

    // A few control characters cannot stand in a page even escaped.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value is >= 0x20 and not 0x7F and not 0xFFFE and not 0xFFFF or '\n' or '\t' ? rune.ToString() : "\uFFFD"));

    private static XElement Lead(ReportContent content)
    {
        var (result, model) = (content.Result, content.Experiment.Model);
        var outcome = result.Outcome == Outcome.StoppedEarly ? "Stopped early" : $"{result.Outcome}";
        var effort = string.Create(CultureInfo.InvariantCulture,
            $"{result.Epochs} {(result.Epochs == 1 ? "epoch" : "epochs")} in {Duration(result.Seconds)} at {result.ImagesPerSecond:N0} images per second; {Vae.Parameters.Count(model):N0} parameters, {model.Latent} latent dimensions.");
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
        var likelihood = model.Likelihood;
        return new XElement("section",
            new XElement("div", new XAttribute("class", "scroll"), ReportTables.Terms(content.Result, likelihood)),
            Tag("p", "Nats per example. Test: with the kept weights, on the test set. Train: the last epoch, with the weights as they were at each step."
                + (Likelihoods.IsDensity(likelihood) ? "" : likelihood is Likelihood.Bernoulli or Likelihood.Masked { Inner: Likelihood.Bernoulli }
                    ? " A cross-entropy on values between 0 and 1 is no density, so these numbers bound no likelihood."
                    : $" The likelihood is {Likelihoods.Name(likelihood)}, which is no density of the examples themselves, so these numbers bound no ln p(x).")
                + (RunPictures.CanShow(model) ? "" : " There are no pictures of examples: they are no images with intensities in [0, 1].")
                + (Posteriors.HasDensity(model.Posterior) ? "" : " The posterior is a point, as in a plain autoencoder: there is no KL, no bound on ln p(x), and no distribution of codes to draw samples from."), "fine"));
    }

    private static string Name(VaeSpec spec) =>
        !Posteriors.HasDensity(spec.Posterior) ? "Autoencoder"
        : spec.Latent == 0 ? "Model without a latent"
        : spec.Condition is Condition.None ? "Variational autoencoder" : "Conditional variational autoencoder";

    private static XElement Figures(ReportContent content)
    {
        ValueList<Figure> curves = content.Result.History.Count == 0
            ? []
            : [new("Training", "Loss terms over epochs; held out is the validation set if there is one, else the test set.", Pictures.Curves(content.Result.History))];
        return Shown(curves.Append(content.Figures));
    }

    /// <summary>Pictures one below another, each with its title and what to see in it.</summary>
    internal static XElement Shown(ValueList<Figure> figures) => new("section", Tag("h2", "Pictures"), figures.Select(Shown));

    /// <summary>A picture with its title and caption.</summary>
    internal static XElement Shown(Figure figure) => new("figure",
        Tag("h3", figure.Title),
        new XElement("div", new XAttribute("class", "scroll paper"), Image(figure)),
        figure.Caption.Length == 0 ? null : Tag("figcaption", figure.Caption));

    private static XElement Image(Figure figure) => new("img",
        new XAttribute("alt", Clean(figure.Title)),
        new XAttribute("width", (int)(figure.Picture.Width / figure.Picture.Density)),
        new XAttribute("height", (int)(figure.Picture.Height / figure.Picture.Density)),
        // Pixels stay squares where none is lost; a picture that must shrink is better smoothed.
        figure.Picture.Density > 1 ? new XAttribute("class", "chart") : figure.Picture.Width <= ReportStyle.PaperWidth ? new XAttribute("class", "pixels") : null,
        new XAttribute("src", "data:image/png;base64," + Convert.ToBase64String(figure.Picture.ToPng())));

    internal static XElement Details(string summary, XElement body) =>
        new("details", Tag("summary", summary), new XElement("div", new XAttribute("class", "scroll"), body));
}
