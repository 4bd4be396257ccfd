using System.Globalization;
using TorchSharp;

namespace Vae.Torch;

/// <summary>What a claim can be about: figures of a trained model on the test set of its data.</summary>
public static class ClaimMeasures
{
    /// <summary>The names; with <c>:k</c> after those that take a number of samples or draws.</summary>
    public static ValueList<string> Names { get; } = ["negElbo:DRAWS", "continuousBernoulli:DRAWS", "nll:SAMPLES", "priorNll:SAMPLES", "activeUnits", "mig"];

    /// <summary>The figure of a measure; <see cref="VaeException"/> where there is no such measure, or the model or its data has none.</summary>
    public static double Of(string measure, EvaluationInput input, CancellationToken stop = default)
    {
        var (name, number) = Parse(measure);
        var evaluator = new Evaluator(input);
        return name switch
        {
            "negElbo" => Bound(evaluator, number),
            "continuousBernoulli" => ContinuousBernoulli(input, number),
            "nll" => evaluator.Nll(number, stop),
            "priorNll" => evaluator.PriorNll(number, stop),
            "mig" => MutualInformationGap.Of(evaluator.Encode().Means, Factors(input.Data)),
            _ => ActiveUnits.Count(evaluator.Encode().Means),
        };
    }

    private static double Bound(Evaluator evaluator, int draws) =>
        evaluator.Terms(draws).NegElbo ?? throw new VaeException("measure: negElbo needs a posterior that is a distribution, got a point");

    // Cross-entropy is no density of grey values: only under the one density do bounds compare.
    private static double ContinuousBernoulli(EvaluationInput input, int draws)
    {
        var model = input.Model;
        if (model.Spec.Likelihood is not (Likelihood.Bernoulli or Likelihood.ContinuousBernoulli))
            throw new VaeException($"measure: continuousBernoulli needs a decoder of its logits, got {Likelihoods.Name(model.Spec.Likelihood)}");
        using var other = new VaeModel(model.Spec.With(likelihood: Likelihoods.ContinuousBernoulli), device: model.Device);
        using var held = torch.no_grad();
        other.Weights.Flat.copy_(model.Weights.Flat);
        return Bound(new(input with { Model = other }), draws);
    }

    private static ValueList<KnownFactor> Factors(Dataset test) => Measures.Factors(test) is { Count: >= 2 } known ? known
        : throw new VaeException($"measure: mig needs data whose factors are known, as {EmbeddedSprites.Name} are, got {test.Name}");

    internal static void Check(Claim claim, string file)
    {
        try
        {
            Parse(claim.Measure);
        }
        catch (VaeException e)
        {
            throw new VaeException($"{file}: {e.Message}", e);
        }
    }

    private static (string Name, int Number) Parse(string measure)
    {
        var parts = measure.Split(':');
        var known = Names.FirstOrDefault(name => name.Split(':')[0] == parts[0]);
        var number = 1;
        return known is not null && parts.Length <= known.Split(':').Length
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number))
            ? (parts[0], number)
            : throw new VaeException($"measure: must be one of {string.Join(", ", Names)}, got {measure}");
    }
}
