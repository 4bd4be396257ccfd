using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The options for metrics beyond the bound, and for their settings.</summary>
internal sealed class MeasureChoice
{
    private static readonly string[] Names = [.. NamedMeasures.Groups.Select(measure => measure.Name)];

    private readonly Option<string> metrics = new Option<string>("--metrics")
    {
        Description = "More metrics, separated by commas: information (rate, distortion, mutual information, total correlation, "
            + "dimension-wise KL), samples (Fréchet distance, precision, recall, density and coverage in the features of an evaluation "
            + "classifier), ais (log p(x) by annealed importance sampling), gaps (what -ELBO loses to amortization and to the posterior's "
            + "family), disentanglement (MIG, SAP, DCI and others, for data with known factors), or all that apply to the run",
    }.Checked(Known);
    private readonly Option<int> examples = new("--ais-examples")
    {
        Description = "Test examples for ais and gaps",
        DefaultValueFactory = _ => 50,
    };
    private readonly Option<int> temperatures = new("--ais-temperatures")
    {
        Description = "Temperatures between the prior and the posterior for ais",
        DefaultValueFactory = _ => new AnnealingOptions().Temperatures,
    };
    private readonly Option<int> chains = new("--ais-chains")
    {
        Description = "Chains per example for ais",
        DefaultValueFactory = _ => new AnnealingOptions().Chains,
    };

    private readonly SamplerChoice sampler;

    public MeasureChoice(Command command)
    {
        sampler = new(command);
        foreach (Option option in new Option[] { metrics, examples, temperatures, chains })
            command.Add(option);
    }

    private static string[] Known(string text) => Array.Find(text.Split(','), name => name != "all" && !Names.Contains(name)) is { } unknown
        ? throw new VaeException($"metrics: must be {string.Join(", ", Names)} or all, separated by commas, got {unknown}")
        : text.Split(',');

    /// <summary>Refuses a sampler without the metrics that use it, before anything is loaded.</summary>
    public void Check(ParseResult parsed)
    {
        if (Samplers.IsFitted(sampler.Parse(parsed)) && !RequestedMetrics(parsed).Any(name => name is "all" or "samples"))
            throw new VaeException("sampler: needs --metrics samples, which uses it, got none");
    }

    /// <summary>Measures and prints. A metric that does not apply is an error if requested by name, but not if by all.</summary>
    public void Print(TextWriter output, ParseResult parsed, EvaluationInput input, DataSplit data, CancellationToken stop)
    {
        var requested = RequestedMetrics(parsed);
        var request = new MeasureRequest(
            input, data, Sampler: sampler.Parse(parsed),
            Annealing: new(parsed.GetValue(temperatures), parsed.GetValue(chains)), AnnealedExamples: parsed.GetValue(examples));
        foreach (var measure in NamedMeasures.Groups.Where(measure => requested.Contains("all") || requested.Contains(measure.Name)))
        {
            object? value = null;
            try
            {
                value = Print(output, parsed.GetValue(Common.Json), measure, request, stop);
            }
            catch (VaeException reason) when (!requested.Contains(measure.Name) && !parsed.GetValue(Common.Json))
            {
                output.WriteLine($"no {measure.Name}: {reason.Message}");
            }
            catch (VaeException) when (!requested.Contains(measure.Name))
            {
                Printing.Line(output, new { Metrics = measure.Name, Value = (object?)null });
            }
            if (value is not null)
                Printing.ThrowUnlessFinite(value, $"metrics.{measure.Name}");
        }
    }

    private static object Print(TextWriter output, bool json, NamedMeasure measure, MeasureRequest request, CancellationToken stop)
    {
        var value = measure.Measure(request, stop);
        if (json)
            Printing.Line(output, new { Metrics = measure.Name, Value = value });
        else
            Printing.Facts(output, false, value is SampleMeasures samples ? Flat(samples) : value, measure.Title(request));
        return value;
    }

    private sealed record Drawn(
        int Examples, double ClassifierAccuracy, double Confidence, double Balance, double Uncertainty, double FrechetDistance,
        double Precision, double Recall, double Density, double Coverage, double? ClassAgreement);

    private static Drawn Flat(SampleMeasures s) => new(
        s.Examples, s.Accuracy, s.Quality.Confidence, s.Quality.Balance, s.Quality.Uncertainty, s.Quality.FrechetDistance,
        s.Overlap.Precision, s.Overlap.Recall, s.Overlap.Density, s.Overlap.Coverage, s.Agreement);

    private string[] RequestedMetrics(ParseResult parsed) => parsed.GetValue(metrics)?.Split(',') ?? [];
}
