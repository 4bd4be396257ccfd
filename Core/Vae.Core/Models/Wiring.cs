namespace Vae;

/// <summary>
/// How the components of a model are connected: the input and output shapes of each network, and its layers with its head.
/// </summary>
public static class Wiring
{
    /// <summary>Whether the encoder's input is a vector: examples are vectors, or its first layer flattens them.</summary>
    /// <param name="spec">Any spec.</param>
    public static bool IsFedVector(VaeSpec spec) => IsFedVector(spec.Encoder.Layers, spec.Input);

    /// <summary>The shape of c; [0] without a condition.</summary>
    /// <param name="spec">Any spec.</param>
    public static Shape ConditionShape(VaeSpec spec) => Conditions.Shape(spec.Condition, spec.Input);

    /// <summary>The length of c as a vector; 0 without a condition.</summary>
    /// <param name="spec">Any spec.</param>
    public static int ConditionWidth(VaeSpec spec) => Bounded(ConditionShape(spec).Size);

    /// <summary>
    /// The encoder's input: x as the likelihood passes it on, either a vector with c appended or an image with c as further
    /// channels.
    /// </summary>
    /// <param name="spec">A spec whose sizes are in range.</param>
    public static Shape EncoderInput(VaeSpec spec)
    {
        var shown = spec.Likelihood.Formulas().EncoderInput(spec.Input);
        return Joined(IsFedVector(spec) ? Shape.Vector(Bounded(shown.Size)) : shown, ConditionShape(spec));
    }

    /// <summary>
    /// The encoder's output: the parameters of the posterior, a vector, or the features that a hierarchical posterior starts from.
    /// </summary>
    /// <param name="spec">A spec whose sizes are in range.</param>
    public static Shape EncoderOutput(VaeSpec spec) => spec.Posterior.Formulas().EncoderOutput(spec.Latent);

    /// <summary>The decoder's input: z, or the features that a hierarchical prior computes from z, with c appended.</summary>
    /// <param name="spec">A spec whose sizes are in range.</param>
    public static Shape DecoderInput(VaeSpec spec) => Joined(spec.Prior.Formulas().DecoderInput(spec.Latent), ConditionShape(spec));

    /// <summary>The decoder's output: the parameters of the likelihood.</summary>
    /// <param name="spec">A spec whose sizes are in range.</param>
    public static Shape DecoderOutput(VaeSpec spec) => spec.Likelihood.Formulas().Outputs(spec.Input);

    /// <summary>The input of a conditional prior's network: c, an image if it is one and no flatten comes first, else a vector.</summary>
    /// <param name="spec">A spec whose sizes are in range.</param>
    public static Shape PriorInput(VaeSpec spec) =>
        IsFedVector(PriorNetwork(spec).Layers, ConditionShape(spec)) ? Shape.Vector(ConditionWidth(spec)) : ConditionShape(spec);

    /// <summary>The output of a conditional prior's network: the parameters of the prior, a vector; [0] for any other prior.</summary>
    /// <param name="spec">A spec whose sizes are in range.</param>
    public static Shape PriorOutput(VaeSpec spec) => Shape.Vector(spec.Prior is Prior.Conditional ? Bounded(2L * spec.Latent) : 0);

    /// <summary>The number of channels that c adds to an image, or of values that it adds to a vector.</summary>
    /// <param name="condition">The shape of c.</param>
    /// <param name="at">The shape of what c is concatenated to.</param>
    public static int ConditionChannels(Shape condition, Shape at) => at.IsVector ? Bounded(condition.Size) : condition.Channels;

    /// <summary>The encoder's layers with those of its head; none for a model without a latent.</summary>
    /// <param name="spec">A spec without problems.</param>
    public static ValueList<Layer> EncoderLayers(VaeSpec spec) =>
        spec.Latent == 0 ? [] : Complete(spec.Encoder, EncoderInput(spec), EncoderOutput(spec));

    /// <summary>The decoder's layers with those of its head.</summary>
    /// <param name="spec">A spec without problems.</param>
    public static ValueList<Layer> DecoderLayers(VaeSpec spec) => Complete(spec.Decoder, DecoderInput(spec), DecoderOutput(spec));

    /// <summary>The layers of a conditional prior's network with those of its head; none for any other prior.</summary>
    /// <param name="spec">A spec without problems.</param>
    public static ValueList<Layer> PriorLayers(VaeSpec spec) => spec.Prior is Prior.Conditional conditional
        ? Complete(conditional.Network, PriorInput(spec), PriorOutput(spec)) : [];

    /// <summary>
    /// The networks of the posterior and of the prior, with <c>posterior</c> and <c>prior</c> as the first parts of their names.
    /// </summary>
    /// <param name="spec">A spec without problems.</param>
    public static ValueList<PartNetwork> PartNetworks(VaeSpec spec) => spec.Latent == 0 ? [] : [
        .. Within("posterior", spec.Posterior.Formulas().Networks(spec.Latent)),
        .. Within("prior", spec.Prior.Formulas().Networks(spec.Latent))];

    /// <summary>The layers of a component's network with those of its head.</summary>
    /// <param name="network">A network without problems.</param>
    public static ValueList<Layer> Layers(PartNetwork network) =>
        network.HasHead ? Complete(network.Network, network.Input, network.Output) : network.Network.Layers;

    /// <summary>The layers of an objective's own network with those of its head.</summary>
    /// <param name="auxiliary">A network without problems.</param>
    public static ValueList<Layer> Layers(Auxiliary auxiliary) =>
        Complete(auxiliary.Network, auxiliary.Input, Shape.Vector(auxiliary.Outputs));

    /// <summary>Whether the input of layers is a vector: the shape is one, or the first layer flattens it.</summary>
    internal static bool IsFedVector(ValueList<Layer> layers, Shape given) => given.IsVector || layers is [Layer.Flatten, ..];

    /// <summary>The network of a conditional prior; one without layers for any other prior.</summary>
    internal static Network PriorNetwork(VaeSpec spec) => spec.Prior is Prior.Conditional conditional ? conditional.Network : NoNetwork;

    private static readonly Network NoNetwork = new([], Heads.Dense);

    private static IEnumerable<PartNetwork> Within(string part, ValueList<PartNetwork> networks) =>
        networks.Select(network => network.With(name: $"{part}.{network.Name}", path: $"{part}.{network.Path}"));

    private static Shape Joined(Shape at, Shape condition) =>
        at.WithChannels(Bounded((long)at.Channels + ConditionChannels(condition, at)));

    private static ValueList<Layer> Complete(Network network, Shape input, Shape output) =>
        Shapes.Output(network.Layers, input).Match(
            body => network.Layers.Append(network.Head.Layers(body, output)),
            _ => network.Layers);

    // Validation refuses the greatest int as a size, so a larger sum is a problem and does not overflow.
    private static int Bounded(long size) => (int)Math.Min(size, int.MaxValue);
}
