using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Which distribution codes are drawn from, as it is written on a command line, and its fit to a run.</summary>
internal sealed class SamplerChoice
{
    private readonly Option<string> sampler = new Option<string>("--sampler")
    {
        Description = "Distribution of the codes; all but the prior are fitted to the codes of the training data, of an autoencoder too",
        DefaultValueFactory = _ => "prior",
    }.Checked(text => VaeException.Unwrap(SpecText.Sampler(text)));

    public SamplerChoice(Command command) => command.Add(sampler);

    /// <summary>What was asked for; refused where it means nothing.</summary>
    public Sampler Parse(ParseResult parsed) => VaeException.Unwrap(SpecText.Sampler(parsed.GetValue(sampler)!));

    /// <summary>Fits it to the codes of a run's training data.</summary>
    public FittedSampler Fit(ParseResult parsed, VaeModel model, Experiment experiment, Dataset train, CancellationToken stop = default) =>
        model.Fit(Parse(parsed), train, experiment.Data.Binarization, parsed.GetValue(Common.Seed), stop);
}
