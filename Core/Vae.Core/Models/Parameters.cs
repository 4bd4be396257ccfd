namespace Vae;

/// <summary>
/// The named tensors of a model, as a pure function of its spec: those that are trained, saved and used by compiled steps.
/// </summary>
public static class Parameters
{
    /// <summary>
    /// All tensors of a spec without problems: encoder, decoder and conditional prior in the order of their layers, then the
    /// learned tensors of posterior, prior and likelihood, then the networks of posterior and prior.
    /// </summary>
    /// <param name="spec">A spec without problems.</param>
    public static ValueList<Parameter> List(VaeSpec spec) =>
        List(Wiring.EncoderLayers(spec), Wiring.EncoderInput(spec), "encoder")
            .Append(List(Wiring.DecoderLayers(spec), Wiring.DecoderInput(spec), "decoder"))
            .Append(List(Wiring.PriorLayers(spec), Wiring.PriorInput(spec), "prior"))
            .Append(Within("posterior", spec.Posterior.Formulas().Learned(spec.Latent)))
            .Append(Within("prior", spec.Prior.Formulas().Learned(spec.Latent, spec.Input)))
            .Append(Within("likelihood", spec.Likelihood.Formulas().Learned(spec.Input)))
            .Append(Wiring.PartNetworks(spec).SelectMany(network => List(Wiring.Layers(network), network.Input, network.Name)));

    /// <summary>All tensors of an objective's own network.</summary>
    /// <param name="auxiliary">A network without problems.</param>
    public static ValueList<Parameter> List(Auxiliary auxiliary) => List(Wiring.Layers(auxiliary), auxiliary.Input, auxiliary.Name);

    /// <summary>The number of trained values; at most 2⁶³ − 1.</summary>
    /// <param name="spec">A spec without problems.</param>
    public static long Count(VaeSpec spec) => Count(List(spec));

    /// <summary>The number of trained values of a component, apart from its networks; 0 for any other name.</summary>
    /// <param name="spec">A spec without problems.</param>
    /// <param name="part"><c>posterior</c>, <c>prior</c> or <c>likelihood</c>.</param>
    public static long OwnCount(VaeSpec spec, string part) => part switch
    {
        "posterior" => Count(spec.Posterior.Formulas().Learned(spec.Latent)),
        "prior" => Count(spec.Prior.Formulas().Learned(spec.Latent, spec.Input)),
        "likelihood" => Count(spec.Likelihood.Formulas().Learned(spec.Input)),
        _ => 0,
    };

    /// <summary>The number of trained values among tensors; at most 2⁶³ − 1.</summary>
    internal static long Count(ValueList<Parameter> parameters) =>
        (long)parameters.Where(p => p.Trained).Aggregate(Int128.Zero, (sum, p) => Int128.Min(sum + p.Shape.Size, long.MaxValue));

    /// <summary>The tensors of a sequence of layers, named <c>prefix.index.…</c>.</summary>
    /// <param name="layers">Layers whose shapes fit.</param>
    /// <param name="input">The shape of their input.</param>
    /// <param name="prefix">The first part of the names.</param>
    public static ValueList<Parameter> List(ValueList<Layer> layers, Shape input, string prefix) => Layers.Tensors(layers, input, prefix);

    private static ValueList<Parameter> Within(string name, ValueList<Parameter> learned) =>
        ValueList.From(learned.Select(parameter => parameter.With(name: $"{name}.{parameter.Name}")));
}
