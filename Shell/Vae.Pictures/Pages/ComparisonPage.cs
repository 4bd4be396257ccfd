using System.Globalization;
using System.Xml.Linq;

namespace Vae.Torch;

/// <summary>A self-contained HTML page that compares models, in the style of a run's report.</summary>
internal static class ComparisonPage
{
    private const int MaxDimensions = 20;

    /// <summary>The page as HTML that is also well-formed XML.</summary>
    /// <param name="title">Heading of the page.</param>
    /// <param name="comparison">The metrics.</param>
    /// <param name="figures">The pictures.</param>
    public static string Html(string title, Comparison comparison, ValueList<Figure> figures) => ReportPage.Page(title,
        ReportPage.Tag("p", Lead(comparison)),
        new XElement(
            "section", ReportPage.Tag("h2", "Metrics"),
            new XElement("div", new XAttribute("class", "scroll"), Table(comparison)), ReportPage.Tag("p", Notes(comparison), "fine")),
        ReportPage.Shown(figures),
        ReportPage.Details($"Each dimension of each model ({comparison.Models.Count})", Dimensions(comparison)));

    /// <summary>Writes the page atomically: a reader sees the old file or the complete new one.</summary>
    public static void Save(string title, Comparison comparison, ValueList<Figure> figures, string path) =>
        AtomicFile.WriteText(path, Html(title, comparison, figures));

    /// <summary>A metric of a group: mean ± deviation over its models, the value of a single model, or a dash for null.</summary>
    public static string Short(Summary? summary) => summary is null ? "—"
        : summary.Count == 1 ? Number(summary.Mean) : $"{Number(summary.Mean)} ± {Number(summary.Deviation)}";

    /// <summary>The difference of two groups: mean ± standard error and p-value, or nothing.</summary>
    public static string Short(PairedDifference? difference) => difference is null ? ""
        : $"{Number(difference.Mean)} ± {Number(difference.StandardError)}, p "
            + (difference.P < 0.001 ? "< 0.001" : difference.P.ToString("0.000", CultureInfo.InvariantCulture));

    /// <summary>A number with about three significant digits.</summary>
    public static string Number(double value) => (Math.Abs(value) switch
    {
        0 => "0",
        >= 1e5 or < 1e-4 => value.ToString("0.0e0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    }).Replace('-', '−');

    private static string Lead(Comparison comparison)
    {
        var counted = comparison.Groups.Select(group => (Name: group, Count: comparison.Models.Count(model => model.Group == group)));
        var names = string.Join("; ", counted.Select(group => group.Count == 1 ? group.Name : $"{group.Name}, {group.Count} seeds"));
        var examples = comparison.Examples.ToString("N0", CultureInfo.InvariantCulture);
        return $"{names}. Measured on {examples} test examples of {comparison.Data}.";
    }

    private static string Notes(Comparison comparison) => string.Join(' ', comparison.Notes)
        + (comparison.Models.Count > comparison.Groups.Count
            ? " For models with several seeds: mean ± standard deviation, and minimum … maximum, over seeds." : "") + DifferenceNote(comparison);

    /// <summary>How to read the differences; empty if there are none.</summary>
    public static string DifferenceNote(Comparison comparison) => HasDifferences(comparison)
        ? $" Difference: {comparison.Groups[1]} minus {comparison.Groups[0]}, mean ± standard error over seeds that both have, with the "
            + "p-value of a paired t-test." : "";

    /// <summary>Whether some metric has a difference between groups.</summary>
    public static bool HasDifferences(Comparison comparison) => comparison.Metrics.Any(metric => metric.Difference is not null);

    private static XElement Table(Comparison comparison)
    {
        var hasReal = comparison.Metrics.Any(metric => metric.Real is not null);
        var differs = HasDifferences(comparison);
        ValueList<string> head = ["", .. comparison.Groups, .. differs ? new[] { "difference" } : [], .. hasReal ? new[] { "real images" } : [], "description"];
        string Kind(int column) => column == 0 ? "" : column == head.Count - 1 ? "says" : "number";
        XElement Row(ComparedMetric metric) => new("tr",
            ReportPage.Tag("td", metric.Name, "name"), metric.Groups.Select(group => Cell(group)),
            differs ? ReportPage.Tag("td", Short(metric.Difference), "number") : null,
            hasReal ? ReportPage.Tag("td", metric.Real is { } real ? Number(real) : "", "number") : null,
            ReportPage.Tag("td", metric.Description, "says"));
        return new("table",
            new XElement("thead", new XElement("tr", head.Select((text, i) => ReportPage.Tag("th", text, Kind(i))))),
            new XElement("tbody", comparison.Metrics.Select(Row)));
    }

    private static XElement Cell(Summary? summary) => new("td", new XAttribute("class", "number"),
        ReportPage.Tag("div", Short(summary)),
        summary is { Count: > 1 } ? ReportPage.Tag("div", $"{Number(summary.Low)} … {Number(summary.High)}", "fine") : null);

    private static XElement Dimensions(Comparison comparison) => ReportTables.Table(
        ["Model", "dimension", "mean", "variance", "skewness", "excess kurtosis"],
        comparison.Models.SelectMany(model => model.Dimensions.Take(MaxDimensions).Select((z, k) => (ValueList<string>)[
            k == 0 ? model.Name : "", $"{k}", Number(z.Mean), Number(z.Variance), Number(z.Skewness), Number(z.ExcessKurtosis)])));
}
