using System.Globalization;
using System.Xml.Linq;
using static System.FormattableString;

namespace Vae.Torch;

/// <summary>The part of a run's report about its table.</summary>
internal static class TableSections
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Tables and pictures of a comparison; <paramref name="codes"/> is null for a model without a latent.</summary>
    public static IEnumerable<XElement> Create(TableReport report, TableSchema schema, Figure? codes)
    {
        yield return ReportPage.Tag("h2", "Synthetic rows against real ones");
        yield return Facts(report);
        yield return ReportPage.Shown(new Figure("Distributions", "Each column in real and in synthetic rows, with the Kolmogorov–Smirnov "
            + "distance of numbers or the total variation distance of classes: 0 for the same distribution, 1 for separate ones.",
            TablePictures.Marginals(report)));
        yield return ReportPage.Shown(new Figure("Dependencies", "Correlation of two numbers, correlation ratio of a number and a class, "
            + "Cramér's V of two classes; blue is positive, vermilion negative, grey unknown.", TablePictures.Associations(report)));
        if (report.Closest is { } closest)
            yield return ReportPage.Shown(new Figure("Privacy", "Quantiles of the distance to the closest training row. Synthetic rows "
                + "that are closer than held-out ones are copies of training rows.", TablePictures.Closest(closest)));
        if (report.Transfer.Count > 0)
            yield return Section("Train on synthetic, test on real",
                "Each column is predicted from the others on held-out rows, by trees fitted to real and to synthetic rows: the fraction of "
                    + "right classes, or R² of ranks.", Transfer(report));
        if (report.Missing.Count > 0)
            yield return Section("Missing cells", "Columns that are missing together, and in how many real rows.", Missing(report));
        if (report.Anomalies.Count > 0)
            yield return Section("Least probable test rows",
                "−ln p(x) in nats, and the columns with the largest parts in it.", Anomalies(report, schema));
        if (codes is not null)
            yield return ReportPage.Shown(codes);
    }

    private static XElement Section(string title, string caption, XElement table) => new("figure",
        ReportPage.Tag("h3", title), new XElement("div", new XAttribute("class", "scroll"), table), ReportPage.Tag("figcaption", caption));

    private static XElement Facts(TableReport report)
    {
        List<ValueList<string>> rows = [
            ["Rows", Invariant($"{report.Training:N0} for training, {report.HeldOut:N0} held out, {report.Synthetic:N0} synthetic"),
                $"Codes are drawn from {report.Sampler}."],
            ["Mean distance of columns", Text(report.Columns.Average(column => column.Distance)), "0 is best."],
            ["Mean difference of dependencies", Text(report.Associations.MeanDifference), "0 is best."]];
        if (report.TwoSample is { } areas)
            rows.Add(["Two-sample AUC", Invariant($"{areas.Forest:0.00} by trees, {areas.Quadratic:0.00} by a quadratic regression"),
                "How well a classifier tells real from synthetic rows: 0.5 is chance, 1 is perfect."]);
        if (report.Closest is { } closest)
            rows.Add(["Closer to training rows", Text(closest.Closer), "Probability that a synthetic row is closer to a training row "
                + "than a held-out row is: about 0.5 without copying; "
                + Invariant($"{closest.Copies:0.#%} of synthetic and {closest.HeldOutCopies:0.#%} of held-out rows equal one.")]);
        XElement Row(ValueList<string> row) => new("tr",
            ReportPage.Tag("td", row[0], "name"), ReportPage.Tag("td", row[1], "name"), ReportPage.Tag("td", row[2], "says"));
        return new("div", new XAttribute("class", "scroll"), new XElement("table", new XElement("tbody", rows.Select(Row))));
    }

    private static XElement Transfer(TableReport report) => ReportTables.Table(
        ["Column", "Measure", "Fitted to real rows", "Fitted to synthetic rows", "Constant", "Tested rows"],
        report.Transfer.Select(score => (ValueList<string>)[
            score.Column, score.IsAccuracy ? "right" : "R²", Score(score, score.Real), Score(score, score.Synthetic),
            Score(score, score.Baseline), score.Tested.ToString("N0", Culture)]), textColumns: 2);

    private static string Score(TransferScore score, double value) => value.ToString(score.IsAccuracy ? "0.0%" : "0.00", Culture);

    private static XElement Missing(TableReport report)
    {
        var all = report.Training + report.HeldOut;
        return ReportTables.Table(["Missing", "Rows", "Share"], report.Missing.Select(pattern => (ValueList<string>)[
            pattern.Columns.Count == 0 ? "nothing" : string.Join(", ", pattern.Columns), pattern.Rows.ToString("N0", Culture),
            ((double)pattern.Rows / all).ToString("0.#%", Culture)]));
    }

    private static XElement Anomalies(TableReport report, TableSchema schema)
    {
        string[] names = [.. schema.Modelled.Select(column => column.Name)];
        string Parts(RowAnomaly row) => string.Join(", ", row.Shares.Select(share => Invariant($"{share.Column} {share.Nats:0.0}")));
        return ReportTables.Table(["Test row", "Largest parts", "−ln p(x)", .. names], report.Anomalies.Select(row => (ValueList<string>)[
            row.Row.ToString(Culture), Parts(row),
            row.Score.ToString("0.0", Culture), .. row.Cells.Select(cell => cell.Length == 0 ? "—" : cell)]), textColumns: 2);
    }

    private static string Text(double value) => value.ToString("0.000", Culture);
}
