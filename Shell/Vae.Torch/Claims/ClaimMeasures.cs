using System.Globalization;

namespace Vae.Torch;

/// <summary>What a claim can be about: figures of a trained model on the test set of its data.</summary>
public static class ClaimMeasures
{
    /// <summary>The names; with <c>:k</c> after those that take a number of samples or draws.</summary>
    public static ValueList<string> Names { get; } = ["negElbo:DRAWS", "nll:SAMPLES", "priorNll:SAMPLES", "activeUnits"];

    /// <summary>The figure of a measure; <see cref="VaeException"/> where there is no such measure.</summary>
    public static double Of(string measure, Evaluator evaluator, CancellationToken stop = default)
    {
        var (name, number) = Parse(measure);
        return name switch
        {
            "negElbo" => evaluator.Terms(number).NegElbo ?? throw new VaeException("measure: negElbo needs a posterior that is a distribution, got a point"),
            "nll" => evaluator.Nll(number, stop),
            "priorNll" => evaluator.PriorNll(number, stop),
            _ => ActiveUnits.Count(evaluator.Encode().Means),
        };
    }

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
