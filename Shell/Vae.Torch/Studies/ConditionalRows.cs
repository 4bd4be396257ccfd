using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What a cell of a drawn row must be.</summary>
/// <param name="Column">The column.</param>
/// <param name="At">Where its numbers begin in a row.</param>
/// <param name="Holds">Whether the column's numbers meet it.</param>
internal sealed record CellRule(TableColumn Column, int At, Func<double[], bool> Holds);

/// <summary>Rows that meet conditions.</summary>
/// <param name="Values">[count, W], flat.</param>
/// <param name="EffectiveSize">(Σ w)² / Σ w² of the codes that the rows are resampled from.</param>
internal sealed record ConditionalDraw(float[] Values, double EffectiveSize);

/// <summary>
/// Draws rows given some of their cells. Columns are independent given z, so codes from the prior, or from a sampler, are weighted by the
/// probability of the conditions, which a number of draws of each code estimates without bias, and resampled by the weights; a conditioned
/// cell is then one of its code's draws that meet the condition.
/// </summary>
internal static class ConditionalRows
{
    /// <summary>The least effective number of codes for which rows are given.</summary>
    public const int MinEffective = 50;

    // Draws of each code, and the most numbers held at once.
    private const int Draws = 20, MaxCodes = 50_000, MinCodes = 5000, MaxNumbers = 1 << 26;

    /// <summary>Draws rows that meet all rules; a function of the seed. Without a sampler, codes are from the prior.</summary>
    /// <exception cref="VaeException">So few codes meet the rules that the rows would be copies of each other.</exception>
    public static ConditionalDraw Draw(VaeModel model, RowRequest request, ValueList<CellRule> rules, FittedSampler? sampler = null)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        var width = (int)Likelihoods.MeanShape(model.Spec.Likelihood, model.Spec.Input).Size;
        var count = Math.Max(1, Math.Min(Math.Clamp(request.Count, MinCodes, MaxCodes), MaxNumbers / Draws / width));
        var codes = sampler?.Codes(count, request.Seed) ?? RowDraws.PriorCodes(model, count, request.Seed, null);
        List<Weighed> weighed = [];
        for (var start = 0; start < count; start += BatchSource.EvaluatedAtOnce)
        {
            using var inner = NewDisposeScope();
            var some = Math.Min(BatchSource.EvaluatedAtOnce, count - start);
            var values = RowDraws.Of(
                model, codes.narrow(0, start, some).repeat_interleave(Draws, 0), null,
                KeyedRandom.FromSeed(request.Seed).Fold(start));
            for (var i = 0; i < some; i++)
                if (Weighed.Create(values.AsMemory(i * Draws * width, Draws * width), width, rules) is { Weight: > 0 } one)
                    weighed.Add(one);
        }
        double sum = weighed.Sum(one => one.Weight), squares = weighed.Sum(one => one.Weight * one.Weight);
        var effective = squares == 0 ? 0 : sum * sum / squares;
        return effective >= MinEffective ? new(Resampled(weighed, sum, request, rules), effective) : throw new VaeException(
            "given: must be conditions that rows of the model meet, "
            + $"got {string.Join(", ", rules.Select(rule => rule.Column.Name))} with an effective "
            + $"sample size of {effective:0.#} in {count:N0} codes, of at least {MinEffective} (leave out a condition or widen it)");
    }

    private static float[] Resampled(List<Weighed> weighed, double sum, RowRequest request, ValueList<CellRule> rules)
    {
        var random = KeyedRandom.FromSeed(request.Seed).Fold(-1);
        List<float> values = [];
        // Systematic resampling: one uniform number for all rows; Kitagawa 1996.
        var (at, reached, step) = (0, weighed[0].Weight, sum / request.Count);
        for (var row = 0; row < request.Count; row++)
        {
            var aim = (row + random.Uniform(0)) * step;
            while (reached < aim && at < weighed.Count - 1)
                reached += weighed[++at].Weight;
            values.AddRange(weighed[at].Row(rules, random.Fold(row)));
        }
        return [.. values];
    }

    /// <summary>The draws of one code, and which of them meet each rule.</summary>
    private sealed record Weighed(ReadOnlyMemory<float> Values, int Width, List<int[]> Met, double Weight)
    {
        public static Weighed Create(ReadOnlyMemory<float> values, int width, ValueList<CellRule> rules)
        {
            List<int[]> met = [.. rules.Select(rule =>
                Enumerable.Range(0, Draws).Where(draw => rule.Holds(Numbers(values, width, draw, rule))).ToArray())];
            return new(values, width, met, met.Aggregate(1.0, (product, draws) => product * draws.Length / Draws));
        }

        public float[] Row(ValueList<CellRule> rules, KeyedRandom random)
        {
            var row = Values.Slice(random.Below(Draws, 0) * Width, Width).ToArray();
            for (var i = 0; i < rules.Count; i++)
            {
                var draw = Met[i][random.Below(Met[i].Length, i + 1)];
                Values.Span.Slice(draw * Width + rules[i].At, rules[i].Column.Kind.Width).CopyTo(row.AsSpan(rules[i].At));
            }
            return row;
        }

        private static double[] Numbers(ReadOnlyMemory<float> values, int width, int draw, CellRule rule) =>
            Array.ConvertAll(values.Slice(draw * width + rule.At, rule.Column.Kind.Width).ToArray(), value => (double)value);
    }
}
