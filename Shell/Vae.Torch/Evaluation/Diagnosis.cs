namespace Vae.Torch;

/// <summary>One latent dimension over a data set. Null stands for what there is not: of an autoencoder's code, all that needs a distribution.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Kl">The mean KL to the prior; nats.</param>
/// <param name="MeanVariance">Var over x of E[z|x]; above 0.01 the dimension is active.</param>
/// <param name="Gap">KL of the aggregate posterior's moments to the prior; nats; null for a prior that is not N(0, I) and where the posterior's mean and variance are not known.</param>
/// <param name="Saturated">The part of examples whose ln σ² lies outside [−12, 6]; null where z is not of real numbers.</param>
public sealed record LatentFacts(int Index, double? Kl, double MeanVariance, double? Gap, double? Saturated);

/// <summary>What is right and wrong with a run.</summary>
/// <param name="Dimensions">Ordered by KL, largest first; of an autoencoder by variance.</param>
/// <param name="ActiveUnits">How many dimensions are active.</param>
/// <param name="Gap">KL of the aggregate posterior's moments to the prior, the sum over dimensions; nats; null as in the dimensions.</param>
/// <param name="ConditionDrop">How much worse the bound is with the conditions of other examples, nats; null for a model without a condition.</param>
/// <param name="LayerKl">The part of the KL that each level has, z₁ first, nats; none of a model without levels.</param>
/// <param name="Findings">What deserves attention, with advice; empty for a healthy run.</param>
[TypeFormatterSource(typeof(NumberFormatters))]
public sealed record Diagnosis(ValueList<LatentFacts> Dimensions, int ActiveUnits, double? Gap, double? ConditionDrop, ValueList<double> LayerKl, ValueList<string> Findings);

/// <summary>Diagnoses runs.</summary>
public static class Diagnoses
{
    private const double LowestLogVariance = -12, HighestLogVariance = 6, MinDrop = 0.05, MinLayerKl = 0.1;

    /// <summary>Of a model on a data set, with the run's history where there is one.</summary>
    public static Diagnosis Diagnose(EvaluationInput input, ValueList<HistoryEntry> history)
    {
        var (model, evaluator) = (input.Model, new Evaluator(input));
        var dimensions = model.Spec.Latent == 0 ? [] : Dimensions(model.Spec, evaluator);
        double? gap = dimensions.Any(d => d.Gap is not null) ? dimensions.Sum(d => d.Gap) : null,
            drop = model.Spec.Condition is Condition.None ? null : evaluator.ConditionDrop();
        var active = dimensions.Count(d => d.MeanVariance > ActiveUnits.Threshold);
        var levels = evaluator.KlPerLayer();
        var found = new Diagnosis(dimensions, active, gap, drop, levels, []);
        return found with { Findings = Findings(found, history, Posteriors.HasDensity(model.Spec.Posterior)) };
    }

    private static ValueList<LatentFacts> Dimensions(VaeSpec spec, Evaluator evaluator)
    {
        var encodings = evaluator.Encode();
        var variances = ActiveUnits.Variances(encodings.Means);
        if (!Posteriors.HasDensity(spec.Posterior))
            return ValueList.From(variances.Select((variance, i) => new LatentFacts(i, null, variance, null, null)).OrderByDescending(facts => facts.MeanVariance));
        var kl = evaluator.KlPerLatent();
        var posterior = spec.Posterior.Formulas();
        bool isReal = posterior.Support == Supports.Reals, hasGap = isReal && posterior.HasMoments && spec.Prior is Prior.StandardNormal;
        var gaps = AggregatePosterior.GapToStandardNormal(encodings.Means, encodings.LogVariances).ToArray();
        var saturated = Saturated(encodings.LogVariances.ToArray(), spec.Latent);
        return ValueList.From(Enumerable.Range(0, spec.Latent)
            .Select(i => new LatentFacts(i, kl.Count == 0 ? null : kl[i], variances[i], hasGap ? gaps[i] : null, isReal ? saturated[i] : null))
            .OrderByDescending(facts => facts.Kl ?? facts.MeanVariance));
    }

    private static double[] Saturated(double[] logVariances, int size)
    {
        var outside = new double[size];
        for (var i = 0; i < logVariances.Length; i++)
            outside[i % size] += logVariances[i] is >= LowestLogVariance and <= HighestLogVariance ? 0 : 1;
        return Array.ConvertAll(outside, sum => sum * size / logVariances.Length);
    }

    private static ValueList<string> Findings(Diagnosis of, ValueList<HistoryEntry> history, bool hasDensity)
    {
        var (dimensions, active, levels) = (of.Dimensions, of.ActiveUnits, of.LayerKl);
        var (gap, drop) = (of.Gap ?? 0, of.ConditionDrop);
        var findings = new List<string>();
        void Add(bool found, FormattableString text)
        {
            if (found)
                findings.Add(FormattableString.Invariant(text));
        }
        int size = dimensions.Count, saturated = dimensions.Count(d => d.Saturated > 0.01);
        var distributed = size > 0 && hasDensity;
        Add(size > 0 && active == 0 && !distributed, $"the code does not vary with the input, so the decoder gives the same for all (try a lower learning rate)");
        Add(distributed && active == 0, $"posterior collapse: no latent dimension is active, so the decoder ignores z (try a β warm-up, a lower β, or a weaker decoder)");
        Add(active > 0 && active < size / 2.0, $"{size - active} of {size} latent dimensions are inactive (a smaller latent size would do, or a lower β or a warm-up would use more)");
        if (levels.Count > 1)
            for (var level = 0; level < levels.Count; level++)
                Add(Math.Abs(levels[level]) < MinLayerKl, $"level {level + 1} of {levels.Count} is hardly used: its part of the KL is {levels[level]:0.00} nats (try a β warm-up, free bits, or fewer levels)");
        Add(drop < MinDrop, $"the condition is hardly used: with the conditions of other examples the bound is {drop:0.00} nats worse (check that the condition tells something of x that z does not)");
        Add(saturated > 0, $"{saturated} dimensions have log-variances outside [{LowestLogVariance}, {HighestLogVariance}] (the posterior nears a point or has no bound: check the data's scale and the learning rate)");
        Add(gap > 1 && gap > 0.1 * dimensions.Sum(d => d.Kl), $"the aggregate posterior is {gap:0.00} nats from the prior by its moments alone, so draws from the prior fall where nothing was encoded (train longer, raise β, or use a richer prior)");
        Add(history.Any(entry => !entry.Train.AreFinite || !entry.Validation.AreFinite), $"the history has loss terms that are not finite, first in epoch {history.FirstOrDefault(entry => !entry.Train.AreFinite || !entry.Validation.AreFinite)?.Epoch}");
        Add(history.Count >= 2 && history[^1].Validation.Criterion > history.Min(entry => entry.Validation.Criterion) + 1,
            $"the held-out loss was {(history.Count > 0 ? history.Min(entry => entry.Validation.Criterion) : 0):0.00} at its best and is {(history.Count > 0 ? history[^1].Validation.Criterion : 0):0.00} now: overfitting (stop earlier with --validation and --patience, or regularize)");
        var skipped = history.Sum(entry => entry.Skipped);
        Add(skipped > 0 && skipped > 0.05 * history[^1].Step, $"{skipped} of {(history.Count > 0 ? history[^1].Step : 0)} steps were left out, their gradients being beyond the limit: those are no outliers (raise the limit)");
        return ValueList.From(findings);
    }
}
