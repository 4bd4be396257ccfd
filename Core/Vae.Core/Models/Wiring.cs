namespace Vae;

/// <summary>How the parts of a model are connected: what each network takes and gives, its head made into layers.</summary>
public static class Wiring
{
    /// <summary>Whether the encoder is fed a vector: the input is one, or the first layer flattens it.</summary>
    public static bool IsFedVector(VaeSpec spec) => IsFedVector(spec.Encoder.Layers, spec.Input);

    /// <summary>The shape of c; [0] where there is none.</summary>
    public static Shape ConditionShape(VaeSpec spec) => Conditions.Shape(spec.Condition, spec.Input);

    /// <summary>The length of c as a vector; 0 where there is none.</summary>
    public static int ConditionWidth(VaeSpec spec) => Bounded(ConditionShape(spec).Size);

    /// <summary>
    /// What the encoder takes: x, as the likelihood shows it, as a vector with c appended, or as an image with c laid over it as
    /// channels.
    /// </summary>
    public static Shape EncoderInput(VaeSpec spec)
    {
        var shown = spec.Likelihood.Formulas().EncoderInput(spec.Input);
        return Joined(IsFedVector(spec) ? Shape.Vector(Bounded(shown.Size)) : shown, ConditionShape(spec));
    }

    /// <summary>
    /// What the encoder gives: the parameters of the posterior, a vector, or features that a posterior of several levels goes on
    /// from.
    /// </summary>
    public static Shape EncoderOutput(VaeSpec spec) => spec.Posterior.Formulas().EncoderOutput(spec.Latent);

    /// <summary>What the decoder takes: z, or what a prior of several levels gives of it, with c appended.</summary>
    public static Shape DecoderInput(VaeSpec spec) => Joined(spec.Prior.Formulas().DecoderInput(spec.Latent), ConditionShape(spec));

    /// <summary>What the decoder gives: the parameters of the likelihood.</summary>
    public static Shape DecoderOutput(VaeSpec spec) => spec.Likelihood.Formulas().Outputs(spec.Input);

    /// <summary>What a prior's network takes: c, as an image where it is one and no flatten comes first, else as a vector.</summary>
    public static Shape PriorInput(VaeSpec spec) =>
        IsFedVector(PriorNetwork(spec).Layers, ConditionShape(spec)) ? Shape.Vector(ConditionWidth(spec)) : ConditionShape(spec);

    /// <summary>What a prior's network gives: the parameters of the prior, a vector; [0] for a fixed prior.</summary>
    public static Shape PriorOutput(VaeSpec spec) => Shape.Vector(spec.Prior is Prior.Conditional ? Bounded(2L * spec.Latent) : 0);

    /// <summary>What c adds to the channels of an image, or to the length of a vector.</summary>
    public static int ConditionChannels(Shape condition, Shape at) => at.IsVector ? Bounded(condition.Size) : condition.Channels;

    /// <summary>The encoder's layers with those of its head, none where nothing is encoded; of a spec without problems.</summary>
    public static ValueList<Layer> EncoderLayers(VaeSpec spec) =>
        spec.Latent == 0 ? [] : Complete(spec.Encoder, EncoderInput(spec), EncoderOutput(spec));

    /// <summary>The decoder's layers with those of its head; of a spec without problems.</summary>
    public static ValueList<Layer> DecoderLayers(VaeSpec spec) => Complete(spec.Decoder, DecoderInput(spec), DecoderOutput(spec));

    /// <summary>The layers of the prior's network with those of its head, none for a fixed prior; of a spec without problems.</summary>
    public static ValueList<Layer> PriorLayers(VaeSpec spec) => spec.Prior is Prior.Conditional conditional
        ? Complete(conditional.Network, PriorInput(spec), PriorOutput(spec)) : [];

    /// <summary>
    /// The networks that the posterior and the prior have of their own, named after the part; of a spec without problems.
    /// </summary>
    public static ValueList<PartNetwork> PartNetworks(VaeSpec spec) => spec.Latent == 0 ? [] : [
        .. spec.Posterior.Formulas().Networks(spec.Latent).Select(network => network.With(name: $"posterior.{network.Name}", path: $"posterior.{network.Path}")),
        .. spec.Prior.Formulas().Networks(spec.Latent).Select(network => network.With(name: $"prior.{network.Name}", path: $"prior.{network.Path}"))];

    /// <summary>The layers of a part's network with those of its head; of one without problems.</summary>
    public static ValueList<Layer> Layers(PartNetwork network) =>
        network.HasHead ? Complete(network.Network, network.Input, network.Output) : network.Network.Layers;

    /// <summary>The layers of an objective's own network with those of its head; of one without problems.</summary>
    public static ValueList<Layer> Layers(Auxiliary auxiliary) =>
        Complete(auxiliary.Network, auxiliary.Input, Shape.Vector(auxiliary.Outputs));

    /// <summary>Whether layers that are given a shape see a vector: it is one, or the first of them flattens it.</summary>
    internal static bool IsFedVector(ValueList<Layer> layers, Shape given) => given.IsVector || layers is [Layer.Flatten, ..];

    /// <summary>What the layers of a prior's network are; no layers for a fixed prior.</summary>
    internal static Network PriorNetwork(VaeSpec spec) => spec.Prior is Prior.Conditional conditional ? conditional.Network : NoNetwork;

    private static readonly Network NoNetwork = new([], Heads.Dense);

    private static Shape Joined(Shape at, Shape condition) =>
        at.WithChannels(Bounded((long)at.Channels + ConditionChannels(condition, at)));

    private static ValueList<Layer> Complete(Network network, Shape input, Shape output) =>
        Shapes.Output(network.Layers, input).Match(
            body => network.Layers.Append(network.Head.Layers(body, output)),
            _ => network.Layers);

    // Validation refuses the greatest int as a size, so a sum beyond it is a problem and no overflow.
    private static int Bounded(long size) => (int)Math.Min(size, int.MaxValue);
}
