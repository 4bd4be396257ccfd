using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Posteriors, priors and flows as they are written on a command line.</summary>
internal static class LatentText
{
    public const string PosteriorForms = "diagonal-normal, full-normal, flow:planar:COUNT, flow:householder:COUNT, flow:iaf:COUNT[:WIDTH], flow:coupling:COUNT[:WIDTH], "
        + "von-mises-fisher, categorical:CLASSES[:TEMPERATURE], vq:CODES:EMBEDDING or point";

    public const string PriorForms = "standard-normal, learned-normal, mixture:COMPONENTS, vamp:COMPONENTS, flow:maf:COUNT[:WIDTH], flow:coupling:COUNT[:WIDTH], flow:householder:COUNT, "
        + "uniform, autoregressive[:WIDTH] or conditional[:WIDTH]";

    public static Posterior Posterior(string text) => text.Split(':') switch
    {
        ["diagonal-normal"] => Posteriors.DiagonalNormal,
        ["full-normal"] => Posteriors.FullNormal,
        ["von-mises-fisher"] => Posteriors.VonMisesFisher,
        ["categorical", var classes] => Posteriors.Categorical(Whole("posterior", classes, PosteriorForms, text)),
        ["categorical", var classes, .. var temperature] =>
            Posteriors.Categorical(Whole("posterior", classes, PosteriorForms, text), SpecText.Schedule("posterior", string.Join(':', temperature))),
        ["vq", var codes, var embedding] => Posteriors.VectorQuantized(Whole("posterior", codes, PosteriorForms, text), Whole("posterior", embedding, PosteriorForms, text)),
        ["flow", .. var flow] => Posteriors.Transformed(Flows("posterior", flow, PosteriorForms, text)),
        ["point"] => Posteriors.Point,
        _ => throw Bad("posterior", PosteriorForms, text),
    };

    /// <summary>Of a model with a posterior, which says over what a prior is uniform or autoregressive.</summary>
    public static Prior Prior(string text, Posterior posterior) => text.Split(':') switch
    {
        ["standard-normal"] => Priors.StandardNormal,
        ["learned-normal"] => Priors.LearnedNormal,
        ["mixture", var components] => Priors.Mixture(Whole("prior", components, PriorForms, text)),
        ["vamp", var components] => Priors.Vamp(Whole("prior", components, PriorForms, text)),
        ["flow", .. var flow] => Priors.Transformed(Flows("prior", flow, PriorForms, text)),
        ["uniform"] => Priors.Default(posterior) is not Vae.Prior.StandardNormal and var prior ? prior
            : throw Bad("prior", $"another with the posterior {Posteriors.Name(posterior)}, as there is no uniform distribution of real numbers", text),
        ["autoregressive"] => Priors.Autoregressive(Coded(posterior, text)),
        ["autoregressive", var width] => Priors.Autoregressive(Coded(posterior, text), Whole("prior", width, PriorForms, text)),
        ["conditional"] => Zoo.ConditionalPrior(),
        ["conditional", var hidden] => Zoo.ConditionalPrior(Whole("prior", hidden, PriorForms, text)),
        _ => throw Bad("prior", PriorForms, text),
    };

    private static Support Coded(Posterior posterior, string text) => Posteriors.Support(posterior) is { Classes: > 0 } support ? support
        : throw Bad("prior", $"another with the posterior {Posteriors.Name(posterior)}: autoregressive is over classes or codes", text);

    internal static ValueList<Flow> Flows(string path, string[] form, string forms, string text)
    {
        int At(int place) => Whole(path, form[place], forms, text);
        return form switch
        {
            ["planar", _] => Vae.Flows.Repeat(Count(At(1)), Vae.Flows.Planar),
            ["householder", _] => Vae.Flows.Repeat(Count(At(1)), Vae.Flows.Householder),
            ["iaf", _] => Vae.Flows.Repeat(Count(At(1)), Vae.Flows.InverseAutoregressive()),
            ["iaf", _, _] => Vae.Flows.Repeat(Count(At(1)), Vae.Flows.InverseAutoregressive(At(2))),
            ["maf", _] => Vae.Flows.Repeat(Count(At(1)), Vae.Flows.MaskedAutoregressive()),
            ["maf", _, _] => Vae.Flows.Repeat(Count(At(1)), Vae.Flows.MaskedAutoregressive(At(2))),
            ["coupling", _] => Vae.Flows.Repeat(Count(At(1)), Vae.Flows.AffineCoupling()),
            ["coupling", _, _] => Vae.Flows.Repeat(Count(At(1)), Vae.Flows.AffineCoupling(At(2))),
            _ => throw Bad(path, forms, text),
        };
    }

    // A list is made before it is checked: no more than validation would refuse.
    private static int Count(int count) => Math.Min(count, 10_000);

    internal static int Whole(string path, string part, string forms, string text) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(path, forms, text);

    internal static VaeException Bad(string path, string rule, string got) => new($"{path}: must be {rule}, got {got}");
}
