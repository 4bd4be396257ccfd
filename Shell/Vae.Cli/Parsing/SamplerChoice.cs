using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The option for the distribution of codes, and its fit to a run.</summary>
internal sealed class SamplerChoice
{
    private readonly Option<string> sampler = new Option<string>("--sampler")
    {
        Description = "Distribution of the codes; all but the prior are fitted to the codes of the training data, and work for plain "
            + "autoencoders too; by default the prior, and for rows of a table best-mixture",
        DefaultValueFactory = _ => "prior",
    }.Checked(text => VaeException.Unwrap(SpecText.Sampler(text)));

    public SamplerChoice(Command command) => command.Add(sampler);

    /// <summary>The requested sampler.</summary>
    /// <exception cref="VaeException">The text does not parse.</exception>
    public Sampler Parse(ParseResult parsed) => VaeException.Unwrap(SpecText.Sampler(parsed.GetValue(sampler)!));

    /// <summary>The requested sampler; without a request, for rows of a table the one that fits them.</summary>
    /// <exception cref="VaeException">The text does not parse.</exception>
    public Sampler Parse(ParseResult parsed, VaeSpec model, bool isTable) =>
        isTable && !IsSet(parsed) ? Samplers.OfTable(model) : Parse(parsed);

    /// <summary>Whether a sampler was requested.</summary>
    public bool IsSet(ParseResult parsed) => parsed.GetResult(sampler) is { Implicit: false };
}
