using System.Globalization;

namespace Vae.Torch;

/// <summary>Statistics of one latent dimension over a data set. Null if not applicable, such as the KL of an autoencoder.</summary>
/// <param name="Index">Index of the dimension, from 0.</param>
/// <param name="Kl">Mean KL to the prior; nats.</param>
/// <param name="MeanVariance">Variance over x of E[z|x]; the dimension is active above 0.01.</param>
/// <param name="Gap">
/// KL from the aggregate posterior's moments to the prior; nats; null if the prior is not N(0, I) or the posterior has no closed-form
/// mean and variance.
/// </param>
/// <param name="Saturated">Fraction of examples whose ln σ² lies outside [−12, 6]; null if z is not real-valued.</param>
public sealed record LatentFacts(int Index, double? Kl, double MeanVariance, double? Gap, double? Saturated);

/// <summary>The health of a run: how its latent is used, and what deserves attention.</summary>
/// <param name="Dimensions">Latent dimensions, largest KL first; of an autoencoder, largest variance first.</param>
/// <param name="ActiveUnits">Number of active dimensions.</param>
/// <param name="Gap">Sum over dimensions of <see cref="LatentFacts.Gap"/>; nats; null if no dimension has it.</param>
/// <param name="ConditionDrop">Increase of −ELBO when examples swap conditions; nats; null for an unconditional model.</param>
/// <param name="LayerKl">KL of each stochastic layer, z₁ first; nats; empty for a model without a hierarchy.</param>
/// <param name="Findings">Problems found, with advice; empty for a healthy run.</param>
[TypeFormatterSource(typeof(NumberFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record Diagnosis(
    ValueList<LatentFacts> Dimensions, int ActiveUnits, double? Gap, double? ConditionDrop, ValueList<double> LayerKl,
    ValueList<string> Findings);

/// <summary>Diagnoses runs.</summary>
public static class Diagnoses
{
    private const double LowestLogVariance = -12, HighestLogVariance = 6, MinDrop = 0.05, MinLayerKl = 0.1;

    /// <summary>Diagnoses a model on a data set and in the history of its training.</summary>
    /// <param name="input">The model and the examples to diagnose it on.</param>
    /// <param name="history">The run's epochs; empty if unknown.</param>
    /// <returns>Statistics of each latent dimension, and findings with advice.</returns>
    public static Diagnosis Diagnose(EvaluationInput input, ValueList<HistoryEntry> history)
    {
        var (model, evaluator) = (input.Model, new Evaluator(input));
        var dimensions = model.Spec.Latent == 0 ? [] : Dimensions(model.Spec, evaluator);
        double? gap = dimensions.Any(d => d.Gap is not null) ? dimensions.Sum(d => d.Gap) : null,
            drop = model.Spec.Condition is Condition.None ? null : evaluator.ConditionDrop();
        var active = dimensions.Count(d => d.MeanVariance > ActiveUnits.Threshold);
        var layers = evaluator.KlPerLayer();
        var found = new Diagnosis(dimensions, active, gap, drop, layers, []);
        return found with { Findings = Findings(found, history, Posteriors.HasDensity(model.Spec.Posterior)) };
    }

    private static ValueList<LatentFacts> Dimensions(VaeSpec spec, Evaluator evaluator)
    {
        var encodings = evaluator.Encode();
        var variances = ActiveUnits.Variances(encodings.Means);
        if (!Posteriors.HasDensity(spec.Posterior))
            return ValueList.From(variances.Select((variance, i) => new LatentFacts(i, null, variance, null, null))
                .OrderByDescending(facts => facts.MeanVariance));
        var kl = evaluator.KlPerLatent();
        var posterior = spec.Posterior.Formulas();
        bool isReal = posterior.Support == Supports.Reals, hasGap = isReal && posterior.HasMoments && spec.Prior is Prior.StandardNormal;
        var gaps = AggregatePosterior.GapToStandardNormal(encodings.Means, encodings.LogVariances).ToArray();
        var saturated = Saturated(encodings.LogVariances.ToArray(), spec.Latent);
        return ValueList.From(Enumerable.Range(0, spec.Latent)
            .Select(i => new LatentFacts(
                i, kl.Count == 0 ? null : kl[i], variances[i], hasGap ? gaps[i] : null, isReal ? saturated[i] : null))
            .OrderByDescending(facts => facts.Kl ?? facts.MeanVariance));
    }

    private static double[] Saturated(double[] logVariances, int size)
    {
        var outside = new double[size];
        for (var i = 0; i < logVariances.Length; i++)
            outside[i % size] += logVariances[i] is >= LowestLogVariance and <= HighestLogVariance ? 0 : 1;
        return Array.ConvertAll(outside, sum => sum * size / logVariances.Length);
    }

    private static ValueList<string> Findings(Diagnosis diagnosis, ValueList<HistoryEntry> history, bool hasDensity)
    {
        ValueList<string> ofHistory = history.Count == 0 ? [] : [.. HistoryFindings(history)];
        return [.. LatentFindings(diagnosis, hasDensity), .. UseFindings(diagnosis), .. ofHistory];
    }

    private static IEnumerable<string> LatentFindings(Diagnosis diagnosis, bool hasDensity)
    {
        var (size, active) = (diagnosis.Dimensions.Count, diagnosis.ActiveUnits);
        if (size > 0 && active == 0 && !hasDensity)
            yield return "the code does not vary with the input, so every input is decoded to the same output (try a lower learning rate)";
        if (size > 0 && active == 0 && hasDensity)
            yield return "posterior collapse: no latent dimension is active, so the decoder ignores z "
                + "(try a β warm-up, a lower β, or a weaker decoder)";
        if (active > 0 && active < size / 2.0)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{size - active} of {size} latent dimensions are inactive "
                + $"(use a smaller latent, or activate more with a lower β or a warm-up)");
    }

    private static IEnumerable<string> UseFindings(Diagnosis diagnosis)
    {
        var (layers, drop, gap) = (diagnosis.LayerKl, diagnosis.ConditionDrop, diagnosis.Gap ?? 0);
        for (var layer = 0; layers.Count > 1 && layer < layers.Count; layer++)
            if (Math.Abs(layers[layer]) < MinLayerKl)
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"stochastic layer {layer + 1} of {layers.Count} is hardly used: its KL is {layers[layer]:0.00} nats "
                    + $"(try a β warm-up, free bits, or fewer stochastic layers)");
        if (drop < MinDrop)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the condition is hardly used: swapping conditions between examples raises −ELBO by only {drop:0.00} nats "
                + $"(check that the condition carries information about x that z does not)");
        if (diagnosis.Dimensions.Count(d => d.Saturated > 0.01) is > 0 and var saturated)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{saturated} of {diagnosis.Dimensions.Count} dimensions have log-variances outside "
                + $"[{LowestLogVariance}, {HighestLogVariance}] "
                + $"(the posterior shrinks to a point or grows without bound: check the data's scale and the learning rate)");
        if (gap > 1 && gap > 0.1 * diagnosis.Dimensions.Sum(d => d.Kl))
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the aggregate posterior's moments alone are {gap:0.00} nats from the prior, so draws from the prior fall "
                + $"where nothing was encoded (train longer, raise β, or use a richer prior)");
    }

    private static IEnumerable<string> HistoryFindings(ValueList<HistoryEntry> history)
    {
        if (history.FirstOrDefault(entry => !entry.Train.AreFinite || !entry.Validation.AreFinite) is { } broken)
            yield return $"the history has loss terms that are not finite, first in epoch {broken.Epoch}";
        var (best, last) = (history.Min(entry => entry.Validation.Criterion), history[^1].Validation.Criterion);
        if (last > best + 1)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the validation loss was {best:0.00} at its best and is {last:0.00} now: overfitting "
                + $"(stop earlier with data.validation and train.stopping, or regularize)");
        var (skipped, steps) = (history.Sum(entry => entry.Skipped), history[^1].Step);
        if (skipped > 0.05 * steps)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{skipped} of {steps} steps were skipped because their gradient exceeded the limit: too many to be outliers "
                + $"(raise the limit)");
    }
}
