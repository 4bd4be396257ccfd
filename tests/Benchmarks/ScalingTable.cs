using System.Globalization;
using System.Text;

namespace Vae.Benchmarks;

/// <summary>Curves as text.</summary>
internal static class ScalingTable
{
    private const string Begin = "<!-- scaling: begin -->\n", End = "<!-- scaling: end -->";

    /// <summary>Three lines a curve: sizes, times, and times over that of the smallest size.</summary>
    public static string Markdown(ValueList<ScalingCurve> curves)
    {
        var text = new StringBuilder();
        foreach (var curve in curves)
        {
            text.Append($"| {curve.Title}: {curve.Axis} |").AppendJoin("", curve.Points.Select(p => $" {p.Size} |")).Append('\n');
            text.Append("|---|").AppendJoin("", curve.Points.Select(_ => "---:|")).Append('\n');
            text.Append("| µs an image |").AppendJoin("", curve.Points.Select(p => $" {Text(p.Microseconds)} |")).Append('\n');
            text.Append("| over the smallest |")
                .AppendJoin("", curve.Points.Select(p => $" {Text(p.Microseconds / curve.Points[0].Microseconds)} |")).Append("\n\n");
        }
        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>Puts a table where a file has a place for it; a file without one stays as it is.</summary>
    public static void Renew(string path, string table)
    {
        if (!File.Exists(path))
            return;
        var text = File.ReadAllText(path);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin >= 0 && end > begin)
            AtomicFile.WriteText(path, text[..(begin + Begin.Length)] + table + text[end..]);
    }

    // Three figures are more than the noise leaves.
    private static string Text(double value) =>
        value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
