using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The option for the distribution of codes, and its fit to a run.</summary>
internal sealed class SamplerChoice
{
    private readonly Option<string> sampler = new Option<string>("--sampler")
    {
        Description = "Distribution of the codes; all but the prior are fitted to the codes of the training data, and work for plain "
            + "autoencoders too",
        DefaultValueFactory = _ => "prior",
    }.Checked(text => VaeException.Unwrap(SpecText.Sampler(text)));

    public SamplerChoice(Command command) => command.Add(sampler);

    /// <summary>The requested sampler.</summary>
    /// <exception cref="VaeException">The text does not parse.</exception>
    public Sampler Parse(ParseResult parsed) => VaeException.Unwrap(SpecText.Sampler(parsed.GetValue(sampler)!));

    /// <summary>Fits the sampler to the codes of a run's training data.</summary>
    public FittedSampler Fit(ParseResult parsed, VaeModel model, Experiment experiment, Dataset train, CancellationToken stop = default) =>
        model.Fit(Parse(parsed), train, experiment.Data.Binarization, parsed.GetValue(Common.Seed), stop);
}
