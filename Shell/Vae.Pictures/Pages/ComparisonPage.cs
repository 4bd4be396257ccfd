using System.Globalization;
using System.Xml.Linq;

namespace Vae.Torch;

/// <summary>One page that shows models beside each other, complete in itself, in the look of a report.</summary>
internal static class ComparisonPage
{
    private const int MaxDimensions = 20;

    /// <summary>The page as HTML that is XML too.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="comparison">The figures.</param>
    /// <param name="figures">The pictures.</param>
    public static string Html(string title, Comparison comparison, ValueList<Figure> figures) => ReportPage.Page(title,
        ReportPage.Tag("p", Lead(comparison)),
        new XElement("section", ReportPage.Tag("h2", "Figures"), new XElement("div", new XAttribute("class", "scroll"), Table(comparison)), ReportPage.Tag("p", Notes(comparison), "fine")),
        ReportPage.Shown(figures),
        ReportPage.Details($"Each dimension of each model ({comparison.Models.Count})", Dimensions(comparison)));

    /// <summary>Writes the page; a reader sees the old file or the whole new one.</summary>
    public static void Save(string title, Comparison comparison, ValueList<Figure> figures, string path) => AtomicFile.WriteText(path, Html(title, comparison, figures));

    /// <summary>A figure of a group as mean ± deviation over its models, or the figure where there is one model; a dash where there is none.</summary>
    public static string Short(Summary? summary) => summary is null ? "—"
        : summary.Count == 1 ? Number(summary.Mean) : $"{Number(summary.Mean)} ± {Number(summary.Deviation)}";

    /// <summary>A number in about three places that count.</summary>
    public static string Number(double value) => (Math.Abs(value) switch
    {
        0 => "0",
        >= 1e5 or < 1e-4 => value.ToString("0.0e0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    }).Replace('-', '−');

    private static string Lead(Comparison of)
    {
        var groups = of.Groups.Select(group => (Name: group, Count: of.Models.Count(model => model.Group == group)));
        return $"{string.Join("; ", groups.Select(group => group.Count == 1 ? group.Name : $"{group.Name}, {group.Count} seeds"))}. Measured on {of.Examples.ToString("N0", CultureInfo.InvariantCulture)} test examples of {of.Data}.";
    }

    private static string Notes(Comparison of) => string.Join(' ', of.Notes)
        + (of.Models.Count > of.Groups.Count ? " Where a kind has several seeds: mean ± standard deviation over them, and from least to most." : "");

    private static XElement Table(Comparison of)
    {
        var marked = of.Metrics.Any(figure => figure.Real is not null);
        ValueList<string> head = ["", .. of.Groups, .. marked ? new[] { "real images" } : [], "what it says"];
        return new("table",
            new XElement("thead", new XElement("tr", head.Select((text, i) => ReportPage.Tag("th", text, i == 0 ? "" : i == head.Count - 1 ? "says" : "number")))),
            new XElement("tbody", of.Metrics.Select(figure => new XElement("tr",
                ReportPage.Tag("td", figure.Name, "name"), figure.Groups.Select(group => Cell(group)),
                marked ? ReportPage.Tag("td", figure.Real is { } real ? Number(real) : "", "number") : null, ReportPage.Tag("td", figure.Description, "says")))));
    }

    private static XElement Cell(Summary? summary) => new("td", new XAttribute("class", "number"),
        ReportPage.Tag("div", Short(summary)),
        summary is { Count: > 1 } ? ReportPage.Tag("div", $"{Number(summary.Low)} … {Number(summary.High)}", "fine") : null);

    private static XElement Dimensions(Comparison of) => ReportTables.Table(
        ["Model", "dimension", "mean", "variance", "skewness", "excess kurtosis"],
        of.Models.SelectMany(model => model.Dimensions.Take(MaxDimensions).Select((z, k) => (ValueList<string>)[
            k == 0 ? model.Name : "", $"{k}", Number(z.Mean), Number(z.Variance), Number(z.Skewness), Number(z.ExcessKurtosis)])));
}
