using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Which distribution codes are drawn from, as it is written on a command line, and its fit to a run.</summary>
internal sealed class SamplerChoice
{
    public const string Forms = "prior, mixture[:COMPONENTS], two-stage[:WIDTH], flow, flow:maf:COUNT[:WIDTH], flow:coupling:COUNT[:WIDTH] or vamp[:EXAMPLES]";

    private const int Steps = 6, Width = 128;

    private readonly Option<string> sampler = new("--sampler")
    {
        Description = $"Where codes come from: {Forms}; all but the prior are fitted to the codes of the training data, those of an autoencoder too",
        DefaultValueFactory = _ => "prior",
    };

    public SamplerChoice(Command command) => command.Add(sampler);

    /// <summary>What was asked for; refused where it means nothing.</summary>
    public Sampler Of(ParseResult parsed) => Of(parsed.GetValue(sampler)!);

    /// <summary>Fits it to the codes of a run's training data.</summary>
    public FittedSampler Fit(ParseResult parsed, VaeModel model, Experiment experiment, Dataset train, CancellationToken stop = default) =>
        model.Fit(Of(parsed), train, experiment.Data.Binarization, parsed.GetValue(Common.Seed), stop);

    /// <summary>A sampler from text.</summary>
    internal static Sampler Of(string text)
    {
        int At(string part) => LatentText.Whole("sampler", part, Forms, text);
        return text.Split(':') switch
        {
            ["prior"] => Samplers.Prior,
            ["mixture"] => Samplers.Mixture(),
            ["mixture", var components] => Samplers.Mixture(At(components)),
            ["two-stage"] => Samplers.TwoStage(),
            ["two-stage", var width] => Samplers.TwoStage(At(width)),
            ["flow"] => Samplers.Flow(Flows.Repeat(Steps, Flows.MaskedAutoregressive(Width))),
            ["flow", .. var flow] => Samplers.Flow(LatentText.Flows("sampler", flow, Forms, text)),
            ["vamp"] => Samplers.Vamp(),
            ["vamp", var examples] => Samplers.Vamp(At(examples)),
            _ => throw LatentText.Bad("sampler", Forms, text),
        };
    }
}
