using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vae.Benchmarks;

/// <summary>The turns of one contestant, one a round.</summary>
internal sealed record Turns(string Who, int Batch, Ready Ready, ValueList<Turn> All)
{
    public double ImagesPerSecond => Figures.Median(All.Select(Rate));

    public double ResidentMiB => All[^1].Resident / (double)(1 << 20);

    public double AllocatedPerStep => Figures.Median(All.Select(turn => turn.Allocated / (double)turn.Steps));

    /// <summary>The speed over another's in the same round, the median over rounds: what else the machine did slowed both.</summary>
    public double Over(Turns other) =>
        Figures.Median(All.Zip(other.All, (ours, theirs) => Rate(ours) / other.Rate(theirs)));

    private double Rate(Turn turn) => turn.Steps * Batch / turn.Seconds;
}

/// <summary>What the comparison says of one model.</summary>
/// <param name="ImagesPerSecond">Of ours while training, data path included.</param>
/// <param name="OverBaseline">This project's speed over the baseline's.</param>
/// <param name="OverFloor">Our speed over that of the matrix products alone.</param>
/// <param name="ResidentMiB">Of a process that does ours alone.</param>
internal sealed record Summary(double ImagesPerSecond, double OverBaseline, double OverFloor, double ResidentMiB);

/// <summary>From turns to figures.</summary>
internal static class Figures
{
    /// <summary>The middle value, or the mean of the middle two; at least one value.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>One line: an object of models, each an object of figures.</summary>
    public static string Json(IEnumerable<(string Model, Summary Figures)> summaries) => new JsonObject(summaries.Select(s =>
        KeyValuePair.Create(s.Model, (JsonNode?)new JsonObject
        {
            ["imagesPerSecond"] = Math.Round(s.Figures.ImagesPerSecond),
            ["overBaseline"] = Math.Round(s.Figures.OverBaseline, 3),
            ["overFloor"] = Math.Round(s.Figures.OverFloor, 3),
            ["residentMiB"] = Math.Round(s.Figures.ResidentMiB, 1),
        }))).ToJsonString(JsonSerializerOptions.Default);
}
