using System.Globalization;
using TorchSharp;

namespace Vae.Torch;

/// <summary>The model to measure, and the settings of measures.</summary>
/// <param name="Input">The model and its test examples.</param>
/// <param name="Data">The whole data set; samplers and evaluation classifiers are trained on its training part.</param>
/// <param name="Number">Number of draws or importance samples, for measures that take one; ≥ 1.</param>
/// <param name="Sampler">The distribution of the codes to decode; the prior by default.</param>
/// <param name="Annealing">Settings of annealed importance sampling; null for the defaults.</param>
/// <param name="AnnealedExamples">Number of test examples for annealed importance sampling; ≥ 1.</param>
/// <param name="Folder">The folder of the run that trained the model, which may hold more than the model; null for none.</param>
internal sealed record MeasureRequest(
    EvaluationInput Input, DataSplit Data, int Number = 1, Sampler? Sampler = null,
    AnnealingOptions? Annealing = null, int AnnealedExamples = 50, RunFolder? Folder = null);

/// <summary>A metric of a trained model, or a group of related metrics, under the name that claims and the command use.</summary>
/// <param name="Name">The name, such as <c>nll</c>.</param>
/// <param name="Counted">What the number after the name and a colon counts; empty if the measure takes none.</param>
/// <param name="Title">A heading for people.</param>
/// <param name="Measure">Computes a number or a record of several; throws <see cref="VaeException"/> if the measure does not apply.</param>
internal sealed record NamedMeasure(
    string Name, string Counted, Func<MeasureRequest, string> Title, Func<MeasureRequest, CancellationToken, object> Measure);

/// <summary>The measures, by name.</summary>
internal static class NamedMeasures
{
    /// <summary>Measures of one number, which a claim can refer to.</summary>
    public static ValueList<NamedMeasure> Numbers { get; } = [
        Number("negElbo", "DRAWS", (request, _) => Bound(new(request.Input), request.Number)),
        Number("continuousBernoulli", "DRAWS", (request, _) => ContinuousBernoulli(request.Input, request.Number)),
        Number("nll", "SAMPLES", (request, stop) => new Evaluator(request.Input).Nll(request.Number, stop)),
        Number("priorNll", "SAMPLES", (request, stop) => new Evaluator(request.Input).PriorNll(request.Number, stop)),
        Number("labelError", "", (request, _) => LabelError(request)),
        Number("activeUnits", "", (request, _) => ActiveUnits.Count(new Evaluator(request.Input).Encode().Means)),
        Number("mig", "",
            (request, _) => MutualInformationGap.Compute(new Evaluator(request.Input).Encode().Means, Factors(request.Input.Data)))];

    /// <summary>Measures of several numbers, as a record.</summary>
    public static ValueList<NamedMeasure> Groups { get; } = [
        new("information", "", _ => "information, nats per example", (request, stop) => Measures.Information(request.Input, stop)),
        new("samples", "",
            request => $"samples from {Samplers.Name(request.Sampler ?? Samplers.Prior)}, rated by an evaluation classifier", Drawn),
        new("ais", "", _ => "annealed importance sampling, nats per example",
            (request, stop) => Measures.Annealed(request.Input, request.AnnealedExamples, request.Annealing, stop)),
        new("gaps", "", _ => "inference gaps, nats per example",
            (request, stop) => InferenceGaps.Measure(request.Input, request.AnnealedExamples, request.Annealing, stop)),
        new("disentanglement", "",
            request => $"disentanglement of {string.Join(", ", Measures.Factors(request.Input.Data).Select(factor => factor.Name))}",
            (request, _) => Disentanglement(request.Input))];

    /// <summary>The syntax of <see cref="Numbers"/>: names, followed by <c>:DRAWS</c> or <c>:SAMPLES</c> if they take a number.</summary>
    public static ValueList<string> NumberForms { get; } =
        ValueList.From(Numbers.Select(measure => measure.Counted.Length == 0 ? measure.Name : $"{measure.Name}:{measure.Counted}"));

    /// <summary>Parses a measure of one number and its count, such as <c>nll:5000</c>.</summary>
    /// <exception cref="VaeException">The text does not name such a measure.</exception>
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
        new(name, counted, _ => name, (request, stop) => measure(request, stop));

    private static double Bound(Evaluator evaluator, int draws) =>
        evaluator.Terms(draws).NegElbo ?? throw new VaeException("measure: negElbo needs a posterior that is a distribution, got a point");

    private static double LabelError(MeasureRequest request)
    {
        var folder = request.Folder ?? throw new VaeException("measure: labelError needs the folder of a run, got none");
        using var classifier = LabelClassifier.Load(folder, device: request.Input.Model.Device.ToString());
        return 100 * (1 - classifier.Accuracy(request.Input.Data, request.Input.Seed));
    }

    // The cross-entropy is not a density on grey values; bounds are comparable only under a common density.
    private static double ContinuousBernoulli(EvaluationInput input, int draws)
    {
        var model = input.Model;
        if (model.Spec.Likelihood is not (Likelihood.Bernoulli or Likelihood.ContinuousBernoulli))
            throw new VaeException(
                $"measure: continuousBernoulli needs a decoder that outputs logits, got {Likelihoods.Name(model.Spec.Likelihood)}");
        using var other = new VaeModel(model.Spec.With(likelihood: Likelihoods.ContinuousBernoulli), device: model.Device);
        using var noGrad = torch.no_grad();
        other.Weights.Flat.copy_(model.Weights.Flat);
        return Bound(new(input with { Model = other }), draws);
    }

    private static ValueList<KnownFactor> Factors(Dataset test) => Measures.Factors(test) is { Count: >= 2 } known ? known
        : throw new VaeException($"measure: mig needs data with known factors, such as {EmbeddedSprites.Name} and {Dsprites.Name}, got {test.Name}");

    private static SampleMeasures Drawn(MeasureRequest request, CancellationToken stop)
    {
        var input = request.Input;
        using var fitted = input.Model.Fit(request.Sampler ?? Samplers.Prior, request.Data.Train, input.Binarization, input.Seed, stop);
        return Measures.Samples(fitted, request.Data, input.Seed, stop);
    }

    private static DisentanglementScores Disentanglement(EvaluationInput input) => Measures.Factors(input.Data) is { Count: > 0 } factors
        ? Measures.Disentanglement(input, factors)
        : throw new VaeException(
            "metrics: disentanglement needs data with known factors (sprites, or whole numbers as the key c of an .npz), "
            + $"got {input.Data.Name}");
}
