using System.Globalization;
using System.Xml.Linq;

namespace Vae.Torch;

/// <summary>Writes the report of a sweep: a self-contained page with a table, a rate–distortion plot and samples of each model.</summary>
internal static class SweepReports
{
    private const int Draws = 16, MaxPictures = 100;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>A reporter that writes <c>sweep.html</c> and, if a run has a KL, <c>rate-distortion.png</c>.</summary>
    public static ISweepReporter Html { get; } = new HtmlReporter();

    /// <summary>The rate–distortion plot; null if no run has a finite KL.</summary>
    internal static Picture? Plot(SweepResult sweep, int width = 900)
    {
        SweepRow[] rows = [
            .. sweep.Rows.Where(row => double.IsFinite(row.Test.Kl ?? double.NaN) && double.IsFinite(row.Test.Reconstruction))];
        return rows.Length == 0 ? null : Pictures.RateDistortion(
            [.. rows.Select(row => row.Test.Kl!.Value)], [.. rows.Select(row => row.Test.Reconstruction)],
            ValueList.From(rows.Select(row => row.Choices.Count == 0 ? row.Run : string.Join(", ", row.Choices))), width);
    }

    internal static string Page(SweepResult sweep)
    {
        var title = $"Sweep: {System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(sweep.Folder))}";
        var lead = $"{sweep.Rows.Count} of {sweep.Planned} runs; nats per example on the test set, with the kept weights. "
            + "Runs marked ● are on the Pareto front of KL and reconstruction.";
        var caption = "The KL of a code against the reconstruction loss. The line connects the Pareto front."
            + (sweep.Axes.Count > 0 ? $" Points are named by {string.Join(", ", sweep.Axes)}." : "");
        return ReportPage.Page(title, [
            ReportPage.Tag("p", lead),
            new XElement("div", new XAttribute("class", "scroll table"), Table(sweep)),
            .. SeedMeans(sweep),
            Plot(sweep) is not { } plot ? null
                : ReportPage.Shown(new Figure("Rate and distortion", caption, plot) { Narrow = Plot(sweep, ReportStyle.NarrowChart) }),
            .. Samples(sweep)]);
    }

    private static XElement Table(SweepResult sweep) => ReportTables.Table(
        ["Run", .. sweep.Axes, "−ELBO", "Reconstruction", "KL", "Active", "Epochs", "Time (s)", "Outcome", "Front"],
        sweep.Rows.Select(row => (ValueList<string>)[
            row.Run, .. row.Choices,
            ReportTables.Nats(row.Test.NegElbo), ReportTables.Nats(row.Test.Reconstruction), ReportTables.Nats(row.Test.Kl),
            row.ActiveUnits.ToString(Invariant), row.Epochs.ToString(Invariant), row.Seconds.ToString("0.0", Invariant),
            $"{row.Outcome}", row.Pareto ? "●" : ""]));

    // Runs that differ in their seed alone are one model.
    internal static IEnumerable<XElement> SeedMeans(SweepResult sweep)
    {
        var seed = sweep.Axes.ToList().IndexOf("seed");
        if (seed < 0)
            yield break;
        var groups = sweep.Rows.Where(row => row.Test.AreFinite)
            .GroupBy(row => ValueList.From(row.Choices.Where((_, axis) => axis != seed))).Where(group => group.Count() > 1).ToList();
        if (groups.Count == 0)
            yield break;
        yield return ReportPage.Tag("h2", "Means over seeds");
        yield return ReportPage.Tag("p", "Mean ± standard deviation over the runs of each setting.", "fine");
        yield return new XElement("div", new XAttribute("class", "scroll table"), ReportTables.Table(
            [.. sweep.Axes.Where((_, axis) => axis != seed), "Seeds", "−ELBO", "Reconstruction", "KL", "Active"],
            groups.Select(group => (ValueList<string>)[
                .. group.Key, group.Count().ToString(Invariant), Spread(group, row => row.Test.NegElbo),
                Spread(group, row => row.Test.Reconstruction), Spread(group, row => row.Test.Kl),
                Spread(group, row => row.ActiveUnits)])));
    }

    private static string Spread(IEnumerable<SweepRow> rows, Func<SweepRow, double?> number)
    {
        double[] values = [.. rows.Select(number).OfType<double>()];
        if (values.Length == 0)
            return "—";
        var mean = values.Average();
        var deviation = values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return string.Create(Invariant, $"{mean:0.00} ± {deviation:0.00}");
    }

    private static IEnumerable<XElement> Samples(SweepResult sweep)
    {
        foreach (var row in sweep.Rows.Take(MaxPictures))
        {
            var folder = RunFolder.Open(System.IO.Path.Combine(sweep.Folder, row.Run));
            var spec = folder.Experiment().Model;
            if (!RunPictures.CanShow(spec.Input) || !Posteriors.HasDensity(spec.Posterior) || RunPictures.NeedsData(spec.Condition))
                continue;
            using var model = folder.LoadModel();
            yield return ReportPage.Shown(new Figure($"Samples of {row.Run}", "", RunPictures.Samples(model, Draws, seed: 1)));
        }
    }

    private sealed class HtmlReporter : ISweepReporter
    {
        public void Write(SweepResult sweep)
        {
            if (Plot(sweep) is { } plot)
                plot.Save(System.IO.Path.Combine(sweep.Folder, "rate-distortion.png"));
            AtomicFile.WriteText(System.IO.Path.Combine(sweep.Folder, "sweep.html"), Page(sweep));
        }
    }
}
