using System.Globalization;
using System.Xml.Linq;

namespace Vae.Torch;

/// <summary>Writes the report of a sweep: a self-contained page with a table, a rate–distortion plot and samples of each model.</summary>
public static class SweepReports
{
    private const int Draws = 16, MaxPictures = 100;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>A reporter that writes <c>sweep.html</c> and, if a run has a KL, <c>rate-distortion.png</c>.</summary>
    public static ISweepReporter Html { get; } = new HtmlReporter();

    /// <summary>The rate–distortion plot; null if no run has a finite KL.</summary>
    internal static Picture? Plot(SweepResult sweep)
    {
        SweepRow[] rows = [
            .. sweep.Rows.Where(row => double.IsFinite(row.Test.Kl ?? double.NaN) && double.IsFinite(row.Test.Reconstruction))];
        return rows.Length == 0 ? null : Pictures.RateDistortion(
            [.. rows.Select(row => row.Test.Kl!.Value)], [.. rows.Select(row => row.Test.Reconstruction)],
            ValueList.From(rows.Select(row => row.Choices.Count == 0 ? row.Run : string.Join(", ", row.Choices))));
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
            new XElement("div", new XAttribute("class", "scroll"), Table(sweep)),
            Plot(sweep) is { } plot ? ReportPage.Shown(new Figure("Rate and distortion", caption, plot)) : null,
            .. Samples(sweep)]);
    }

    private static XElement Table(SweepResult sweep) => ReportTables.Table(
        ["Run", .. sweep.Axes, "−ELBO", "Reconstruction", "KL", "Active", "Epochs", "Time (s)", "Outcome", "Front"],
        sweep.Rows.Select(row => (ValueList<string>)[
            row.Run, .. row.Choices,
            ReportTables.Nats(row.Test.NegElbo), ReportTables.Nats(row.Test.Reconstruction), ReportTables.Nats(row.Test.Kl),
            row.ActiveUnits.ToString(Invariant), row.Epochs.ToString(Invariant), row.Seconds.ToString("0.0", Invariant),
            $"{row.Outcome}", row.Pareto ? "●" : ""]));

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
