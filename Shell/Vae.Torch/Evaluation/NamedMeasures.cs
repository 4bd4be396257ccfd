using System.Globalization;
using TorchSharp;

namespace Vae.Torch;

/// <summary>What to measure, and how much work a measure may take.</summary>
/// <param name="Input">The model and its test examples.</param>
/// <param name="Data">The whole data set: samplers are fitted to its training part, and a classifier of draws is trained on it.</param>
/// <param name="Number">Of draws or importance samples, for a measure that takes a number; ≥ 1.</param>
/// <param name="Sampler">Where the codes of decoded draws come from; the prior by default.</param>
/// <param name="Annealing">How annealed importance sampling works.</param>
/// <param name="AnnealedExamples">Test examples that are annealed; ≥ 1.</param>
internal sealed record MeasureRequest(
    EvaluationInput Input, DataSplit Data, int Number = 1, Sampler? Sampler = null,
    AnnealingOptions? Annealing = null, int AnnealedExamples = 50);

/// <summary>A metric of a trained model, or several that belong together, by the name that claims and the command use.</summary>
/// <param name="Name">As in <c>nll</c>.</param>
/// <param name="Counted">What a number after the name and a colon counts; empty if the measure takes none.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Measure">A number, or a record of several; <see cref="VaeException"/> where the model or its data has none.</param>
internal sealed record NamedMeasure(
    string Name, string Counted, Func<MeasureRequest, string> Title, Func<MeasureRequest, CancellationToken, object> Measure);

/// <summary>The measures that have a name.</summary>
internal static class NamedMeasures
{
    /// <summary>Measures that give one number: what a claim can be about.</summary>
    public static ValueList<NamedMeasure> Numbers { get; } = [
        Number("negElbo", "DRAWS", (asked, _) => Bound(new(asked.Input), asked.Number)),
        Number("continuousBernoulli", "DRAWS", (asked, _) => ContinuousBernoulli(asked.Input, asked.Number)),
        Number("nll", "SAMPLES", (asked, stop) => new Evaluator(asked.Input).Nll(asked.Number, stop)),
        Number("priorNll", "SAMPLES", (asked, stop) => new Evaluator(asked.Input).PriorNll(asked.Number, stop)),
        Number("activeUnits", "", (asked, _) => ActiveUnits.Count(new Evaluator(asked.Input).Encode().Means)),
        Number("mig", "", (asked, _) => MutualInformationGap.Compute(new Evaluator(asked.Input).Encode().Means, Factors(asked.Input.Data)))];

    /// <summary>Measures that give a record of several numbers.</summary>
    public static ValueList<NamedMeasure> Groups { get; } = [
        new("information", "", _ => "information, nats per example", (asked, stop) => Measures.Information(asked.Input, stop)),
        new("samples", "", asked => $"draws from {Samplers.Name(asked.Sampler ?? Samplers.Prior)}, as a classifier sees them", Drawn),
        new("ais", "", _ => "annealed importance sampling, nats per example",
            (asked, stop) => Measures.Annealed(asked.Input, asked.AnnealedExamples, asked.Annealing, stop)),
        new("disentanglement", "",
            asked => $"disentanglement of {string.Join(", ", Measures.Factors(asked.Input.Data).Select(factor => factor.Name))}",
            (asked, _) => Disentanglement(asked.Input))];

    /// <summary>How the numbers are written: names, with <c>:DRAWS</c> or <c>:SAMPLES</c> after those that take a number.</summary>
    public static ValueList<string> NumberForms { get; } =
        ValueList.From(Numbers.Select(measure => measure.Counted.Length == 0 ? measure.Name : $"{measure.Name}:{measure.Counted}"));

    /// <summary>A measure of one number, and its count, from text such as <c>nll:5000</c>.</summary>
    /// <exception cref="VaeException">The text names no such measure.</exception>
    public static (NamedMeasure Measure, int Count) FindNumber(string text)
    {
        var parts = text.Split(':');
        var count = 1;
        return Numbers.FirstOrDefault(measure => measure.Name == parts[0]) is { } known
            && parts.Length <= (known.Counted.Length == 0 ? 1 : 2)
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count))
            ? (known, count)
            : throw new VaeException($"measure: must be one of {string.Join(", ", NumberForms)}, got {text}");
    }

    private static NamedMeasure Number(string name, string counted, Func<MeasureRequest, CancellationToken, double> measure) =>
        new(name, counted, _ => name, (asked, stop) => measure(asked, stop));

    private static double Bound(Evaluator evaluator, int draws) =>
        evaluator.Terms(draws).NegElbo ?? throw new VaeException("measure: negElbo needs a posterior that is a distribution, got a point");

    // Cross-entropy is no density of grey values: only under the one density do bounds compare.
    private static double ContinuousBernoulli(EvaluationInput input, int draws)
    {
        var model = input.Model;
        if (model.Spec.Likelihood is not (Likelihood.Bernoulli or Likelihood.ContinuousBernoulli))
            throw new VaeException(
                $"measure: continuousBernoulli needs a decoder of its logits, got {Likelihoods.Name(model.Spec.Likelihood)}");
        using var other = new VaeModel(model.Spec.With(likelihood: Likelihoods.ContinuousBernoulli), device: model.Device);
        using var held = torch.no_grad();
        other.Weights.Flat.copy_(model.Weights.Flat);
        return Bound(new(input with { Model = other }), draws);
    }

    private static ValueList<KnownFactor> Factors(Dataset test) => Measures.Factors(test) is { Count: >= 2 } known ? known
        : throw new VaeException($"measure: mig needs data whose factors are known, as {EmbeddedSprites.Name} are, got {test.Name}");

    private static SampleMeasures Drawn(MeasureRequest asked, CancellationToken stop)
    {
        var input = asked.Input;
        using var fitted = input.Model.Fit(asked.Sampler ?? Samplers.Prior, asked.Data.Train, input.Binarization, input.Seed, stop);
        return Measures.Samples(fitted, asked.Data, input.Seed, stop);
    }

    private static DisentanglementScores Disentanglement(EvaluationInput input) => Measures.Factors(input.Data) is { Count: > 0 } factors
        ? Measures.Disentanglement(input, factors)
        : throw new VaeException(
            "metrics: disentanglement needs data with known factors (sprites, or whole numbers as the key c of an .npz), "
            + $"got {input.Data.Name}");
}
