using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Events as aligned ASCII lines, the same on a terminal and in a log.</summary>
internal static class TextLines
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Format(TrainEvent.Started started) => string.Create(Invariant,
        $"{started.Experiment.Data.Source}: {started.Images:N0} examples, {started.Parameters:N0} parameters, {started.Route}"
        + $"{(started.Step > 0 ? $", resumed at step {started.Step:N0}" : "")}");

    /// <summary>A remark on the data or the model, with the options of the command.</summary>
    public static string Remark(string remark) => $"note: {OptionNames.Translate(remark)}";

    /// <summary>Column headings of the epoch lines, which are in nats per example.</summary>
    public static string Header(Experiment experiment) => Row(
        "epoch", Posteriors.HasDensity(experiment.Model.Posterior) ? "-ELBO train" : "loss train",
        experiment.Data.Validation > 0 ? "validation" : "test", Reconstruction(experiment.Model.Likelihood), "KL", "examples/s");

    public static string Format(HistoryEntry entry) => Row(
        entry.Epoch.ToString(Invariant), Nats(entry.Train.Criterion), Nats(entry.Validation.Criterion),
        Nats(entry.Validation.Reconstruction), Nats(entry.Validation.Kl), Whole(entry.ImagesPerSecond))
        + (entry.Skipped > 0 ? string.Create(Invariant, $"  {entry.Skipped:N0} skipped") : "")
        + (entry.Communication > 0 ? $"  {Communication(entry.Communication)}" : "");

    /// <summary>The share of the time in communication between ranks: <c>7% communication</c>.</summary>
    public static string Communication(double share) => string.Create(Invariant, $"{100 * share:0}% communication");

    public static string Format(TrainEvent.NotFinite notFinite) => string.Create(Invariant,
        $"step {notFinite.Step}: {notFinite.Term} must be finite, got {notFinite.Value}");

    public static string Format(TrainResult result) => string.Create(Invariant,
        $"{Name(result.Outcome)}: {result.Epochs} {(result.Epochs == 1 ? "epoch" : "epochs")} in {Duration(result.Seconds)}, "
        + $"{Whole(result.ImagesPerSecond)} examples/s");

    public static string Reconstruction(Likelihood likelihood) =>
        likelihood is Likelihood.Bernoulli { SoftTargets: true } ? "cross-entropy" : "reconstruction";

    /// <summary>A value with 2 decimals; <paramref name="none"/> for null.</summary>
    public static string Nats(double? value, string none = "-") =>
        value is not { } number ? none : double.IsFinite(number) ? number.ToString("0.00", Invariant) : "not finite";

    public static string Whole(double value) => value.ToString("N0", Invariant);

    /// <summary>A duration such as 42 s, 2:31 or 1:02:31, rounded to the second.</summary>
    public static string Duration(double seconds)
    {
        // TimeSpan is limited to about 10^12 seconds, and a speed of zero predicts more.
        if (!(seconds < 1e9))
            return "unknown time";
        var span = TimeSpan.FromSeconds(Math.Round(Math.Max(0, seconds)));
        return span.TotalSeconds < 60 ? string.Create(Invariant, $"{span.Seconds} s")
            : span.TotalHours < 1 ? string.Create(Invariant, $"{span.Minutes}:{span.Seconds:00}")
            : string.Create(Invariant, $"{Math.Floor(span.TotalHours):0}:{span.Minutes:00}:{span.Seconds:00}");
    }

    /// <summary>Text with control characters replaced by '?', so that a name in a downloaded file cannot control the terminal.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>Text in rows of at most a width, broken at spaces if possible.</summary>
    public static IEnumerable<string> Rows(string text, int width)
    {
        while (text.Length > width)
        {
            var space = text.LastIndexOf(' ', width);
            var end = space > 0 && !string.IsNullOrWhiteSpace(text[..space]) ? space : width;
            yield return text[..end].TrimEnd();
            text = text[end..].TrimStart();
        }
        yield return text;
    }

    private static string Name(Outcome outcome) => outcome == Outcome.StoppedEarly ? "stopped early" : $"{outcome}".ToLowerInvariant();

    private static string Row(string epoch, string train, string validation, string reconstruction, string kl, string speed) =>
        $"{epoch,5}  {train,11}  {validation,10}  {reconstruction,14}  {kl,8}  {speed,10}";
}
