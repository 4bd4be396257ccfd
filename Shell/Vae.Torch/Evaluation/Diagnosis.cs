namespace Vae.Torch;

/// <summary>One latent dimension over a data set.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Kl">The mean KL to the prior; nats.</param>
/// <param name="MeanVariance">Var over x of E[z|x]; above 0.01 the dimension is active.</param>
/// <param name="Gap">KL of the aggregate posterior's moments to the prior; nats.</param>
/// <param name="Saturated">The part of examples whose ln σ² lies outside [−12, 6].</param>
public sealed record LatentFacts(int Index, double Kl, double MeanVariance, double Gap, double Saturated);

/// <summary>What is right and wrong with a run.</summary>
/// <param name="Dimensions">Ordered by KL, largest first.</param>
/// <param name="ActiveUnits">How many dimensions are active.</param>
/// <param name="Gap">KL of the aggregate posterior's moments to the prior, the sum over dimensions; nats.</param>
/// <param name="Findings">What deserves attention, with advice; empty for a healthy run.</param>
public sealed record Diagnosis(ValueList<LatentFacts> Dimensions, int ActiveUnits, double Gap, ValueList<string> Findings);

/// <summary>Diagnoses runs.</summary>
public static class Diagnoses
{
    private const double LowestLogVariance = -12, HighestLogVariance = 6;

    /// <summary>Of a model on a data set, with the run's history where there is one.</summary>
    public static Diagnosis Of(VaeModel model, Dataset data, Binarization binarization, ValueList<HistoryEntry> history, ulong seed = 0)
    {
        var encodings = new Evaluator(model, data, binarization, seed).Encode();
        int count = encodings.Means.Dims[0], size = encodings.Means.Dims[1];
        double[] kl = (NdArray.Sum(Normals.KlToStandardPerValue(encodings.Means, encodings.LogVariances), 0) / count).ToArray(),
            gaps = AggregatePosterior.GapToStandardNormal(encodings.Means, encodings.LogVariances).ToArray();
        var variances = ActiveUnits.Variances(encodings.Means);
        var saturated = Saturated(encodings.LogVariances.ToArray(), size);
        ValueList<LatentFacts> dimensions = ValueList.From(Enumerable.Range(0, size)
            .Select(i => new LatentFacts(i, kl[i], variances[i], gaps[i], saturated[i]))
            .OrderByDescending(facts => facts.Kl));
        var active = ActiveUnits.Count(encodings.Means);
        return new(dimensions, active, gaps.Sum(), Findings(dimensions, active, gaps.Sum(), history));
    }

    private static double[] Saturated(double[] logVariances, int size)
    {
        var outside = new double[size];
        for (var i = 0; i < logVariances.Length; i++)
            outside[i % size] += logVariances[i] is >= LowestLogVariance and <= HighestLogVariance ? 0 : 1;
        return Array.ConvertAll(outside, sum => sum * size / logVariances.Length);
    }

    private static ValueList<string> Findings(ValueList<LatentFacts> dimensions, int active, double gap, ValueList<HistoryEntry> history)
    {
        var findings = new List<string>();
        void Add(bool found, FormattableString text)
        {
            if (found)
                findings.Add(FormattableString.Invariant(text));
        }
        int size = dimensions.Count, saturated = dimensions.Count(d => d.Saturated > 0.01);
        Add(active == 0, $"posterior collapse: no latent dimension is active, so the decoder ignores z (try a β warm-up, a lower β, or a weaker decoder)");
        Add(active > 0 && active < size / 2.0, $"{size - active} of {size} latent dimensions are inactive (a smaller latent size would do, or a lower β or a warm-up would use more)");
        Add(saturated > 0, $"{saturated} dimensions have log-variances outside [{LowestLogVariance}, {HighestLogVariance}] (the posterior nears a point or has no bound: check the data's scale and the learning rate)");
        Add(gap > 1 && gap > 0.1 * dimensions.Sum(d => d.Kl), $"the aggregate posterior is {gap:0.00} nats from the prior by its moments alone, so draws from the prior fall where nothing was encoded (train longer, raise β, or use a richer prior)");
        Add(history.Any(entry => !entry.Train.AreFinite || !entry.Held.AreFinite), $"the history has loss terms that are not finite, first in epoch {history.FirstOrDefault(entry => !entry.Train.AreFinite || !entry.Held.AreFinite)?.Epoch}");
        Add(history.Count >= 2 && history[^1].Held.NegElbo > history.Min(entry => entry.Held.NegElbo) + 1,
            $"the held-out bound was {(history.Count > 0 ? history.Min(entry => entry.Held.NegElbo) : 0):0.00} at its best and is {(history.Count > 0 ? history[^1].Held.NegElbo : 0):0.00} now: overfitting (stop earlier with --validation and --patience, or regularize)");
        return ValueList.From(findings);
    }
}
